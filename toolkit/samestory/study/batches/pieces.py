"""One table in pieces, one from each batch: in memory, or in the store until somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import pandas as pd

from samestory.errors import OutputError
from samestory.study.batches.steps import Tables
from samestory.study.batches.store import Store

__all__ = ["LARGE_ROWS", "Pieces", "Stored"]

#: Tables with more rows stay in the store, and are saved as Parquet.
LARGE_ROWS = 200_000


@dataclass(frozen=True)
class Stored:
    """A result that is in the store, or one part of each of its tables."""

    store: Store
    step: str
    key: str
    part: str = ""  # ends the names of the tables

    def read(
        self,
        name: str,
        columns: Sequence[str] | None = None,
        *,
        lists: bool = True,
        articles: Sequence[str] | None = None,
        group: int | None = None,
    ) -> pd.DataFrame:
        """Read one of its tables; without ``lists``, lists of spans stay Arrow's."""
        table = self.store.read_table(
            self.step, self.key, name + self.part, columns, lists=lists, articles=articles, group=group
        )
        if table is None:
            raise OutputError(
                "this result in the work_dir is gone or damaged",
                hint="give the same command again: what is missing is made anew",
                path=self.store.root / self.step,
            )
        return table

    def groups(self, name: str) -> int:
        """Return in how many groups of rows a table can be read."""
        return self.store.groups(self.step, self.key, name + self.part)

    def rows(self, name: str) -> int:
        """Return the number of rows of a table."""
        return self.store.rows(self.step, self.key, name + self.part)

    def like(self, name: str) -> pd.DataFrame:
        """Return a table without its rows."""
        return self.store.like(self.step, self.key, name + self.part)


def _as_it_is(piece: pd.DataFrame) -> pd.DataFrame:
    return piece


@dataclass(frozen=True)
class Pieces:
    """A table that the batches made.

    Attributes
    ----------
    name : str
        Its name in the results of a batch.
    results : sequence
        The results of the batches, in order.
    finish : callable
        Adds to a piece what only the whole corpus knows, such as the story of its articles.
    """

    name: str
    results: Sequence[Tables | Stored]
    finish: Callable[[pd.DataFrame], pd.DataFrame] = _as_it_is

    def __len__(self) -> int:
        """Count the rows without reading them."""
        return sum(self.sizes())

    def columns(self) -> list[str]:
        """Return the names of the columns, without what ``finish`` adds."""
        return list(_like(self.results[0], self.name).columns)

    def sizes(self) -> list[int]:
        """Count the rows of each piece without reading it."""
        return [r.rows(self.name) if isinstance(r, Stored) else len(r[self.name]) for r in self.results]

    def piece(self, number: int, columns: Sequence[str]) -> pd.DataFrame:
        """Read some columns of one piece, unfinished."""
        return _read(self.results[number], self.name, columns)

    def keys(self) -> list[str]:
        """Return the keys of the results that are in a store."""
        return [r.key for r in self.results if isinstance(r, Stored)]

    @property
    def stored(self) -> bool:
        """Whether they are in a store, and not in memory."""
        return any(isinstance(r, Stored) for r in self.results)

    def __iter__(self) -> Iterator[pd.DataFrame]:
        """Give the finished pieces, each with the types of the whole."""
        return self.each()

    def each(
        self,
        columns: Sequence[str] | None = None,
        *,
        lists: bool = True,
        articles: Sequence[str] | None = None,
        of: Callable[[pd.DataFrame], pd.DataFrame] = lambda piece: piece,
        rows: int = 1,
    ) -> Iterator[pd.DataFrame]:
        """Give the finished pieces, or some columns or rows of each.

        Parameters
        ----------
        columns : sequence of str, optional
            Columns to read; by default all.
        lists : bool, default True
            Whether lists of spans are Python's; those that are in the store can stay Arrow's.
        articles : sequence of str, optional
            Ids of the articles whose rows are read; by default all.
        of : callable, optional
            Chooses rows of a piece before it is finished.
        rows : int, default 1
            Pieces in a row are put together until they have so many rows: what is done with each takes its
            time however small it is.
        """
        types, own = self._types(), self._own(columns)
        waiting: list[pd.DataFrame] = []
        for piece in chain(_parts(self.results, self.name, own, lists=lists, articles=articles), [None]):
            if piece is not None and len(chosen := of(piece)):
                waiting.append(chosen.astype(_changed(chosen.dtypes, types)))
            if waiting and (sum(map(len, waiting)) >= rows or piece is None):
                whole = waiting[0] if len(waiting) == 1 else pd.concat(waiting, ignore_index=True)
                made, waiting = self.finish(whole), []
                yield made if columns is None else made[list(columns)]

    def of_articles(self, articles: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
        """Put together the rows of some articles."""
        parts = list(self.each(columns, articles=articles))
        return pd.concat(parts, ignore_index=True) if parts else self.like(columns)

    def whole(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Put the pieces together; with ``columns``, these and what it takes to find them."""
        own = self._own(columns)
        parts = [_read(r, self.name, own) for r in self.results]
        some = [p for p in parts if len(p)] or parts[:1]
        made = self.finish(pd.concat(some, ignore_index=True))
        return made if columns is None else made[list(columns)]

    def like(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the table without its rows."""
        made = self.finish(_like(self.results[0], self.name))
        return made if columns is None else made[list(columns)]

    def _own(self, columns: Sequence[str] | None) -> list[str] | None:
        """Return which columns of the pieces are read for some columns of the whole."""
        if columns is None:
            return None
        return [c for c in _like(self.results[0], self.name).columns if c in columns or c in _NEEDED]

    def _types(self) -> pd.Series:
        """Return the types that the columns have in the whole table."""
        empty = [_like(r, self.name) for r in self.results if not isinstance(r, Stored) or r.rows(self.name)]
        return pd.concat(empty).dtypes if empty else pd.Series(dtype="object")


def _changed(own: pd.Series, types: pd.Series) -> dict[str, Any]:
    """Return the types that columns get; lists that are Arrow's stay so, and categories a piece's own."""
    pairs = zip(own.index, own, types[own.index], strict=True)
    kept = pd.ArrowDtype, pd.CategoricalDtype
    return {c: t for c, o, t in pairs if o != t and not isinstance(o, kept)}


#: What the columns of the whole corpus are found by.
_NEEDED = ("article_id", "speaker_resolved")


def _like(result: Tables | Stored, name: str) -> pd.DataFrame:
    """Return a table without its rows."""
    if isinstance(result, Stored):
        return result.like(name)
    return result[name][:0]


def _parts(
    results: Sequence[Tables | Stored], name: str, columns: Sequence[str] | None, **how: Any
) -> Iterator[pd.DataFrame]:
    """Read a table result by result; the result of a step on the whole corpus some rows at a time."""
    for result in results:
        groups = result.groups(name) if isinstance(result, Stored) else 1
        if isinstance(result, Stored) and groups > 1:
            yield from (result.read(name, columns, group=i, **how) for i in range(groups))
        else:
            yield _read(result, name, columns, **how)


def _read(
    result: Tables | Stored,
    name: str,
    columns: Sequence[str] | None = None,
    *,
    lists: bool = True,
    articles: Sequence[str] | None = None,
) -> pd.DataFrame:
    if isinstance(result, Stored):
        return result.read(name, columns, lists=lists, articles=articles)
    table = result[name] if columns is None else result[name][list(columns)]
    return table if articles is None else table[table["article_id"].isin(articles)]
