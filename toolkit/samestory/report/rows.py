"""Rows of tables as the pages read them: by article, in order, each a dict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd

from samestory.report.facets import speaker_names

__all__ = ["Row", "RowsByArticle", "records"]

# What is read of sentences, quotes and lines, and the order in which they stand in an article.
_READ = frozenset(
    "article_id start end text voice compound spans kind cue in_headline name kept reason".split()
)
_ORDER = ("article_id", "line", "start", "end")

#: A row of a table.
Row = Mapping[Any, Any]


class RowsByArticle:
    """The rows of each article, in order; as dicts, since a table for each takes longer to make.

    Parameters
    ----------
    frame : DataFrame
        Sentences, quotes or lines.

    Examples
    --------
    >>> rows = RowsByArticle(pd.DataFrame({"article_id": ["b", "a", "a"], "start": [0, 9, 0]}))
    >>> [row["start"] for row in rows.of(["a"])["a"]]
    [0, 9]
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._rows = frame
        self._places: dict[str, tuple[int, int]] = {}  # where the rows of an article begin and end
        if frame.empty:
            return
        rows = frame.sort_values([c for c in _ORDER if c in frame.columns], ignore_index=True)
        if "speaker" in rows.columns:
            rows = rows.assign(name=speaker_names(rows))
        self._rows = rows[[c for c in rows.columns if c in _READ]]
        ids = rows["article_id"].to_numpy(dtype=object)
        begins = np.flatnonzero(np.append(True, ids[1:] != ids[:-1])).tolist()
        ends = [*begins[1:], len(ids)]
        self._places = {ids[a]: (a, b) for a, b in zip(begins, ends, strict=True)}

    def of(self, articles: Iterable[str]) -> dict[str, list[Row]]:
        """Give the rows of some articles."""
        found = {a: self._places[a] for a in articles if a in self._places}
        if not found:
            return {}
        places = np.concatenate([np.arange(begin, end) for begin, end in found.values()])
        rows = iter(records(self._rows.take(places)))
        return {a: list(islice(rows, end - begin)) for a, (begin, end) in found.items()}


def records(frame: pd.DataFrame) -> list[Row]:
    """Give the rows as dicts; quicker than the method of the table, which looks at each value."""
    columns = [frame[c].to_numpy(dtype=object).tolist() for c in frame.columns]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]
