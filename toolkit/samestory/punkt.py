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


# Where Punkt may see the end of a sentence at all, and where it always does: a word, a mark, and a blank
# or a closing mark.
_MAY_END = re.compile(r"[.?!](?=\s+\S|[^\w\s])")
_USUAL_END = re.compile(
    r"(?P<word>[A-Za-z][a-z]*|(?:[A-Za-z]\.)+[A-Za-z])(?P<mark>[.?!])(?: +(?P<next>\S+)|[\"')])"
)


# Punkt's own pattern for what may be an end and what follows it. Its white space has no \x1c to \x1f.
_CONTEXT = re.compile(
    r"[.?!](?=(?P<after_tok>[)\";}\]*:@'({\[‘’“”«»!?]|[^\S\x1c-\x1f]+(?P<next_tok>[\S\x1c-\x1f]+)))"
)
_BLANKS = " \t\n\r\v\f"
_CLOSING = frozenset("\"')]}‘’“”«»")


class _Punkt(PunktSentenceTokenizer):  # type: ignore[misc]
    """Punkt without a look at what its first rules decide; the sentences are the same."""

    def _match_potential_end_contexts(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        start = stop = 0  # of what stands before the mark since the last blank
        last: re.Match[str] | None = None
        for found in _CONTEXT.finditer(text):
            blank = max(text.rfind(c, stop, found.start()) for c in _BLANKS)
            begin = blank + 1 if blank > stop else start
            if last is not None and stop <= begin:
                yield last, f"{text[start:stop]}{last[0]}{last['after_tok']}"
            last, start, stop = found, begin, found.start()
        if last is not None:
            yield last, f"{text[start:stop]}{last[0]}{last['after_tok']}"

    def _realign_boundaries(self, text: str, slices: Iterator[slice]) -> Iterator[slice]:
        found = list(slices)
        if any(text[s.start : s.start + 1] in _CLOSING for s in found[1:]):
            yield from super()._realign_boundaries(text, iter(found))
        else:
            yield from (s for s in found if s.start < s.stop)

    def text_contains_sentbreak(self, text: str) -> bool:
        usual = _USUAL_END.fullmatch(text)
        if usual is None:
            return bool(super().text_contains_sentbreak(text))
        word, mark, following = usual.groups()
        if mark != ".":
            return True
        initial, known = len(word) == 1, word.lower() in _ABBREVIATIONS
        if not initial and not known:
            return True
        if following and following.isalpha() and following.isascii():
            return False  # an initial or an abbreviation before a word
        return bool(super().text_contains_sentbreak(text))


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
        piece = text[offset:stop]
        if _MAY_END.search(piece) is None:
            end = offset + len(piece.rstrip())
            yield [(offset, end)] if end > offset else []
        else:
            yield [(a + offset, b + offset) for a, b in _punkt().span_tokenize(piece)]


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
