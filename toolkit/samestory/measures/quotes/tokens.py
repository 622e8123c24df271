"""Sentences of a text as tokens in which a whole quotation is one token."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from samestory.measures.quotes.cues import Cue, cue_lexicon
from samestory.measures.quotes.marks import Quotation, find_quotations
from samestory.measures.quotes.words import is_finite
from samestory.text import Span, normalise_typography, sentence_spans

__all__ = ["Sentence", "Token", "read_sentences"]


WORD, MARK, QUOTE = "word", "mark", "quote"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark or a whole quotation.

    ``written`` is how it stands in the text, ``plain`` its lower-case form with plain marks; ``capital`` says
    whether its first letter is a capital, ``shouted`` whether a word is all capitals, ``cue`` what the
    lexicon holds of it, ``finite`` whether it looks like a finite verb, ``may_lead`` whether an attribution
    may begin at it. Equal words share a token; the sentence says where they stand.
    """

    kind: str
    written: str
    plain: str
    capital: bool
    shouted: bool = False
    quotation: Quotation | None = None
    cue: Cue | None = None
    finite: bool = False
    may_lead: bool = False

    @property
    def length(self) -> int:
        """Characters of a quotation, marks included; 0 of anything else."""
        return 0 if self.quotation is None else self.quotation.end - self.quotation.start


@dataclass(slots=True)
class Sentence:
    """One sentence of a text.

    Attributes
    ----------
    text : str
        The whole text.
    line : int
        Number of the line it stands in, counted from 0.
    start : int
        Its first character.
    tokens : list of Token
    quoted : bool
        Whether a quotation may be one of them.
    """

    text: str
    line: int
    start: int
    tokens: list[Token]
    quoted: bool
    _starts: list[int] | None = None

    @property
    def starts(self) -> list[int]:
        """First character of each token: nothing but white space stands between two of them."""
        if self._starts is None:
            self._starts = out = []
            find, end = self.text.find, self.start
            for written in [token.written for token in self.tokens]:
                start = find(written, end)
                out.append(start)
                end = start + len(written)
        return self._starts

    def quotations(self) -> list[Token]:
        """Return the tokens that are quotations."""
        return [t for t in self.tokens if t.quotation is not None] if self.quoted else []

    def span(self, first: int, stop: int) -> Span:
        """Characters from one token to the one before another."""
        starts = self.starts
        return starts[first], starts[stop - 1] + len(self.tokens[stop - 1].written)

    def part(self, first: int, stop: int) -> Sentence:
        """Return a sentence of some of its tokens."""
        start = self.starts[first] if first else self.start
        return Sentence(self.text, self.line, start, self.tokens[first:stop], self.quoted)

    def joined(self, other: Sentence) -> Sentence:
        """Return both in one, where the other follows on the same line."""
        quoted = self.quoted or other.quoted
        return Sentence(self.text, self.line, self.start, self.tokens + other.tokens, quoted)


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
_BREAK = re.compile(r"\n")
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
    lines = [m.start() for m in _BREAK.finditer(text)]
    out: list[Sentence] = []
    last = 0  # quotation that begins after the sentences so far
    for begin, stop in sentence_spans(masked):
        first = bisect_left(starts, begin, last)
        last = bisect_left(starts, stop, first)
        here = quotations[first:last]
        tokens = _tokens(text, plain, begin, stop, here)
        whole = Sentence(text, bisect_left(lines, begin), begin, tokens, bool(here))
        if len(tokens) <= _LONGEST:
            out.append(whole)
        else:
            out.extend(whole.part(i, i + _LONGEST) for i in range(0, len(tokens), _LONGEST))
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
        out += _words(text[at : q.start])
        inside = plain[q.start : q.end]
        first = next((c for c in inside if c.isalnum()), "")
        out.append(Token(QUOTE, text[q.start : q.end], inside.lower(), first.isupper(), quotation=q))
        at = max(q.end, at)
    return out + _words(text[at:stop])


def _words(stretch: str) -> list[Token]:
    """Tokens of what stands between quotations."""
    if _INITIAL.search(stretch):
        return [*map(_token, _TOKEN.findall(stretch))]
    return [*chain.from_iterable(map(_RUNS.__getitem__, stretch.split()))]


# The one token that is told by what stands behind the blank after it.
_INITIAL = re.compile(r"\.(?<=[A-Z].)\s[A-Z]")


class _Runs(dict[str, tuple[Token, ...]]):
    """Tokens of a run of characters without blanks; most runs come again and again."""

    _MOST = 1 << 16  # kept; then all are forgotten, which takes less time than to know the oldest
    _LONGEST = 60  # characters; a longer one is not worth keeping

    def __missing__(self, written: str) -> tuple[Token, ...]:
        found = tuple(map(_token, _TOKEN.findall(written)))
        if len(written) <= self._LONGEST:
            if len(self) >= self._MOST:
                self.clear()
            self[written] = found
        return found


_RUNS = _Runs()


@lru_cache(maxsize=1 << 16)
def _token(word: str) -> Token:
    plain, capital = normalise_typography(word).lower(), word[0].isupper()
    if not any(map(str.isalnum, word)):
        return Token(MARK, word, plain, capital)
    shouted = word.isupper() and len(word) > 1
    cue = cue_lexicon().get(plain)
    leads = cue is not None or plain == "according"
    return Token(WORD, word, plain, capital, shouted, cue=cue, finite=is_finite(plain), may_lead=leads)
