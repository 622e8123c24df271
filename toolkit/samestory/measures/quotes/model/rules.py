"""Attributions that a pattern shows better than the chain: dash and name, speaker labels of transcripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from samestory.measures.quotes.model.marks import CLOSE, OPEN
from samestory.measures.quotes.model.tokens import Tokens

Found = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
_DASHES = frozenset(("―", "—", "–", "--", "-"))
_NOT_SPEAKERS = frozenset(
    (
        "Q A BY UPDATE UPDATED EDITOR NOTE EMAIL WATCH READ MORE PHOTO PHOTOS VIDEO CREDIT CORRECTION "
        "BREAKING TWEET VIA RELATED ADVERTISEMENT STORY SUBSCRIBE LISTEN LIVE EXCLUSIVE OPINION ANALYSIS "
        "SEE ALSO POLL QUIZ GALLERY TOPICS TAGS SOURCE SOURCES POLITICS NEWS"
    ).split()
)
_LONGEST_NAME = 10


def by_rule(tokens: Tokens) -> list[Found]:
    """Source, cue and content, as token ranges, of every attribution that a rule finds.

    Parameters
    ----------
    tokens : Tokens

    Returns
    -------
    list of tuple
        In order; each of the three is first token and the one after the last.
    """
    heads = np.flatnonzero(tokens.paragraph).tolist()
    text = np.cumsum(tokens.head)[heads].tolist()
    paragraphs = zip(text, heads, [*heads[1:], len(tokens)], strict=True)
    # A label, like the canonical mark that opens a quotation, is all capitals.
    likely = [(number, a, b) for number, a, b in paragraphs if tokens.words[a].isupper()]
    turns: dict[int, list[Found]] = {}
    for number, a, b in likely:
        turns.setdefault(number, []).extend(_labelled(tokens, a, b))
    labelled = [found for turn in turns.values() if _transcript(tokens, turn) for found in turn]
    dashed = [found for _, a, b in likely for found in _dashed(tokens, a, b)]
    return sorted(dashed + labelled, key=lambda x: x[1])


def _transcript(tokens: Tokens, turns: list[Found]) -> bool:
    """One label in capitals may be a kicker; a transcript has several turns and a speaker who returns."""
    count = Counter(" ".join(tokens.words[s[0] : s[1]]) for s, _, _ in turns)
    return len(turns) >= 3 and max(count.values()) >= 2


def _dashed(tokens: Tokens, a: int, b: int) -> Iterator[Found]:
    """Find a paragraph that is one quotation, a dash and a name."""
    words = tokens.words
    if b - a < 5 or words[a] != OPEN:
        return
    for j in range(b - 2, max(a + 2, b - 2 - _LONGEST_NAME), -1):
        if words[j] in _DASHES and words[j - 1] == CLOSE:
            if words[j + 1][0].isupper():
                yield (j + 1, b), (j, j + 1), (a, j)
            return


def _labelled(tokens: Tokens, a: int, b: int) -> Iterator[Found]:
    """Find a paragraph that begins with a name in capitals and a colon."""
    words = tokens.words
    start = a + (words[a] == OPEN)
    stop = start
    while stop < min(b, start + 4) and words[stop].isupper() and words[stop] != OPEN:
        stop += 1
    if stop == start or stop + 2 >= b or words[stop] != ":":
        return
    if len(words[stop - 1]) > 1 and not _NOT_SPEAKERS & set(words[start:stop]):
        yield (start, stop), (stop, stop + 1), (stop + 1, b)
