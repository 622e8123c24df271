"""Columns of many pieces put together, texts as categories: numbers for millions of rows, each text once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.study.batches.memory import give_back

__all__ = ["coded"]

_OFTEN = 50


def coded(pieces: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put pieces of a table together, texts as categories in the order of the alphabet.

    Parameters
    ----------
    pieces : iterable of DataFrame
        At least one, all with the same columns.

    Returns
    -------
    DataFrame
        The rows of all pieces.

    Examples
    --------
    >>> pieces = [pd.DataFrame({"who": ["b", "a"]}), pd.DataFrame({"who": ["b", None]})]
    >>> coded(p.astype("str") for p in pieces)["who"].cat.codes.tolist()
    [1, 0, 1, -1]
    """
    texts: defaultdict[str, _Texts] = defaultdict(_Texts)
    others: defaultdict[str, list[pd.Series[Any]]] = defaultdict(list)
    columns: list[str] = []
    for number, piece in enumerate(pieces):
        columns = list(piece.columns)
        for c in columns:
            if isinstance(piece[c].dtype, pd.StringDtype):
                texts[c].add(piece[c])
            else:
                others[c].append(piece[c])
        if number % _OFTEN == 0:
            give_back()  # small arrays are kept between the large ones that go
    made = pd.DataFrame(
        {c: texts.pop(c).categories() if c in texts else pd.concat(others.pop(c)).array for c in columns}
    )
    give_back()
    return made


class _Texts:
    """One column of texts: of each piece numbers, and what these stand for."""

    def __init__(self) -> None:
        self._names = pd.Series(dtype="str")
        self._codes: list[NDArray[np.int32]] = []
        self._own: list[pd.Series[str]] = []  # of the last pieces, whose numbers are still their own

    def add(self, texts: pd.Series[str]) -> None:
        """Add the texts of a piece."""
        # Not categories yet: those of each piece would hold its texts in a table of hashes.
        code, own = pd.factorize(texts)
        self._codes.append(code.astype(np.int32))
        self._own.append(pd.Series(own))
        if len(self._own) == _OFTEN:
            self._settle()

    def _settle(self) -> None:
        """Give the texts of the last pieces numbers in common with all before; those known keep theirs."""
        number, names = pd.factorize(pd.concat([self._names, *self._own], ignore_index=True))
        common = np.append(number, -1).astype(np.int32)  # the last stands for what is missing
        first = len(self._codes) - len(self._own)
        before = np.cumsum([len(self._names), *map(len, self._own)])
        for i, start in enumerate(before[:-1].tolist(), start=first):
            code = self._codes[i]
            self._codes[i] = common[np.where(code < 0, -1, code + start)]
        self._names, self._own = pd.Series(names), []

    def categories(self) -> pd.Categorical:
        """Put the pieces together; categories stand in the order of the alphabet."""
        self._settle()
        order = np.argsort(self._names.to_numpy(dtype=object), kind="stable")
        place = np.empty(len(order) + 1, dtype=np.int32)
        place[order], place[-1] = np.arange(len(order)), -1
        for i, code in enumerate(self._codes):
            self._codes[i] = place[code]
        return pd.Categorical.from_codes(np.concatenate(self._codes), categories=self._names.array[order])
