"""Noun phrases after a verb or a preposition: "said X, the mayor", "according to X"."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.measures.quotes.appositions import Range, is_apposition
from samestory.measures.quotes.tokens import Token
from samestory.measures.quotes.verbs import is_reduced, is_verb
from samestory.measures.quotes.words import (
    ADVERBS,
    AUXILIARIES,
    BARRIERS,
    CLAUSE_LINKS,
    MONTHS,
    PERSONAL,
    PREPOSITIONS,
    STOPS_AFTER,
    TIMES,
)

__all__ = ["phrase_after"]

_NO_HEAD = PREPOSITIONS | CLAUSE_LINKS | TIMES | ADVERBS | AUXILIARIES
_ENDS = (BARRIERS - {"who", "(", "so"}) | {",", ")", '"'}
_DATES = TIMES | MONTHS
_DATES_AND_ARTICLES = _DATES | {"a", "an"}
_DANGLING = PREPOSITIONS | {"and", "or", "the"}

_LONGEST = 40  # tokens; a longer stretch is a clause, no noun phrase


def phrase_after(tokens: Sequence[Token], start: int, stop: int, *, inverted: bool = True) -> Range | None:
    """Find the noun phrase that begins at token ``start`` (after an inverted verb or "according to").

    Parameters
    ----------
    tokens : sequence of Token
        One sentence.
    start, stop : int
        Where to begin and where to end at the latest.
    inverted : bool
        After a verb, a phrase of time or place ends the phrase; after "according to" it may belong to it.

    Returns
    -------
    (int, int) or None
        The phrase with its appositions.
    """
    if start >= stop or tokens[start].kind != "word":
        return None
    head = tokens[start]
    if head.plain in PERSONAL:
        return start, start + 1
    if head.plain in _NO_HEAD and not (head.capital and head.plain not in TIMES):
        return None
    end = _plain_after(tokens, start, stop, inverted=inverted)
    while end < stop and tokens[end].plain == ",":
        segment = next(
            (
                k
                for k in range(end + 1, stop)
                if tokens[k].plain in (",", ";", "-", "--", ":") or tokens[k].kind == "quote"
            ),
            stop,
        )
        if segment < stop and tokens[segment].kind == "quote" and tokens[segment - 1].plain != ",":
            break
        if segment - end > _LONGEST or not is_apposition(tokens, end + 1, segment):
            break
        end = segment
        if segment == stop or tokens[segment].plain != ",":
            break
    return start, end


def _plain_after(tokens: Sequence[Token], start: int, stop: int, *, inverted: bool) -> int:
    end = start + 1
    while end < stop and end - start < _LONGEST:
        t = tokens[end]
        if t.kind == "quote" or t.plain in _ENDS:
            break
        if t.plain == "(":
            close = next((k for k in range(end, min(stop, end + 10)) if tokens[k].plain == ")"), None)
            if close is None:
                break
            end = close + 1
            continue
        if (
            inverted
            and (t.plain in STOPS_AFTER or t.plain in _DATES)
            and (tokens[start].capital or t.plain not in ("in", "at", "on"))
        ):
            break
        if (
            inverted and t.plain in ("in", "on", "at") and tokens[end + 1].plain in _DATES_AND_ARTICLES
            if end + 1 < stop
            else False
        ):
            break
        if not inverted and is_verb(tokens, end) and not is_reduced(tokens, end):
            break
        if inverted and t.cue is not None and not t.capital and t.plain.endswith("ing"):
            break
        end += 1
    while end > start + 1 and tokens[end - 1].plain in _DANGLING:
        end -= 1
    return end
