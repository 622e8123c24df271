"""Articles in the order of their ids: what is known of them in memory, their texts wherever they are kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.readers import TextFile
from samestory.study.batches.pieces import Pieces

__all__ = ["FiledTexts", "HeldTexts", "PieceTexts", "Shelf", "Texts"]

Rows = NDArray[np.intp]
#: Articles whose texts are read together when all are wanted one after the other.
_AT_ONCE = 200


class Texts(Protocol):
    """The texts of articles by their places."""

    def take(self, rows: Rows) -> pd.Series[str]:
        """Return the texts at some places, numbered from 0."""
        ...

    def close(self) -> None:
        """Give up what is open; there are no more texts."""
        ...


@dataclass(frozen=True)
class HeldTexts:
    """Texts in memory."""

    texts: pd.Series[str]

    def take(self, rows: Rows) -> pd.Series[str]:
        """Return the texts at some places, numbered from 0."""
        return self.texts.iloc[rows].reset_index(drop=True)

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class FiledTexts:
    """Texts in a file, as they were read; those of other files of the corpus are in memory.

    Attributes
    ----------
    file : TextFile
        The file.
    at : array
        Place of each text in it; -1 for one that is in memory.
    held : Series
        The texts in memory, by article.
    """

    file: TextFile
    at: NDArray[np.int64]
    held: pd.Series[str]

    def take(self, rows: Rows) -> pd.Series[str]:
        """Return the texts at some places, numbered from 0."""
        at = self.at[rows]
        texts = np.array(self.held.iloc[rows], dtype=object)
        texts[at >= 0] = self.file.read(at[at >= 0])
        return pd.Series(texts, dtype="str")

    def close(self) -> None:
        """Give the file up."""
        self.file.close()


class PieceTexts:
    """Texts in the results of batches, read from the store when they are wanted.

    Parameters
    ----------
    pieces : Pieces
        A table with the column ``text``, in the order of the articles.
    """

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self._ends = np.cumsum(pieces.sizes(), dtype=np.intp)
        self._last: tuple[int, pd.Series[str]] = (-1, pd.Series(dtype="str"))

    def take(self, rows: Rows) -> pd.Series[str]:
        """Return the texts at some places, numbered from 0."""
        where = np.searchsorted(self._ends, rows, side="right")
        edges = [0, *(np.flatnonzero(np.diff(where)) + 1).tolist(), len(rows)]
        found = [
            self._read(int(where[a])).iloc[rows[a:b] - self._begin(int(where[a]))]
            for a, b in pairwise(edges)
            if b > a
        ]
        return pd.concat(found, ignore_index=True) if found else pd.Series(dtype="str")

    def close(self) -> None:
        """Nothing is open."""

    def _begin(self, number: int) -> int:
        return int(self._ends[number - 1]) if number else 0

    def _read(self, number: int) -> pd.Series[str]:
        """Read a piece, or give the one that was read last: batches are wanted in order."""
        kept, texts = self._last
        if kept != number:
            texts = self._pieces.piece(number, ["text"])["text"]
            self._last = (number, texts)
        return texts


@dataclass(frozen=True)
class Shelf:
    """Articles, in the order of their ids.

    Attributes
    ----------
    known : DataFrame
        What is known of them, without their texts, which for a large corpus would fill the memory.
    texts : Texts
        Their texts.
    columns : sequence of str
        The columns of the whole table, ``text`` among them.
    """

    known: pd.DataFrame
    texts: Texts
    columns: Sequence[str]

    def __len__(self) -> int:
        return len(self.known)

    @classmethod
    def of(cls, articles: pd.DataFrame) -> Shelf:
        """Put a table of articles onto a shelf."""
        return cls(articles.drop(columns="text"), HeldTexts(articles["text"]), list(articles.columns))

    def knowing(self, known: pd.DataFrame) -> Shelf:
        """Return the same articles, of which something else is known."""
        return replace(self, known=known)

    def table(self, rows: Rows, columns: Sequence[str]) -> pd.DataFrame:
        """Make a table of some articles with some columns, those that are there, numbered from 0."""
        present = [c for c in columns if c in self.known.columns and c != "text"]
        table = self.known[present].iloc[rows].reset_index(drop=True)
        if "text" in columns:
            place = sum(c in present for c in columns[: list(columns).index("text")])
            table.insert(place, "text", self.texts.take(rows))
        return table

    def read(self, rows: Rows) -> Iterator[str]:
        """Give the texts at some places one after the other."""
        for start in range(0, len(rows), _AT_ONCE):
            yield from self.texts.take(rows[start : start + _AT_ONCE])
