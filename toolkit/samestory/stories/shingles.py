"""Texts as sets of shingles (runs of five words), and which of them are an outlet's furniture."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["SHINGLE", "Runs", "shingled", "telling"]

SHINGLE = 5
# A run of words in so many different texts of one outlet is furniture: menus, notices, lists of links.
FURNITURE_TEXTS = 3
# What is left of a text must be so many runs and so large a share, to stand for the text.
LEAST_RUNS, LEAST_SHARE = 20, 0.2

# Ranges of the shingles' numbers that are looked through one after the other.
RANGES = 16

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Runs:
    """The distinct shingles of a text.

    Attributes
    ----------
    shared : array
        Numbers of those that another text has as well: only these can tell two texts alike, and they are a
        tenth of all, so that a corpus is held by these.
    size : int
        How many there are in all.
    text : bytes
        Equal for texts with the same shingles.
    """

    shared: npt.NDArray[np.int64]
    size: int
    text: bytes


def shingled(texts: list[str]) -> list[Runs]:
    """Give each text its distinct shingles; equal numbers are equal shingles.

    Examples
    --------
    >>> one, other = shingled(["Rain fell on the hills.", "RAIN fell on the hills, and hail."])
    >>> one.shared.tolist(), other.shared.tolist(), other.size
    ([0], [0], 3)
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
    del vocabulary
    shared = _in_several(runs)
    out = []
    for run in runs:
        place = np.searchsorted(shared, run)
        found_there = place < len(shared)
        found_there[found_there] = shared[place[found_there]] == run[found_there]
        digest = hashlib.sha1(run.tobytes(), usedforsecurity=False).digest()
        out.append(Runs(place[found_there].astype(np.int64), len(run), digest))
    return out


def _in_several(runs: list[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint64]:
    """Numbers, ascending, that stand in more than one of several ascending lists of distinct numbers.

    Sought range by range, so that no second copy of all numbers is ever held.
    """
    edges = np.arange(1, RANGES, dtype=np.uint64) * np.uint64(2**64 // RANGES)
    cuts = [[0, *np.searchsorted(run, edges).tolist(), len(run)] for run in runs]
    found = [np.zeros(0, dtype=np.uint64)]
    for i in range(RANGES):
        part = np.concatenate(
            [run[cut[i] : cut[i + 1]] for run, cut in zip(runs, cuts, strict=True)] or found
        )
        part.sort()
        found.append(np.unique(part[1:][part[1:] == part[:-1]]))
    return np.concatenate(found)


def telling(texts: list[Runs], outlets: list[str]) -> list[Runs]:
    """Leave out of each text the shingles that recur in its outlet, where enough is left to judge it by.

    Copies of one text count once, so that a text that an outlet carries often is not its furniture.

    Examples
    --------
    >>> pages = [Runs(np.array([0, 1]), 3, bytes([i])) for i in range(3)]
    >>> [kept.size for kept in telling(pages, ["Herald"] * 3)]  # too little would be left
    [3, 3, 3]
    """
    if not texts:
        return []
    outlet = np.unique(np.array(outlets, dtype=str), return_inverse=True)[1].astype(np.int64)
    sizes = [len(t.shared) for t in texts]
    n_shingles = 1 + max(int(t.shared.max(initial=0)) for t in texts)
    # The same shingle in two outlets gets two numbers.
    owned = np.concatenate([t.shared for t in texts]) + np.repeat(outlet, sizes) * n_shingles
    distinct = np.repeat(_first_of_each_text(texts, outlet), sizes)
    seen, times = np.unique(owned[distinct], return_counts=True)
    kept = ~np.isin(owned, seen[times >= FURNITURE_TEXTS])
    out = []
    for whole, keep in zip(texts, np.split(kept, np.cumsum(sizes)[:-1]), strict=True):
        left = whole.size - int((~keep).sum())
        enough = left >= max(LEAST_RUNS, LEAST_SHARE * whole.size)
        out.append(Runs(whole.shared[keep], left, whole.text) if enough else whole)
    return out


def _first_of_each_text(texts: list[Runs], outlet: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    known: set[tuple[int, bytes]] = set()
    first = np.zeros(len(texts), dtype=bool)
    for i, text in enumerate(texts):
        key = (int(outlet[i]), text.text)
        first[i] = key not in known
        known.add(key)
    return first
