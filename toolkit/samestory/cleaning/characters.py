"""Characters: one small step a function, each a list of edits, so that every offset leads back to the page.

A step never adds or takes out a line: the lines of the new text are those of the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

from samestory.cleaning.edits import Edit, Trace, apply_edits

__all__ = ["CHARACTER_STEPS", "clean_characters", "trace_characters"]

# Zero-width characters, joiners, marks of direction, soft hyphen, byte order mark, object replacement, and
# control codes other than tab and line ends.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc"
    "\x00-\x08\x0e-\x1f\x7f]+"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ODD_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_EDGE_BLANKS = re.compile("^ +| +$", re.MULTILINE)
_BLANK_LINES = re.compile("\n{3,}")
# UTF-8 that was read as something else shows as two or more characters beyond ASCII in a row, the first of
# them no quotation mark or dash. A cheap test that spares most lines the dear one.
_MAY_BE_MOJIBAKE = re.compile("[^\x00-\x7f\u00a0‘’“”–—][^\x00-\x7f]|Ã ")
# Beyond ASCII most texts have typography only.
_TYPOGRAPHY = "’“”—‘–"
# What these three look for is no printable character, but for two.
_UNPRINTABLE = frozenset({"line_ends", "invisible", "blanks"})
_PRINTABLE_INVISIBLE = ("\u034f", "\ufffc")
_BEYOND_ASCII = re.compile("[\x00-\x7f]?[^\x00-\x7f]+")
_MOST_ROUNDS = 4  # what one step takes out can bring together what another one joins
_RUNS = re.compile("[\x00-\x7f]+|[^\x00-\x7f]+")


def _replace(pattern: re.Pattern[str], new: str, text: str) -> list[Edit]:
    return [Edit(m.start(), m.end(), new) for m in pattern.finditer(text)]


def mend_mojibake(text: str) -> list[Edit]:
    """Repair UTF-8 that was read in another encoding (ftfy), line by line.

    Examples
    --------
    >>> apply_edits("a cafÃ©, itâ€™s", mend_mojibake("a cafÃ©, itâ€™s"))
    'a café, it’s'
    """
    if text.isascii() or not _MAY_BE_MOJIBAKE.search(text):
        return []
    from ftfy import fix_encoding  # slow to import, and most texts do not need it

    edits: list[Edit] = []
    start = 0
    for line in text.split("\n"):
        if _MAY_BE_MOJIBAKE.search(line):
            mended = fix_encoding(line)
            if mended != line and "\n" not in mended:
                edits += _mended(line, mended, start)
        start += len(line) + 1
    return edits


def _typography_only(text: str) -> bool:
    """Say whether a text is ASCII but for quotation marks and dashes."""
    for mark in _TYPOGRAPHY:
        if text.isascii():
            return True
        text = text.replace(mark, "")
    return text.isascii()


def _mended(line: str, mended: str, offset: int) -> Iterator[Edit]:
    """Say what was mended, run by run where the ASCII in between stayed, else as a whole."""
    before, after = list(_RUNS.finditer(line)), _RUNS.findall(mended)
    if [m[0] for m in before if m[0].isascii()] != [r for r in after if r.isascii()] or len(before) != len(
        after
    ):
        yield Edit(offset, offset + len(line), mended)
        return
    for run, new in zip(before, after, strict=True):
        if run[0] != new:
            yield from _letters(run[0], new, offset + run.start())


def _letters(old: str, new: str, offset: int) -> Iterator[Edit]:
    """Take a run apart where each new letter took as many old ones as it has bytes in UTF-8."""
    sizes = [len(c.encode("utf-8", "surrogatepass")) for c in new]
    if sum(sizes) != len(old):
        yield Edit(offset, offset + len(old), new)
        return
    for letter, size in zip(new, sizes, strict=True):
        yield Edit(offset, offset + size, letter)
        offset += size


def plain_line_ends(text: str) -> list[Edit]:
    r"""Make every kind of line end a ``\n``.

    Examples
    --------
    >>> text = "Rain.\r\nSun.\u2028Fog."
    >>> apply_edits(text, plain_line_ends(text)).split("\n")
    ['Rain.', 'Sun.', 'Fog.']
    """
    return _replace(_LINE_ENDS, "\n", text)


def drop_invisible(text: str) -> list[Edit]:
    """Take out characters that nobody sees: zero-width, soft hyphen, byte order mark, control codes.

    Examples
    --------
    >>> apply_edits("har\u00adbour\u200b", drop_invisible("har\u00adbour\u200b"))
    'harbour'
    """
    return _replace(_INVISIBLE, "", text)


def plain_blanks(text: str) -> list[Edit]:
    """Make tabs, hard and thin blanks plain ones; how many there are stays.

    Examples
    --------
    >>> apply_edits("5\u00a0crowns", plain_blanks("5\u00a0crowns"))
    '5 crowns'
    """
    return _replace(_ODD_BLANK, " ", text)


def compose(text: str) -> list[Edit]:
    """Put letters and their accents together (Unicode NFC).

    Examples
    --------
    >>> apply_edits("cafe\u0301", compose("cafe\u0301"))
    'café'
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return []
    return [edit for run in _BEYOND_ASCII.finditer(text) for edit in _composed(run[0], run.start())]


def _composed(run: str, offset: int) -> Iterator[Edit]:
    """Compose a run letter by letter, or as a whole where letters join (Hangul, some Indic vowels)."""
    whole = unicodedata.normalize("NFC", run)
    if whole == run:
        return
    heads = [i for i, c in enumerate(run) if i == 0 or not unicodedata.combining(c)]
    spans = list(zip(heads, [*heads[1:], len(run)], strict=True))
    new = [unicodedata.normalize("NFC", run[a:b]) for a, b in spans]
    if "".join(new) != whole:
        yield Edit(offset, offset + len(run), whole)
        return
    for (a, b), letters in zip(spans, new, strict=True):
        if run[a:b] != letters:
            yield Edit(offset + a, offset + b, letters)


#: The steps by name, in the order in which they run.
CHARACTER_STEPS: Mapping[str, Callable[[str], list[Edit]]] = MappingProxyType(
    {
        "mojibake": mend_mojibake,
        "line_ends": plain_line_ends,
        "invisible": drop_invisible,
        "blanks": plain_blanks,
        "compose": compose,
    }
)


def trace_characters(text: str, *, without: Collection[str] = ()) -> tuple[str, Trace]:
    r"""Run the character steps and remember what they did.

    Examples
    --------
    >>> raw = "The har\u00adbour\r\ncafe\u0301"
    >>> plain, trace = trace_characters(raw)
    >>> plain, raw[slice(*trace.raw_span(15, 16))] == "e\u0301"
    ('The harbour\ncafé', True)
    """
    done: list[list[Edit]] = []
    for _ in range(_MOST_ROUNDS):
        before = len(done)
        printable = _is_printable(text)
        if printable and _typography_only(text):
            break  # no step has anything to do, as in most texts
        for name, step in CHARACTER_STEPS.items():
            if name not in without and not (printable and name in _UNPRINTABLE):
                edits = step(text)
                if edits:
                    text = apply_edits(text, edits)
                    done.append(edits)
                    printable = False
        if len(done) == before:
            break
    return text, Trace(done)


def _is_printable(text: str) -> bool:
    """Say whether a text has no character but line feeds that steps of ``_UNPRINTABLE`` look for."""
    return text.replace("\n", "").isprintable() and not any(c in text for c in _PRINTABLE_INVISIBLE)


def clean_characters(text: str, *, without: Collection[str] = ()) -> str:
    """Run the character steps, and take out blanks at the edges of lines and needless blank lines.

    Parameters
    ----------
    text : str
        Any text.
    without : collection of str, optional
        Names of ``CHARACTER_STEPS`` to leave out.

    Returns
    -------
    str
        The same words in plain characters, quotation marks and dashes as typeset; cleaning it again changes
        nothing.

    Examples
    --------
    >>> clean_characters("\ufeff“5\u00a0crowns”, \u200bhe said. ")
    '“5 crowns”, he said.'
    """
    plain, _ = trace_characters(text, without=without)
    return _BLANK_LINES.sub("\n\n", _EDGE_BLANKS.sub("", plain)).strip("\n")
