"""Where Punkt ends sentences: the only door to nltk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

__all__ = ["Span", "punkt_spans"]

Span = tuple[int, int]

# Abbreviations after which Punkt must not end a sentence, lower case, without the last dot.
_ABBREVIATIONS = frozenset(
    "mr mrs ms mx dr prof rev hon sen rep gov gen lt col sgt capt cmdr adm maj pres sr jr st mt ft "
    "messrs mme mlle supt insp cllr amb sec atty asst assn dept inc ltd co corp bros plc vs etc e.g "
    "i.e cf al no nos vol pp ed eds fig approx est jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue wed thu fri sat sun ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich "
    "minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo u.s u.k u.n e.u d.c n.y n.j "
    "n.h n.c s.c n.m n.d s.d r.i w.va a.m p.m ph.d m.d b.a m.a".split()
)
_PARAGRAPH = re.compile(r"[^\n]+")
_LONGEST_PARAGRAPH = 30_000  # characters


# Punkt's own pattern for what may be an end and what follows it. Its white space has no \x1c to \x1f.
_CONTEXT = re.compile(
    r"[.?!](?=(?P<after_tok>[)\";}\]*:@'({\[‘’“”«»!?]|[^\S\x1c-\x1f]+(?P<next_tok>[\S\x1c-\x1f]+)))"
)
_BLANKS = "\t\n\r\v\f"
# What closes a sentence behind its mark, as Punkt has it.
_CLOSES = re.compile(r"[\"')\]}‘’“”«»]+?(?:[^\S\x1c-\x1f]+|(?=--)|\Z)")
# What Punkt's first rules decide: a word, a mark, and what follows, in which no other sentence ends.
_USUAL_END = re.compile(
    r"\(?(?P<word>[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*|(?:[A-Za-z]\.)+[A-Za-z])(?P<mark>[.?!])"
    r"(?: +(?P<next>[^\s.?!,;:][^\s.?!]*\.?)|[\"')\]\[])"
)


class _Punkt(PunktSentenceTokenizer):  # type: ignore[misc]
    """Punkt without a look at what its first rules decide; the sentences are the same."""

    def span_tokenize(self, text: str, realign_boundaries: bool = True) -> Iterator[Span]:
        """Yield the sentences of a paragraph."""
        found: list[Span] = []
        start = 0
        for mark, context in _contexts(text):
            if self.text_contains_sentbreak(context):
                found.append((start, mark.end()))
                start = mark.start("next_tok") if mark["next_tok"] else mark.end()
        found.append((start, len(text.rstrip())))
        return _closed(text, found) if realign_boundaries else iter(found)

    def text_contains_sentbreak(self, text: str) -> bool:
        usual = _USUAL_END.fullmatch(text)
        if usual is None:
            return _ends_by_all_rules(text)
        word, mark, following = usual.groups()
        if mark != ".":
            return True
        lower = word.lower()
        if lower in _ABBREVIATIONS or lower.rpartition("-")[2] in _ABBREVIATIONS:
            return False
        first = (following or " ")[0]
        if len(word) == 1 and word.isalpha():
            return not (first.isupper() or first.islower())  # an initial before a word
        return not (first.islower() and word.replace("-", "").isdigit())


@lru_cache(maxsize=1 << 14)
def _ends_by_all_rules(context: str) -> bool:
    return bool(PunktSentenceTokenizer.text_contains_sentbreak(_punkt(), context))


def _contexts(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield each mark that may end a sentence, and it with the word before and the one behind it."""
    blanks = " " + "".join(c for c in _BLANKS if c in text)
    start = stop = 0  # of what stands before the mark since the last blank
    last: re.Match[str] | None = None
    for found in _CONTEXT.finditer(text):
        at = found.start()
        blank = text.rfind(" ", stop, at)
        if len(blanks) > 1:
            blank = max(text.rfind(c, stop, at) for c in blanks)
        begin = blank + 1 if blank > stop else start
        if last is not None and stop <= begin:
            yield last, f"{text[start:stop]}{last[0]}{last['after_tok']}"
        last, start, stop = found, begin, at
    if last is not None:
        yield last, f"{text[start:stop]}{last[0]}{last['after_tok']}"


def _closed(text: str, found: list[Span]) -> Iterator[Span]:
    """Give closing marks at the head of a sentence back to the one before, as Punkt does."""
    taken = 0
    for (start, stop), (head, end) in zip(found, [*found[1:], (0, 0)], strict=True):
        begin = start + taken
        closing = _CLOSES.match(text, head, end) if end else None
        taken = 0
        if closing is not None:
            yield begin, head + len(closing[0].rstrip())
            taken = closing.end() - head
        elif begin < stop:
            yield begin, stop


@lru_cache(maxsize=1)
def _punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(_ABBREVIATIONS)
    return _Punkt(parameters)


def punkt_spans(text: str) -> Iterator[list[Span]]:
    """Yield the sentences of each paragraph as Punkt cuts them.

    Parameters
    ----------
    text : str
        Text with plain typography.

    Yields
    ------
    list of (int, int)
        Start and end in ``text``; a paragraph beyond all measure comes in parts.

    Examples
    --------
    >>> list(punkt_spans("Mr. Dole left. It rained."))
    [[(0, 14), (15, 25)]]
    """
    for offset, stop in _stretches(text):
        yield [(a + offset, b + offset) for a, b in _punkt().span_tokenize(text[offset:stop])]


def _stretches(text: str) -> Iterator[Span]:
    """Yield the paragraphs, endless ones cut: Punkt's patterns give up after five seconds."""
    for paragraph in _PARAGRAPH.finditer(text):
        start, stop = paragraph.span()
        while stop - start > _LONGEST_PARAGRAPH:
            limit = start + _LONGEST_PARAGRAPH
            cut = max(text.rfind(end, start + 1, limit) for end in (". ", "? ", "! ", '" ')) + 1
            cut = cut or text.rfind(" ", start + 1, limit)
            yield start, cut if cut > 0 else limit
            start = cut if cut > 0 else limit
        yield start, stop
