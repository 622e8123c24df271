"""Stretches between commas that tell more about a name."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.measures.quotes.tokens import Token
from samestory.measures.quotes.verbs import is_verb
from samestory.measures.quotes.words import DETERMINERS, NOT_APPOSITION, PERSONAL

__all__ = ["Range", "is_apposition"]

_LONGEST_RELATIVE = 20  # tokens of ", who …"; longer ones are told for their own sake

#: Half-open range of token numbers.
Range = tuple[int, int]


def is_apposition(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether a stretch between commas tells more about the name before it."""
    if start >= stop or start == 0:
        return False
    head = tokens[start]
    if head.kind == "quote" or head.plain in NOT_APPOSITION or head.plain in PERSONAL:
        return False
    if head.cue is not None and head.plain.endswith("ing"):
        return False
    if head.plain in ("who", "whose", "whom"):
        return stop - start <= _LONGEST_RELATIVE
    before = tokens[start - 2] if start >= 2 else None
    named = before is not None and (before.capital or before.plain in (")", "."))
    if head.capital and head.plain not in DETERMINERS:
        # "R-Ariz.", "Jr.", a place or an office after a name, or the name after "the mayor"
        named = named or _describes(tokens, start - 1)
        return named and stop - start <= 12 and not any(is_verb(tokens, i) for i in range(start, stop))
    if head.plain[0].isdigit():
        return named
    return not any(is_verb(tokens, i) and not _relative(tokens, start, i) for i in range(start, stop))


def _describes(tokens: Sequence[Token], comma: int) -> bool:
    """Whether a name may follow the stretch before a comma ("the mayor, Lena Torvik")."""
    for k in range(comma - 1, max(comma - 10, -1), -1):
        if (tokens[k].kind != "word" and tokens[k].plain != "'") or is_verb(tokens, k):
            return False
        if tokens[k].plain in DETERMINERS or (tokens[k].plain == "'s" and k < comma - 1):
            return True
    return False


def _relative(tokens: Sequence[Token], start: int, i: int) -> bool:
    return any(tokens[k].plain in ("who", "which", "that", "whose") for k in range(start, i))
