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
    found: defaultdict[str, list[Any]] = defaultdict(list)
    texts: defaultdict[str, list[pd.Series[str]]] = defaultdict(list)
    for number, piece in enumerate(pieces):
        if number % _OFTEN == 0:
            give_back()  # small arrays are kept between the large ones that go
        for c in piece.columns:
            if isinstance(piece[c].dtype, pd.StringDtype):
                # Not categories yet: those of each piece would hold its texts in a table of hashes.
                code, own = pd.factorize(piece[c].array)
                found[c].append(code.astype(np.int32))
                texts[c].append(pd.Series(own))
            else:
                found[c].append(piece[c])
    return pd.DataFrame(
        {
            c: _joined(found.pop(c), texts.pop(c)) if c in texts else pd.concat(found.pop(c)).array
            for c in list(found)
        }
    )


def _joined(codes: list[NDArray[Any]], texts: list[pd.Series[str]]) -> pd.Categorical:
    """Give the texts of all pieces numbers in common."""
    number, names = pd.factorize(pd.concat(texts, ignore_index=True), sort=True)
    number = np.append(number, -1).astype(np.int32)  # the last stands for what is missing
    before = np.cumsum([0, *map(len, texts)])
    for i, code in enumerate(codes):
        codes[i] = number[np.where(code < 0, -1, code + before[i])]
    return pd.Categorical.from_codes(np.concatenate(codes), categories=names)
