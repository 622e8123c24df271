"""Texts in a file of their own, for corpora whose texts do not fit into memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import SpooledTemporaryFile
from threading import Lock

import numpy as np

__all__ = ["TextFile"]

#: Bytes of text that are held in memory before a file is made.
_HELD = 1 << 25


class TextFile:
    """Texts one after the other in a file without a name, which goes when it is closed or the run ends.

    Parameters
    ----------
    folder : Path, optional
        Where the file is made; by default where the system keeps temporary files.

    Examples
    --------
    >>> with TextFile() as file:
    ...     places = file.add(["Rain fell.", "", "Sun."])
    ...     file.read([2, 0])
    ['Sun.', 'Rain fell.']
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._file = SpooledTemporaryFile(_HELD, dir=None if folder is None else str(folder))  # noqa: SIM115 - closed by close
        self._ends, self._lock = [0], Lock()

    def __enter__(self) -> TextFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def close(self) -> None:
        """Give the file up."""
        self._file.close()

    def add(self, texts: Iterable[str]) -> range:
        """Keep texts; they get the next places."""
        first = len(self)
        with self._lock:
            self._file.seek(self._ends[-1])
            for text in texts:
                written = text.encode("utf-8", "surrogatepass")
                self._file.write(written)
                self._ends.append(self._ends[-1] + len(written))
        return range(first, len(self))

    def read(self, places: Sequence[int] | np.ndarray) -> list[str]:
        """Return the texts at some places."""
        found = []
        with self._lock:
            for place in places:
                start, end = self._ends[place], self._ends[place + 1]
                self._file.seek(start)
                found.append(self._file.read(end - start).decode("utf-8", "surrogatepass"))
        return found
