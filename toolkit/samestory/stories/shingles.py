"""Texts as sets of shingles (runs of five words), and which of them are an outlet's furniture."""

from __future__ import annotations

import hashlib
import re
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["SHINGLE", "Shingles", "shingled", "telling"]

SHINGLE = 5
# A run of words in so many different texts of one outlet is furniture: menus, notices, lists of links.
FURNITURE_TEXTS = 3
# What is left of a text must be so many runs and so large a share, to stand for the text.
LEAST_RUNS, LEAST_SHARE = 20, 0.2

_WORD = re.compile(r"[^\W_]+")
Shingles = npt.NDArray[np.int64]


def shingled(texts: list[str]) -> list[Shingles]:
    """Give each text the numbers of its distinct shingles; equal numbers are equal shingles.

    Examples
    --------
    >>> one, other = shingled(["Rain fell on the hills.", "RAIN fell on the hills, and hail."])
    >>> one.tolist(), len(other)
    ([0], 3)
    """
    vocabulary: dict[str, int] = {}
    runs = []
    for text in texts:
        found = _WORD.findall(text.lower())
        numbers = np.array([vocabulary.setdefault(w, len(vocabulary) + 1) for w in found], dtype=np.uint64)
        run = np.zeros(max(0, len(numbers) - SHINGLE + 1), dtype=np.uint64)
        for k in range(SHINGLE):  # a 64-bit polynomial of the five word numbers
            run = run * np.uint64(0x9E3779B97F4A7C15) + numbers[k : k + len(run)]
            run ^= run >> np.uint64(29)
        runs.append(np.unique(run))
    _, number = np.unique(np.concatenate([*runs, np.array([], dtype=np.uint64)]), return_inverse=True)
    return _split(number.astype(np.int64), [len(r) for r in runs])


def telling(shingles: list[Shingles], outlets: list[str]) -> list[Shingles]:
    """Leave out of each text the shingles that recur in its outlet, where enough is left to judge it by.

    Copies of one text count once, so that a text that an outlet carries often is not its furniture.

    Examples
    --------
    >>> pages = [np.array([0, 1, 2 + i]) for i in range(3)]
    >>> [len(kept) for kept in telling(pages, ["Herald"] * 3)]  # too little would be left
    [3, 3, 3]
    """
    if not shingles:
        return []
    outlet = np.unique(np.array(outlets, dtype=str), return_inverse=True)[1].astype(np.int64)
    sizes = [len(s) for s in shingles]
    n_shingles = 1 + max(int(s.max(initial=0)) for s in shingles)
    # The same shingle in two outlets gets two numbers.
    owned = np.concatenate(shingles) + np.repeat(outlet, sizes) * n_shingles
    distinct = np.repeat(_first_of_each_text(shingles, outlet), sizes)
    seen, times = np.unique(owned[distinct], return_counts=True)
    kept = ~np.isin(owned, seen[times >= FURNITURE_TEXTS])
    out = []
    for whole, keep in zip(shingles, _split(kept, sizes), strict=True):
        enough = int(keep.sum()) >= max(LEAST_RUNS, LEAST_SHARE * len(whole))
        out.append(whole[keep] if enough else whole)
    return out


def _first_of_each_text(shingles: list[Shingles], outlet: Shingles) -> npt.NDArray[np.bool_]:
    known: set[tuple[int, bytes]] = set()
    first = np.zeros(len(shingles), dtype=bool)
    for i, text in enumerate(shingles):
        key = (int(outlet[i]), hashlib.sha1(text.tobytes(), usedforsecurity=False).digest())
        first[i] = key not in known
        known.add(key)
    return first


def _split(values: npt.NDArray[Any], sizes: list[int]) -> list[npt.NDArray[Any]]:
    return np.split(values, np.cumsum(sizes)[:-1]) if sizes else []
