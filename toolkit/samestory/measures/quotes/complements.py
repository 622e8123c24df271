"""Where what is said begins after a verb of speech, within one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.measures.quotes.cues import Cue
from samestory.measures.quotes.tokens import Token
from samestory.measures.quotes.words import (
    ADDRESSED,
    DETERMINERS,
    MEDIA,
    MONTHS,
    OBJECTS,
    PERSONAL,
    PREPOSITIONS,
    TIMES,
    WH,
)

__all__ = ["complement", "skip_time"]

_NOT_ADDRESSED = PERSONAL | DETERMINERS | PREPOSITIONS | TIMES | {"that", "when"} | WH
_DATES = TIMES | MONTHS
_NO_MEDIUM = PREPOSITIONS | PERSONAL

_LOOK = 30  # tokens to look ahead for the clause


def complement(tokens: Sequence[Token], at: int, stop: int, cue: Cue) -> int | None:
    """Find where what is said begins after a verb that takes clauses or quotations.

    Parameters
    ----------
    tokens : sequence of Token
        One sentence.
    at : int
        The token after the verb.
    stop : int
        One past the last token that can belong to it.
    cue : Cue
        The verb.

    Returns
    -------
    int or None
        The first token of the content ("that", a quotation, a bare clause).
    """
    if at < stop and cue.lemma in ADDRESSED and tokens[at].plain != "that" and tokens[at].plain not in WH:
        at = _addressee(tokens, at, stop)
    at = skip_time(tokens, at, stop)
    if at >= stop:
        return None
    t = tokens[at]
    if t.kind == "quote" and "colon" in cue.frames:
        return None  # who "read “The Salt Road”" did not say it
    if t.kind == "quote" or t.plain == "that":
        return at
    if t.plain in (":", "-") and at + 1 < stop:
        return at + 1
    if t.plain == ",":
        return _after_comma(tokens, at, stop)
    if t.plain in PREPOSITIONS or t.plain in ("when", "while", "of", "because") or t.plain.endswith("ing"):
        return _ahead(tokens, at, stop)
    if t.kind != "word" and t.plain not in ("(", "[", "$"):
        return None
    if cue.speaks and "say" not in cue.frames:
        return _ahead(tokens, at, stop)
    return at if t.plain not in ("and", "or", "but", "as") else None


def _addressee(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Step over the person spoken to ("told reporters in Paris that …")."""
    ahead = _ahead(tokens, at, stop)
    if ahead is not None:
        return ahead
    t = tokens[at]
    if t.plain in OBJECTS:
        return at + 1
    if t.kind != "word":
        return at
    end = at + 1
    while end < stop and tokens[end].kind == "word":
        word = tokens[end]
        if word.plain in _NOT_ADDRESSED:
            break
        if (
            word.capital != tokens[end - 1].capital
            and tokens[end - 1].plain not in DETERMINERS
            and tokens[end - 1].plain != "'s"
        ):
            break
        end += 1
    return end


def _after_comma(tokens: Sequence[Token], comma: int, stop: int) -> int | None:
    if comma + 1 < stop and (tokens[comma + 1].kind == "quote" or tokens[comma + 1].plain == "that"):
        return comma + 1
    closing = next(
        (k for k in range(comma + 1, min(stop, comma + _LOOK)) if tokens[k].plain in (",", ":")), None
    )
    if (
        closing is not None
        and closing + 1 < stop
        and (tokens[closing + 1].kind == "quote" or tokens[closing + 1].plain == "that")
    ):
        return closing + 1
    return None


def _ahead(tokens: Sequence[Token], at: int, stop: int) -> int | None:
    """Look for "that", a quotation or a colon beyond phrases of place, time and manner."""
    for k in range(at, min(stop, at + _LOOK)):
        if tokens[k].plain == "that" and k + 1 < stop:
            return k
        if tokens[k].kind == "quote" and (
            k == at or tokens[k - 1].plain in (",", ":") or tokens[k].length > 30
        ):
            return k
        if tokens[k].plain == ":":
            return k + 1 if k + 1 < stop else None
        if tokens[k].plain in (",", ";", "-") and not (k + 1 < stop and tokens[k + 1].kind == "quote"):
            return None
        if tokens[k].plain in PERSONAL and k > at:
            return k
    return None


def skip_time(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Step over a phrase of time or medium right after a cue ("on Tuesday", "in a statement")."""
    while at < stop:
        t = tokens[at]
        if (
            t.plain in ("early", "late", "earlier", "later")
            and at + 1 < stop
            and tokens[at + 1].plain in ("on", "in", "at")
        ):
            at += 1
            continue
        if t.plain in TIMES and not (
            t.plain in ("this", "late", "early", "next", "last")
            and at + 1 < stop
            and tokens[at + 1].plain not in _DATES
        ):
            at += 1
        elif t.plain in MONTHS and t.capital and at + 1 < stop and tokens[at + 1].plain[0].isdigit():
            at += 2
        elif t.plain in ("on", "in", "at", "during", "to", "via", "from", "by", "through"):
            after = _after_phrase(tokens, at, stop)
            if after == at:
                return at
            at = after
        else:
            return at
    return at


def _after_phrase(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Step over one phrase like "on Tuesday" or "in a statement"; ``at`` where there is none."""
    if at + 1 < stop and tokens[at + 1].plain in _DATES:
        end = at + 2
        while end < stop and tokens[end].plain[0].isdigit():
            end += 1
        return end
    if (
        at + 1 < stop
        and tokens[at].plain == "to"
        and tokens[at + 1].plain in ("reporters", "journalists", "supporters")
    ):
        return at + 2
    if (
        at + 1 < stop
        and tokens[at].plain in ("on", "via")
        and tokens[at + 1].plain in ("twitter", "facebook", "television", "x", "instagram", "radio")
    ):
        return at + 2
    if (
        at + 1 < stop
        and tokens[at].plain == "in"
        and tokens[at + 1].plain[:2] in ("19", "20")
        and len(tokens[at + 1].plain) == 4
    ):
        return at + 2
    for k in range(at + 1, min(stop, at + 7)):
        if tokens[k].plain in MEDIA:
            following = tokens[k + 1].plain if k + 1 < stop else ""
            return k + 1 if following not in ("of", "for", "with", "in", "at") else at
        if tokens[k].kind != "word" or tokens[k].plain in _NO_MEDIUM:
            return at
    return at
