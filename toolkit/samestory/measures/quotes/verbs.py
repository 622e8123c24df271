"""Guesses at verbs, where no tagger is."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.measures.quotes.tokens import Token
from samestory.measures.quotes.words import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    NOUN_FORMS,
    PREPOSITIONS,
    TIMES,
)

__all__ = ["is_reduced", "is_verb"]

_AFTER_PARTICIPLE = (TIMES - {"today", "yesterday", "tomorrow"}) | frozenset(
    "by with on in to at as for after during before".split()
)
_NO_NOUN = ADVERBS | AUXILIARIES | DETERMINERS | PREPOSITIONS


def is_verb(tokens: Sequence[Token], i: int) -> bool:
    """Guess whether token ``i`` is a finite verb that ends a noun phrase read backwards."""
    t = tokens[i]
    if t.capital or t.kind != "word":
        return False
    if t.plain in AUXILIARIES:
        return t.plain != "'s" or not _possessive(tokens, i)
    before = tokens[i - 1].plain if i else ""
    if before in DETERMINERS or before in PREPOSITIONS or before.endswith("'s"):
        return False
    cue = t.cue
    if cue is not None and not t.plain.endswith("ing"):
        return cue.speaks and t.plain not in NOUN_FORMS
    return t.finite and not is_reduced(tokens, i)


def _possessive(tokens: Sequence[Token], i: int) -> bool:
    """Whether 's after a noun is a possessive: something nominal follows before the verb."""
    follow = tokens[i + 1] if i + 1 < len(tokens) else None
    return (
        follow is not None
        and follow.kind != "mark"
        and follow.plain not in _NO_NOUN
        and not (follow.cue is not None and follow.plain.endswith("ed"))
    )


def is_reduced(tokens: Sequence[Token], i: int) -> bool:
    """Whether a past form is a participle inside the phrase ("officials briefed on the matter")."""
    follow = tokens[i + 1].plain if i + 1 < len(tokens) else ""
    before = tokens[i - 1] if i else None
    return follow in _AFTER_PARTICIPLE and before is not None and not before.capital
