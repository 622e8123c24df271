"""What the steps of the pipeline give."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from samestory.study.batches.pieces import Pieces, Stored
from samestory.study.batches.steps import Tables

__all__ = ["Cleaned", "Measured", "left_as_it_was"]


@dataclass(frozen=True)
class Cleaned:
    """Cleaned articles in pieces, their sizes and what became of each line.

    Those ``lost`` with their worker stay as they were.
    """

    articles: Pieces
    sizes: Pieces
    lines: Pieces
    lost: frozenset[str]


@dataclass(frozen=True)
class Measured:
    """What the batches of one step gave: results in the order of the articles, and the ids of those lost."""

    placed: list[tuple[int, Tables | Stored]]  # with the place of the first article
    lost: frozenset[str]

    @property
    def results(self) -> list[Tables | Stored]:
        """The results of the batches, in order."""
        return [result for _, result in self.placed]


def left_as_it_was(article: pd.DataFrame) -> Tables:
    """Leave an article as it was, with which worker after worker was lost: nothing is tried on it here."""
    sizes = pd.DataFrame({"has_text": article["text"].str.strip().ne(""), "n_words": 0})
    return {"articles": article, "sizes": sizes}
