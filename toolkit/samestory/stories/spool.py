"""Arrays that wait in a file: what is needed again, but not all the time."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Spool"]

Array = npt.NDArray[Any]
#: Bytes that are held in memory before a file is made.
_HELD = 1 << 25


class Spool:
    """Arrays of one dimension in a file without a name, which goes when nobody holds the spool.

    Arrays that are added together are read together, in the order in which they came. No more than 32 MB
    stay in memory.

    Examples
    --------
    >>> spool = Spool()
    >>> spool.add(np.array([1, 2]), np.array([0.5]))
    >>> spool.add(np.array([], dtype=np.int64), np.array([1.5]))
    >>> [[array.tolist() for array in arrays] for arrays in spool]
    [[[1, 2], [0.5]], [[], [1.5]]]
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_HELD)  # noqa: SIM115 - closed by __del__
        self._kept: list[tuple[int, list[tuple[np.dtype[Any], int]]]] = []

    def __del__(self) -> None:
        self._file.close()

    def add(self, *arrays: Array) -> None:
        """Keep arrays, which are read together."""
        self._kept.append((self._file.seek(0, 2), [(a.dtype, a.size) for a in arrays]))
        for array in arrays:
            self._file.write(np.ascontiguousarray(array).data)

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[list[Array]]:
        """Read what was added, one after the other."""
        for start, arrays in self._kept:
            self._file.seek(start)
            yield [
                np.frombuffer(bytearray(self._file.read(size * dtype.itemsize)), dtype=dtype)
                for dtype, size in arrays
            ]
