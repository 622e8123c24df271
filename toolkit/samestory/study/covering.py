"""Coverage in a study: made some stories at a time, so that a large table is never held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pandas as pd

from samestory.stories.coverage import coverage_blocks
from samestory.study.batches import Pipeline
from samestory.study.batches.parted import part_of
from samestory.study.batches.pieces import Pieces
from samestory.study.prepare import usable

__all__ = ["covered"]

_BLOCK_ROWS = 100_000  # of the table made at a time: some tens of megabytes


def covered(
    known: pd.DataFrame,
    pipeline: Pipeline,
    *,
    sampling: Literal["all", "query", "story", "unknown"],
    key: Callable[[], str],
) -> pd.DataFrame | Pieces:
    """Count which outlet told which story.

    Parameters
    ----------
    known : DataFrame
        What is known of the articles: their stories and their words, but not their texts.
    pipeline : Pipeline
        Keeps the table.
    sampling : {"all", "query", "story", "unknown"}
        How the corpus was drawn.
    key : callable
        Gives the key of all that the table depends on.

    Returns
    -------
    DataFrame or Pieces
        The coverage table; no story stands in two pieces.
    """

    def blocks() -> Iterator[tuple[str, pd.DataFrame]]:
        told = known[usable(known)]
        made = coverage_blocks(told, told["n_words"], sampling=sampling, most_rows=_BLOCK_ROWS)
        return ((part_of("coverage", i), block) for i, block in enumerate(made))

    return pipeline.once("coverage", key, blocks)["coverage"]
