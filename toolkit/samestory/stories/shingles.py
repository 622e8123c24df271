"""Texts as sets of shingles (runs of five words), and which of them are an outlet's furniture."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile

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
# Words whose numbers are remembered, and bytes of shingles that are held in memory and not in a file.
_MOST_WORDS, _MOST_BYTES = 400_000, 1 << 25

_WORD = re.compile(r"[^\W_]+")

Shingles = npt.NDArray[np.uint64]


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

    shared: npt.NDArray[np.int32]
    size: int
    text: bytes


def shingled(texts: Iterable[str]) -> list[Runs]:
    """Give each text its distinct shingles; equal numbers are equal shingles.

    Parameters
    ----------
    texts : iterable of str
        Texts, read one after the other; their shingles wait in a file where they are many.

    Returns
    -------
    list of Runs
        Copies of one text share one.

    Examples
    --------
    >>> one, other = shingled(["Rain fell on the hills.", "RAIN fell on the hills, and hail."])
    >>> one.shared.tolist(), other.shared.tolist(), other.size
    ([0], [0], 3)
    """
    numbers: dict[str, int] = {}
    place: dict[bytes, int] = {}  # of a text among the different ones
    which, repeated = [], set()
    with _Kept() as kept:
        for text in texts:
            runs = _shingles(text, numbers)
            digest = hashlib.sha1(runs.tobytes(), usedforsecurity=False).digest()
            if digest in place:
                repeated.add(place[digest])
            else:
                place[digest] = len(place)
                kept.add(runs)
            which.append(place[digest])
        del numbers
        shared = _in_several(kept, repeated)
        different = []
        for i, digest in enumerate(place):
            runs = kept.read(i)
            found = np.searchsorted(shared, runs)
            there = found < len(shared)
            there[there] = shared[found[there]] == runs[there]
            different.append(Runs(found[there].astype(np.int32), len(runs), digest))
    return [different[i] for i in which]


def _shingles(text: str, numbers: dict[str, int]) -> Shingles:
    """Distinct shingles of a text, ascending: a 64-bit polynomial of the numbers of five words."""
    if len(numbers) > _MOST_WORDS:
        numbers.clear()
    words = [numbers.get(w) or numbers.setdefault(w, _number(w)) for w in _WORD.findall(text.lower())]
    given = np.array(words, dtype=np.uint64)
    runs = np.zeros(max(0, len(given) - SHINGLE + 1), dtype=np.uint64)
    for k in range(SHINGLE):
        runs = runs * np.uint64(0x9E3779B97F4A7C15) + given[k : k + len(runs)]
        runs ^= runs >> np.uint64(29)
    return np.unique(runs)


def _number(word: str) -> int:
    """Give a word a number by its letters, so that none needs to be remembered."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest())


class _Kept:
    """Ascending arrays of shingles one after the other, in memory or, where they are many, in a file."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_MOST_BYTES)  # noqa: SIM115 - closed by __exit__
        self.ends: list[int] = [0]
        self.cuts: list[npt.NDArray[np.int32]] = []
        self._edges = np.arange(1, RANGES, dtype=np.uint64) * np.uint64(2**64 // RANGES)

    def __enter__(self) -> _Kept:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self.cuts)

    def add(self, runs: Shingles) -> None:
        """Keep one array."""
        self._file.write(runs.tobytes())
        self.ends.append(self.ends[-1] + len(runs))
        self.cuts.append(np.searchsorted(runs, self._edges).astype(np.int32))

    def read(self, i: int, number: int | None = None) -> Shingles:
        """Return one array, or what of it lies in one of the ranges."""
        low, high = 0, self.ends[i + 1] - self.ends[i]
        if number is not None:
            edges = (low, *self.cuts[i].tolist(), high)
            low, high = edges[number], edges[number + 1]
        self._file.seek(8 * (self.ends[i] + low))
        return np.frombuffer(self._file.read(8 * (high - low)), dtype=np.uint64)


def _in_several(kept: _Kept, repeated: set[int]) -> Shingles:
    """Shingles, ascending, that stand in more than one text; all those of a repeated text do.

    Sought range by range, so that no more than a part of all is in memory.
    """
    found = [np.zeros(0, dtype=np.uint64)]
    for number in range(RANGES):
        pieces = [found[0]]
        for i in range(len(kept)):
            piece = kept.read(i, number)
            pieces += [piece, piece] if i in repeated else [piece]
        part = np.concatenate(pieces)
        part.sort()
        found.append(np.unique(part[1:][part[1:] == part[:-1]]))
    return np.concatenate(found)


def telling(texts: Sequence[Runs], outlets: Sequence[str]) -> list[Runs]:
    """Leave out of each text the shingles that recur in its outlet, where enough is left to judge it by.

    Copies of one text count once, so that a text that an outlet carries often is not its furniture.

    Examples
    --------
    >>> pages = [Runs(np.array([0, 1]), 3, bytes([i])) for i in range(3)]
    >>> [kept.size for kept in telling(pages, ["Herald"] * 3)]  # too little would be left
    [3, 3, 3]
    """
    owned: dict[str, dict[bytes, Runs]] = {}
    for text, outlet in zip(texts, outlets, strict=True):
        owned.setdefault(outlet, {})[text.text] = text
    left = {outlet: _without_furniture(list(own.values())) for outlet, own in owned.items()}
    return [left[outlet][text.text] for text, outlet in zip(texts, outlets, strict=True)]


def _without_furniture(texts: Sequence[Runs]) -> dict[bytes, Runs]:
    """Leave out of the different texts of one outlet what recurs in them."""
    seen, times = np.unique(np.concatenate([t.shared for t in texts]), return_counts=True)
    furniture = seen[times >= FURNITURE_TEXTS]
    out = {}
    for whole in texts:
        kept = whole.shared[~np.isin(whole.shared, furniture, assume_unique=True)]
        size = whole.size - (len(whole.shared) - len(kept))
        enough = size >= max(LEAST_RUNS, LEAST_SHARE * whole.size)
        out[whole.text] = Runs(kept, size, whole.text) if enough else whole
    return out
