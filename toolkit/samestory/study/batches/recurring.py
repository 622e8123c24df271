"""Which lines recur in each outlet, told batch by batch: cleaning one article needs to know it of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from samestory.cleaning import recurring_marks
from samestory.study.batches.pieces import Pieces, Stored
from samestory.study.batches.steps import Tables

__all__ = ["none_recurs", "recurring_of"]


def none_recurs(place: slice) -> dict[str, frozenset[int]]:
    """Tell of no line that it recurs."""
    return {}


def recurring_of(
    placed: Sequence[tuple[int, Tables | Stored]], outlets: Sequence[object]
) -> Callable[[slice], dict[str, frozenset[int]]]:
    """Find the lines that recur in each outlet.

    Parameters
    ----------
    placed : sequence of (int, result)
        The ``marks`` of each batch, with the place of its first article.
    outlets : sequence
        The outlet of each article.

    Returns
    -------
    callable
        Tells of the articles of a batch, given as a slice, which of their lines recur, by outlet.
    """
    parts = []
    for first, result in placed:
        part = Pieces("marks", [result]).whole()
        parts.append(part.assign(row=part["row"] + first))
    lines = pd.concat(parts, ignore_index=True)
    found = recurring_marks(lines, outlets)
    rows, marks = lines["row"].to_numpy(), lines["mark"].to_numpy()

    def of_batch(place: slice) -> dict[str, frozenset[int]]:
        low, high = np.searchsorted(rows, [place.start, place.stop])
        held = set(marks[low:high].tolist())
        here = sorted({o for o in outlets[place] if isinstance(o, str)} & found.keys())
        return {o: found[o] & held for o in here}

    return of_batch
