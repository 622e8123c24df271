"""What follows a cue verb: that-clauses, quotations, infinitives, objects."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.measures.quotes.clauses import clause_end
from samestory.measures.quotes.complements import complement
from samestory.measures.quotes.cues import Cue
from samestory.measures.quotes.drafts import Draft
from samestory.measures.quotes.tokens import Token
from samestory.measures.quotes.words import (
    AUXILIARIES,
    DETERMINERS,
    PERSONAL,
    PREPOSITIONS,
    TIMES,
    WH,
)

__all__ = ["content_after"]


def content_after(here: Draft, i: int, cue: Cue) -> tuple[int, int, int, str] | None:
    """Find what follows the verb at token ``i`` as its content.

    Returns
    -------
    (int, int, int, str) or None
        First token, one past the last, end of the cue, and the name of the rule.
    """
    tokens, stop = here.tokens, here.stop
    at = i + 1
    if at >= stop:
        return None
    name = tokens[at].plain
    found = _after_particle(tokens, at, stop, cue)
    if found is not None:
        return found
    if name == "to" and "to" in cue.frames:
        return at, clause_end(tokens, at, stop, nominal=True), at, "to"
    if name in _CLAUSE_OPENERS and ("wh" in cue.frames or cue.lemma == "say"):
        return at, clause_end(tokens, at, stop), at, "wh"
    found = _clause(tokens, at, stop, cue)
    if found is not None:
        return found
    nominal = tokens[at].kind != "mark" and name not in _NO_OBJECT
    if "obj" in cue.frames and nominal:
        return at, clause_end(tokens, at, stop, nominal=True), at, "object"
    if cue.lemma == "say" and name in _WEAK:
        return at, clause_end(tokens, at, stop), at, "weak"
    return None


_CLAUSE_OPENERS = WH - {"which"}
_WEAK = PREPOSITIONS - {"with"}
_NO_OBJECT = PREPOSITIONS | AUXILIARIES | TIMES | {"and", "or", "but", "that"}


def _after_particle(
    tokens: Sequence[Token], at: int, stop: int, cue: Cue
) -> tuple[int, int, int, str] | None:
    """Find the object after a word that the verb takes ("called for …", "pointed out that …")."""
    begin, frame = at + 1, _FRAMES.get(tokens[at].plain)
    if frame is None or frame not in cue.frames or begin >= stop:
        return None
    if frame == "out" and tokens[begin].plain not in ("that", ":") and tokens[begin].kind != "quote":
        return None
    if frame == "to_np" and tokens[begin].kind == "word" and _infinitival(tokens, begin):
        return None
    return begin, clause_end(tokens, begin, stop, nominal=True), begin, f"prep_{frame}"


def _clause(tokens: Sequence[Token], at: int, stop: int, cue: Cue) -> tuple[int, int, int, str] | None:
    """Find a quotation, a that-clause or a bare clause after the verb."""
    if not cue.speaks and "that" not in cue.frames:
        return None
    begin = complement(tokens, at, stop, cue)
    if begin is None:
        return None
    quoted = tokens[begin].kind == "quote"
    marked = quoted or tokens[begin].plain == "that" or tokens[begin - 1].plain == ":"
    if not marked and "say" not in cue.frames and not _clause_like(tokens, begin, stop):
        return None
    rule = "said_quotation" if quoted else "said_that" if marked else "said_clause"
    return begin, clause_end(tokens, begin, stop), at, rule if "say" in cue.frames else f"{rule}_other"


_FRAMES = {word: word for word in "about against at for of on out with".split()} | {"to": "to_np"}


def _infinitival(tokens: Sequence[Token], i: int) -> bool:
    word = tokens[i].plain
    return word in ("be", "have", "do", "make", "say", "take", "get", "give", "go") or (
        not tokens[i].capital
        and word not in DETERMINERS
        and i + 1 < len(tokens)
        and tokens[i + 1].plain in DETERMINERS
    )


def _clause_like(tokens: Sequence[Token], begin: int, stop: int) -> bool:
    if tokens[begin].plain in PERSONAL:
        return True
    return any(
        not tokens[k].capital and (tokens[k].plain in AUXILIARIES or tokens[k].finite)
        for k in range(begin + 1, min(stop, begin + 9))
    )
