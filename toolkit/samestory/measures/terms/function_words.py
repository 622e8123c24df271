"""Words of the closed classes (``lexicons/function_words.csv``): listed on request only."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib.resources import files

__all__ = ["function_words"]


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Read the list: articles, pronouns, prepositions, conjunctions, auxiliaries and their like.

    Examples
    --------
    >>> {"the", "wouldn't"} <= function_words(), "minister" in function_words()
    (True, False)
    """
    text = files("samestory").joinpath("lexicons/function_words.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(row["word"] for row in rows)
