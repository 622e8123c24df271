"""The lexicon of attribution cues, and the verb groups they stand in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from samestory.measures.quotes.tokens import Token
from samestory.measures.quotes.words import ADVERBS, AUXILIARIES

__all__ = ["Cue", "cue_lexicon", "find_cue", "verb_group"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue verb: what may follow it (``frames``) and what it says about the words reported."""

    lemma: str
    frames: frozenset[str]
    stance: str

    @property
    def speaks(self) -> bool:
        """Whether the verb may stand beside a quotation."""
        return not self.frames.isdisjoint(("say", "quote", "colon"))


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


def find_cue(tokens: Sequence[Token], i: int) -> Cue | None:
    """Return the cue at token ``i``, unless the word is plainly a noun or an adjective there."""
    token = tokens[i]
    if token.kind != "word":
        return None
    return cue_lexicon().get(token.plain)


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
