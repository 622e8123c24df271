"""The lexicon of attribution cues, and the verb groups they stand in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from samestory.measures.quotes.words import ADVERBS, AUXILIARIES

if TYPE_CHECKING:
    from samestory.measures.quotes.tokens import Token  # which looks its cue up here

__all__ = ["Cue", "cue_lexicon", "verb_group"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue verb: what may follow it (``frames``) and what it says about the words reported.

    ``speaks`` says whether the verb may stand beside a quotation.
    """

    lemma: str
    frames: frozenset[str]
    stance: str
    speaks: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "speaks", not self.frames.isdisjoint(("say", "quote", "colon")))


@lru_cache(maxsize=1)
def cue_lexicon() -> Mapping[str, Cue]:
    """Read ``lexicons/cue_verbs.csv``: every form of every cue.

    Returns
    -------
    mapping of str to Cue
        Keyed by the form in lower case.

    Examples
    --------
    >>> cue_lexicon()["claimed"].stance
    'doubting'
    """
    text = files("samestory").joinpath("lexicons/cue_verbs.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return MappingProxyType(
        {
            form: Cue(row["cue"], frozenset(row["frames"].split()), row["cue_stance"])
            for row in rows
            for form in row["forms"].split()
        }
    )


def verb_group(tokens: Sequence[Token], i: int, first: int) -> int:
    """Find where the verb group that ends in token ``i`` begins: auxiliaries and adverbs before the verb."""
    start = i
    while start > first:
        word = tokens[start - 1]
        if word.kind != "word" or not (
            word.plain in AUXILIARIES
            or word.plain in ADVERBS
            or (word.plain.endswith("ly") and not word.capital)
        ):
            break
        start -= 1
    return start
