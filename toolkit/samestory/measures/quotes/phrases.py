"""Noun phrases before a verb, found by closed word classes: who speaks.

All functions take the tokens of one sentence and return a half-open range of token numbers, or None.
"""

from __future__ import annotations

from collections.abc import Sequence

from samestory.measures.quotes.appositions import Range, is_apposition
from samestory.measures.quotes.tokens import Token
from samestory.measures.quotes.verbs import is_verb
from samestory.measures.quotes.words import (
    ADVERBS,
    AUXILIARIES,
    BARRIERS,
    CLAUSE_LINKS,
    DETERMINERS,
    MONTHS,
    NOUN_FORMS,
    OPENERS,
    PERSONAL,
    PREPOSITIONS,
    TIMES,
)

__all__ = ["phrase_before", "subject"]

_DATES = PREPOSITIONS | TIMES | MONTHS
_LINKS = PREPOSITIONS | CLAUSE_LINKS
_PREPOSITIONS = PREPOSITIONS - {"like"}

_LONGEST = 40  # tokens; a longer stretch is a clause, no noun phrase


def phrase_before(tokens: Sequence[Token], stop: int, first: int = 0) -> Range | None:
    """Find the noun phrase that ends right before token ``stop`` (the verb), with title and apposition.

    Parameters
    ----------
    tokens : sequence of Token
        One sentence.
    stop : int
        The first token of the verb group.
    first : int
        Tokens before this one belong to something else.

    Returns
    -------
    (int, int) or None
        The phrase; a comma that closes an apposition is left out.
    """
    if stop <= first:
        return None
    if tokens[stop - 1].plain == ",":
        return _with_apposition(tokens, stop - 1, first)
    return _plain_before(tokens, stop, first)


def _with_apposition(tokens: Sequence[Token], comma: int, first: int) -> Range | None:
    """Read "NP, apposition," backwards from its closing comma."""
    at = comma
    while at > first and comma - at < _LONGEST:
        left = at - 1
        while left >= first and tokens[left].plain != "," and tokens[left].kind != "quote":
            if tokens[left].plain in (";", ":", "-", "--"):
                return None
            left -= 1
        if left < first or tokens[left].kind == "quote":
            # The first segment: only a name or a short phrase that is followed by an apposition.
            if at == comma:
                return None
            found = _plain_before(tokens, at, max(left + 1, first))
            return (found[0], comma) if found else None
        if at != comma and tokens[left + 1].plain in DETERMINERS and tokens[at + 1].capital:
            return left + 1, comma  # "the mayor, Lena Torvik,"
        if at != comma:
            if not is_apposition(tokens, left + 1, at):
                found = _plain_before(tokens, at, left + 1)
                return (found[0], comma) if found else None
        elif not is_apposition(tokens, left + 1, at):
            return None
        at = left
    return None


def _plain_before(tokens: Sequence[Token], stop: int, first: int) -> Range | None:
    """Read a phrase without commas backwards to the clause's beginning."""
    last = tokens[stop - 1]
    if last.plain in PERSONAL:
        return stop - 1, stop
    if last.plain in ("who", "which", "that"):
        return (stop - 1, stop) if last.plain != "that" else None
    start = stop
    while start > first and stop - start < _LONGEST:
        t = tokens[start - 1]
        if t.kind == "quote" and (t.length > 40 or start - 1 == first):
            break
        if t.plain == ")":
            opened = _bracket(tokens, start - 1, first)
            if opened is None:
                break
            start = opened
            continue
        if t.kind == "mark" and t.plain not in ("&", "'", '"', ".", "$", "%", "/"):
            break
        if t.plain == "." or t.plain in BARRIERS or t.plain in PERSONAL:
            if t.plain in ("who", "whose") and start - 1 > first and tokens[start - 2].kind == "word":
                start -= 1
                continue
            break
        if is_verb(tokens, start - 1) and not _relative_verb(tokens, start - 1, first):
            break
        start -= 1
        if t.capital and t.plain in DETERMINERS and start > first and not tokens[start - 1].capital:
            break
    return _trimmed(tokens, start, stop)


def _relative_verb(tokens: Sequence[Token], i: int, first: int) -> bool:
    """Whether the verb at ``i`` belongs to a relative clause that begins at most six tokens before."""
    return any(tokens[k].plain in ("who", "whose") for k in range(max(first, i - 6), i))


def _bracket(tokens: Sequence[Token], closing: int, first: int) -> int | None:
    for k in range(closing - 1, max(first, closing - 12) - 1, -1):
        if tokens[k].plain == "(":
            return k
    return None


def _trimmed(tokens: Sequence[Token], start: int, stop: int) -> Range | None:
    """Take adverbs, conjunctions and a leading prepositional phrase off the front."""
    while start < stop and (
        tokens[start].plain in OPENERS
        or (tokens[start].plain in TIMES and not tokens[start].plain.endswith("week") and stop - start > 1)
        or tokens[start].kind == "mark"
        or (tokens[start].plain.endswith("ly") and stop - start > 1 and start == 0)
    ):
        start += 1
    if start >= stop:
        return None
    if tokens[start].plain in _PREPOSITIONS:
        return _base(tokens, start, stop)
    if tokens[stop - 1].kind == "mark" and tokens[stop - 1].plain not in (")", "'", ".", "%"):
        return None
    if tokens[stop - 1].plain in _NO_END:
        return None
    return start, _without_time(tokens, start, stop)


#: Words that end no noun phrase.
_NO_END = (PREPOSITIONS | CLAUSE_LINKS | DETERMINERS) - frozenset(
    "some many others both all few most this that these those".split()
)


def _without_time(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Take a time off the end ("Smith on Tuesday said")."""
    while stop - start > 1 and tokens[stop - 1].plain in TIMES:
        if stop - start > 2 and tokens[stop - 2].plain in ("on", "late", "early", "last"):
            stop -= 2
        elif tokens[stop - 1].plain not in ("week", "evening", "night"):
            stop -= 1
        else:
            break
    return stop


def _base(tokens: Sequence[Token], start: int, stop: int) -> Range | None:
    """Return the last simple phrase after a prepositional one ("in a statement the ministry")."""
    i = stop - 1
    if tokens[i].kind != "word":
        return None
    capital = tokens[i].capital
    while i > start + 1:
        left = tokens[i - 1]
        if left.plain in DETERMINERS:
            i -= 1
            break
        if left.plain in _DATES or left.kind != "word" or left.plain[0].isdigit():
            break
        if capital and not left.capital and not tokens[i].plain.startswith("'"):
            break
        i -= 1
    if i == start + 1 and tokens[i].plain not in PERSONAL:
        return None  # "in Paris said": the phrase is the preposition's own
    if tokens[i - 1].plain in PREPOSITIONS and tokens[i - 1].plain not in TIMES:
        return None
    return i, stop


def subject(tokens: Sequence[Token], stop: int, first: int = 0) -> Range | None:
    """Find the subject of the clause that begins at ``first``: the phrase before its first verb.

    For verbs that share a subject with an earlier one ("X left and said …") and for participles
    ("X left, saying …").
    """
    start = first
    while start < stop and (tokens[start].plain in OPENERS or tokens[start].kind == "mark"):
        start += 1
    if start < stop and (tokens[start].plain in _LINKS or tokens[start].plain.endswith(("ing", "ly"))):
        comma = next((k for k in range(start, stop) if tokens[k].plain == ","), None)
        if comma is not None and comma + 1 < stop:
            inner = subject(tokens, stop, comma + 1)
            if inner is not None:
                return inner
    if start < stop and tokens[start].plain in PERSONAL:
        return start, start + 1
    for k in range(start + 1, min(stop, start + _LONGEST)):
        if tokens[k].kind == "quote":
            return None
        t = tokens[k]
        cue = t.cue is not None and not t.capital and t.plain not in NOUN_FORMS
        finite = (cue and not t.plain.endswith("ing")) or is_verb(tokens, k)
        if finite and not _relative_verb(tokens, k, start):
            return phrase_before(tokens, _group_start(tokens, k, start), start)
    return None


def _group_start(tokens: Sequence[Token], i: int, first: int) -> int:
    while i > first and (
        tokens[i - 1].plain in AUXILIARIES
        or tokens[i - 1].plain in ADVERBS
        or tokens[i - 1].plain.endswith("ly")
    ):
        i -= 1
    return i
