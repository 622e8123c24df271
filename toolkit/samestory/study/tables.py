"""The tables of a study: in memory, or, where they are large, read from the work_dir when asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd

from samestory.study.batches.coded import coded
from samestory.study.batches.memory import give_back
from samestory.study.batches.pieces import LARGE_ROWS, Pieces

__all__ = ["LARGE_ARTICLES", "PIECE_ROWS", "StudyTables", "held"]

#: Articles from which their table, which is mostly text, stays in the store.
LARGE_ARTICLES = 10_000
#: Rows of a piece, where a table goes by to be written or counted: some megabytes.
PIECE_ROWS = 20_000
_OFTEN = 500_000  # rows looked through, after which what they took is given back


def held(pieces: Pieces, *, large: int | None = None) -> pd.DataFrame | Pieces:
    """Take a table into memory, unless it is large (of more rows than that) and in the store."""
    return pieces if pieces.stored and len(pieces) > (large or LARGE_ROWS) else pieces.whole()


def whole(table: pd.DataFrame | Pieces) -> pd.DataFrame:
    """Take a table into memory."""
    return table.whole() if isinstance(table, Pieces) else table


class StudyTables(Mapping[str, pd.DataFrame]):
    """Tables by name.

    Tables of more than 200,000 rows, and more than 10,000 articles, that were made with a work_dir stay
    there. They are read each time they are asked for, so keep what you need in a variable; :meth:`batches`
    gives them piece by piece, for corpora whose tables do not fit into memory.

    Parameters
    ----------
    tables : mapping of str to DataFrame or Pieces
        The tables.

    Examples
    --------
    >>> tables = StudyTables({"articles": pd.DataFrame({"article_id": ["a"]})})
    >>> len(tables["articles"]), list(tables)
    (1, ['articles'])
    """

    def __init__(self, tables: Mapping[str, pd.DataFrame | Pieces]) -> None:
        self._tables = dict(tables)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return a table, reading it where it is in the work_dir."""
        return whole(self._tables[name])

    def __iter__(self) -> Iterator[str]:
        """Give the names of the tables."""
        return iter(self._tables)

    def __len__(self) -> int:
        """Count the tables."""
        return len(self._tables)

    def __or__(self, more: Mapping[str, pd.DataFrame | Pieces]) -> StudyTables:
        """Return these tables and more."""
        new = {name: held(t) if isinstance(t, Pieces) else t for name, t in more.items()}
        return StudyTables({**self._tables, **new})

    def only(self, *names: str) -> StudyTables:
        """Return some of these tables."""
        return StudyTables({name: self._tables[name] for name in names})

    def with_pieces(self, name: str, pieces: Pieces) -> StudyTables:
        """Return these tables and one that the batches made."""
        return StudyTables({**self._tables, name: held(pieces)})

    def rows(self, name: str) -> int:
        """Count the rows of a table without reading it."""
        return len(self._tables[name])

    def names(self, name: str) -> list[str]:
        """Name the columns of a table without reading it."""
        table = self._tables[name]
        return list((table.like() if isinstance(table, Pieces) else table).columns)

    def stored(self, name: str) -> bool:
        """Say whether a table is in the work_dir, and not in memory."""
        table = self._tables[name]
        return isinstance(table, Pieces) and table.stored

    def batches(
        self, name: str, columns: Sequence[str] | None = None, *, lists: bool = True, rows: int = 1
    ) -> Iterator[pd.DataFrame]:
        """Give a table piece by piece, or some of its columns; one that is in memory is one piece.

        Without ``lists``, lists of spans that are read from the work_dir stay Arrow's, which is quicker.
        Pieces that follow each other are put together until they have so many ``rows``.
        """
        table = self._tables[name]
        if isinstance(table, Pieces):
            yield from table.each(columns, lists=lists, rows=rows)
        else:
            yield table if columns is None else table[list(columns)]

    def coded(self, name: str) -> pd.DataFrame:
        """Return a table; one from the work_dir with categories for texts, so that each text is held once."""
        table = self._tables[name]
        return coded(table.each(rows=PIECE_ROWS)) if isinstance(table, Pieces) else table

    def of_articles(
        self, name: str, articles: pd.Series[str], columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Return the rows of some articles, or some columns of these, without holding the others."""
        table = self._tables[name]
        if not isinstance(table, Pieces):
            rows = table[table["article_id"].isin(articles)].reset_index(drop=True)
            return rows if columns is None else rows[list(columns)]
        return _joined(
            table, table.each(columns, lists=False, articles=articles.tolist(), rows=PIECE_ROWS), columns
        )

    def some(self, name: str, of: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
        """Return the rows that a function chooses of each piece, without holding the others."""
        table = self._tables[name]
        if not isinstance(table, Pieces):
            return of(table).reset_index(drop=True)
        return _joined(table, table.each(lists=False, of=_swept(of), rows=PIECE_ROWS))

    def columns(self, name: str, columns: list[str]) -> pd.DataFrame:
        """Return some columns of a table, reading no more than these."""
        table = self._tables[name]
        return table.whole(columns) if isinstance(table, Pieces) else table[columns]


def _swept(of: Callable[[pd.DataFrame], pd.DataFrame]) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Give memory back now and then, while a function chooses rows of many pieces."""
    seen = 0

    def chosen(piece: pd.DataFrame) -> pd.DataFrame:
        nonlocal seen
        seen += len(piece)
        if seen > _OFTEN:
            seen = 0
            give_back()
        return of(piece)

    return chosen


def _joined(
    table: Pieces, rows: Iterator[pd.DataFrame], columns: Sequence[str] | None = None
) -> pd.DataFrame:
    """Put rows of the pieces together, their lists Python's."""
    parts = list(rows) or [table.like(columns)]
    give_back()  # the rows that were not chosen
    made = pd.concat(parts, ignore_index=True)
    spans = [c for c in made.columns if isinstance(made[c].dtype, pd.ArrowDtype)]
    return made.assign(**{c: pd.Series(made[c].tolist(), made.index, dtype="object") for c in spans})
