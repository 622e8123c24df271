"""Sentences of a text as tokens in which a whole quotation is one token."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from samestory.measures.quotes.marks import Quotation, find_quotations
from samestory.text import normalise_typography, sentence_spans

__all__ = ["Sentence", "Token", "read_sentences"]


WORD, MARK, QUOTE = "word", "mark", "quote"


class Token(NamedTuple):
    """A word, a punctuation mark or a whole quotation.

    ``plain`` is its lower-case form with plain marks; ``capital`` says whether its first letter is a capital,
    ``shouted`` whether a word is all capitals.
    """

    start: int
    end: int
    kind: str
    plain: str
    capital: bool
    shouted: bool = False
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The tokens of one sentence and the number of the line it stands in, counted from 0."""

    line: int
    tokens: tuple[Token, ...]


_TOKEN = re.compile(
    # The first line takes most words, which the others would read alike.
    r"[A-Za-z][a-z]*+(?=[\s,])|"
    r"[“”„‟«»〝〞＂\"'‘’‛`]{9,}|"
    # What stands in (?=…) only spares the long alternations a look at words that cannot match.
    r"(?:[A-Za-z]\.){2,}|"
    r"(?=[A-Z][a-z]{1,4}\.)(?:Mr|Mrs|Ms|Dr|Sen|Rep|Reps|Sens|Gov|Gen|Jr|Sr|St|Lt|Col|Sgt|Capt|Rev|Prof|Hon|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec"
    r"|Ariz|Calif|Fla|Ill|Mass|Mich|Minn|Pa|Tex|Va|Wis|Ga|Ky|La|Md|Mo|Ore|Tenn|Wash|Ala|Ark|Colo|Conn|Ind|Kan|Miss|Neb|Nev)\.|"
    r"[RDI]-[A-Z][A-Za-z.]*\.|[A-Z]\.(?=\s[A-Z])|"
    r"[$£€]?\d+(?:[.,:/]\d+)*(?:[%]|st\b|nd\b|rd\b|th\b|s\b)?|"
    r"(?=[^\W\d_]++['’]t)[^\W\d_]+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b|"
    r"[@#]?[^\W_]+(?:['’-](?!(?:s|re|ve|ll|d|m)\b)[^\W_]+)*|--+|\.\.\.|\S"
)
# Tokens; a longer sentence is cut, which keeps the rules linear on text that is no prose.
_LONGEST = 250
_CLAUSE_MARKS = frozenset(".!?…")


def read_sentences(text: str, quotations: list[Quotation] | None = None) -> list[Sentence]:
    """Split a text into sentences of tokens.

    Parameters
    ----------
    text : str
        Any text.
    quotations : list of Quotation, optional
        What ``find_quotations`` found in it, where that is at hand.

    Returns
    -------
    list of Sentence
        In order; a quotation never spreads over two sentences.

    Examples
    --------
    >>> sentences = read_sentences("“No. Never,” he said. It rained.")
    >>> [[t.plain for t in s.tokens] for s in sentences]
    [['"no. never,"', 'he', 'said', '.'], ['it', 'rained', '.']]
    """
    quotations = find_quotations(text) if quotations is None else quotations
    plain = normalise_typography(text)
    masked = _masked(plain, quotations)
    starts = [q.start for q in quotations]
    lines = [m.start() for m in re.finditer(r"\n", text)]
    out: list[Sentence] = []
    for begin, stop in sentence_spans(masked):
        here = quotations[bisect_left(starts, begin) : bisect_left(starts, stop)]
        tokens = tuple(_tokens(text, plain, begin, stop, here))
        line = bisect_left(lines, begin)
        out.extend(Sentence(line, tokens[i : i + _LONGEST]) for i in range(0, len(tokens), _LONGEST))
    return out


def _masked(plain: str, quotations: list[Quotation]) -> str:
    """Write over what stands inside marks, so that no sentence ends there, but keep how it ends."""
    parts: list[str] = []
    at = 0
    for q in quotations:
        inner = plain[q.start + 1 : q.end - 1]
        body = inner.rstrip("\"'`") if q.closed else plain[q.start + 1 : q.end]
        last = body[-1:] if body[-1:] in _CLAUSE_MARKS or body[-1:] in ",;:-" else "x"
        filler = ("xxxxxxx " * (max(q.end - q.start - 3, 0) // 8 + 1))[: max(q.end - q.start - 3, 0)]
        covered = f'"{filler}{last}"' if q.end - q.start >= 3 else '"' * (q.end - q.start)
        parts += [plain[at : q.start], covered]
        at = q.end
    parts.append(plain[at:])
    return "".join(parts)


def _tokens(text: str, plain: str, begin: int, stop: int, quotations: list[Quotation]) -> list[Token]:
    out: list[Token] = []
    at = begin
    for q in quotations:
        out += _words(text, at, q.start)
        first = next((c for c in plain[q.start : q.end] if c.isalnum()), "")
        out.append(Token(q.start, q.end, QUOTE, plain[q.start : q.end].lower(), first.isupper(), quotation=q))
        at = max(q.end, at)
    return out + _words(text, at, stop)


def _words(text: str, begin: int, stop: int) -> list[Token]:
    new = tuple.__new__  # spares a call for each token
    return [new(Token, (*m.span(), *_traits(m.group()))) for m in _TOKEN.finditer(text, begin, stop)]


@lru_cache(maxsize=1 << 16)
def _traits(word: str) -> tuple[str, str, bool, bool, None]:
    """Tell what a token is by itself: kind, plain form, capital, shouted, no quotation."""
    kind = WORD if any(map(str.isalnum, word)) else MARK
    return kind, normalise_typography(word).lower(), word[0].isupper(), word.isupper() and len(word) > 1, None
