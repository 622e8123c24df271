"""Where what is said ends, within one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.measures.quotes.tokens import Token
from samestory.measures.quotes.words import ADVERBS, AUXILIARIES, PERSONAL

__all__ = ["clause_end", "has_verb", "sentence_stop"]


def sentence_stop(tokens: Sequence[Token]) -> int:
    """Return the number of the first token of the sentence's closing punctuation."""
    stop = len(tokens)
    while (
        stop
        and tokens[stop - 1].kind == "mark"
        and tokens[stop - 1].plain in (".", "!", "?", "…", "...", ";", '"', "'")
    ):
        stop -= 1
    return stop


def has_verb(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether a stretch holds a finite verb or a quotation, so that it can be something said."""
    return any(
        t.kind == "quote"
        or (
            not t.capital
            and (
                t.plain in AUXILIARIES
                or t.finite
                or t.cue is not None
                or (t.plain.endswith("s") and not t.plain.endswith("ss"))
            )
        )
        for t in tokens[start:stop]
    )


def clause_end(tokens: Sequence[Token], start: int, stop: int, *, nominal: bool = False) -> int:
    """Find where the content that begins at ``start`` ends: before the next attribution of the sentence.

    A quotation that closes with its own punctuation also ends it. What is ``nominal``, an object and no
    clause, ends before any further clause.
    """
    if tokens[start].kind == "quote" and _complete(tokens, start, stop):
        return _quotes_run(tokens, start, stop)
    for k in range(start + 1, stop):
        t = tokens[k]
        if t.plain in (";",):
            return k
        if (
            t.plain == ","
            and k + 1 < stop
            and (
                tokens[k + 1].plain in (_AFTER_NOMINAL if nominal else _AFTER_CLAUSE)
                or _new_attribution(tokens, k + 1, stop)
            )
        ):
            return k
        if (
            t.plain in ("and", "but", "or")
            and k + 1 < stop
            and (
                _shared_subject(tokens, k + 1, stop)
                or (nominal and not tokens[k + 1].capital and tokens[k + 1].finite)
            )
        ):
            return k - 1 if tokens[k - 1].plain == "," else k
        if t.plain == ")" and not any(tokens[m].plain == "(" for m in range(start, k)):
            return k
        if t.kind == "quote" and _ends_sentence(t) and k + 1 < stop:
            return k + 1
    return stop


_AFTER_CLAUSE = frozenset(("which", "while", "though", "although"))


_AFTER_NOMINAL = _AFTER_CLAUSE | {"and", "but", "as", "when", "after", "who", "where", "even", "with"}


def _ends_sentence(token: Token) -> bool:
    return token.plain.rstrip("\"'`")[-1:] in (".", "!", "?") and token.length > 12


def _complete(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Whether a quotation is closed by punctuation and so ends what is said."""
    if at + 1 >= stop:
        return True
    last = tokens[at].plain.rstrip("\"'`")[-1:]
    return last in (".", "!", "?", ",", "…", "-") or tokens[at + 1].plain in (",", ";", "-")


def _quotes_run(tokens: Sequence[Token], start: int, stop: int) -> int:
    end = start + 1
    while end < stop and tokens[end].kind == "quote":
        end += 1
    return end


def _new_attribution(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Whether another attribution begins after a comma ("…, adding", "…, according to", "…, but he said")."""
    t = tokens[at]
    if t.plain == "according" or _says(tokens, at):
        return True
    cue = t.cue
    if cue is not None and t.plain.endswith("ing") and cue.speaks:
        return True
    if t.plain in ("and", "but", "while", "though", "although", "or"):
        if _shared_subject(tokens, at + 1, stop):
            return True
        return any(
            _says(tokens, k)
            for k in range(at + 2, min(stop, at + 6))
            if tokens[k - 1].plain in PERSONAL or tokens[k - 1].capital
        )
    return False


def _shared_subject(tokens: Sequence[Token], at: int, stop: int) -> bool:
    while at < stop and (tokens[at].plain in ADVERBS or tokens[at].plain.endswith("ly")):
        at += 1
    return at < stop and _says(tokens, at)


def _says(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    return (
        token.cue is not None
        and "say" in token.cue.frames
        and token.plain.endswith(("ed", "id", "ote", "old", "ys"))
        and not token.capital
    )
