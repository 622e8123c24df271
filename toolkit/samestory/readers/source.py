"""A file of a corpus, on disk or inside an archive, and how much of it is read at most."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from samestory.errors import CorpusError

__all__ = [
    "FREE_BYTES",
    "MAX_DOCUMENT_BYTES",
    "MAX_RATIO",
    "Source",
    "refuse_bomb",
    "suffix_of",
]

#: Most bytes of a file that is read whole (text, page, document); tables are read as they stream.
MAX_DOCUMENT_BYTES = 200_000_000
#: Packed data may unpack to this many bytes whatever its size …
FREE_BYTES = 64_000_000
#: … and beyond that to at most so many times its packed size. News packs 3 to 10 times.
MAX_RATIO = 200


@dataclass(frozen=True)
class Source:
    """One file: what it is called, where it lies, and what it holds.

    Attributes
    ----------
    name : str
        Path below the corpus, parts joined by ``/``; a member of a ZIP has the name of the ZIP in front.
    place : Path
        Where it lies, for messages.
    below : PurePosixPath
        Path that says the outlet by its first folder: as ``name``, without the ZIP itself.
    content : bytes or None
        The bytes of a member of an archive; None for a file on disk.
    """

    name: str
    place: Path
    below: PurePosixPath
    content: bytes | None = None

    @classmethod
    def on_disk(cls, file: Path, home: Path) -> Source:
        """Describe a file in a corpus folder."""
        name = file.relative_to(home).as_posix()
        return cls(name=name, place=file, below=PurePosixPath(name))

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with what stands before a final ``.gz``."""
        return suffix_of(self.below)

    @property
    def stem(self) -> str:
        """The path below the corpus without its suffix."""
        return self.name[: len(self.name) - len(self.suffix)] or self.name

    def open(self) -> BinaryIO:
        """Open the bytes as they stand."""
        return self.place.open("rb") if self.content is None else io.BytesIO(self.content)

    def read(self) -> bytes:
        """Read all bytes.

        Raises
        ------
        CorpusError
            There are more than ``MAX_DOCUMENT_BYTES``, or they cannot be read.
        """
        try:
            with self.open() as file:
                raw = file.read(MAX_DOCUMENT_BYTES + 1)
        except OSError as error:
            raise CorpusError(
                f"the file cannot be read ({error.strerror or error})", path=self.place
            ) from error
        if len(raw) > MAX_DOCUMENT_BYTES:
            raise CorpusError(
                f"one document may have {MAX_DOCUMENT_BYTES:,} bytes, this file has more",
                hint="split it, or give many articles as a table",
                path=self.place,
            )
        return raw

    @contextmanager
    def unpacked(self) -> Iterator[BinaryIO]:
        """Open the bytes, unpacked where the file is gzipped.

        Raises
        ------
        CorpusError
            The file cannot be read or unpacked, or unpacks to far more than any news would.
        """
        try:
            with self.open() as file:
                if self.suffix.endswith(".gz"):
                    size = self.place.stat().st_size if self.content is None else len(self.content)
                    yield cast(BinaryIO, io.BufferedReader(_Gunzip(file, size, self.place)))
                else:
                    yield file
        except (OSError, EOFError, zlib.error) as error:
            raise CorpusError(f"the file cannot be read ({error})", path=self.place) from error


class _Gunzip(io.RawIOBase):
    """Gzipped bytes, unpacked as they are asked for and counted."""

    def __init__(self, file: BinaryIO, packed: int, place: Path) -> None:
        self._file, self._packed, self._place, self._out = gzip.GzipFile(fileobj=file), packed, place, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self._out += len(chunk)
        refuse_bomb(self._out, self._packed, self._place)
        return len(chunk)


def refuse_bomb(unpacked: int, packed: int, place: Path) -> None:
    """Stop when packed data has grown beyond what text can.

    Raises
    ------
    CorpusError
        More than ``FREE_BYTES``, and more than ``MAX_RATIO`` times the packed size.
    """
    if unpacked > max(FREE_BYTES, MAX_RATIO * packed):
        raise CorpusError(
            f"{packed:,} packed bytes unpack to more than {unpacked:,}, which no text does",
            hint="unpack it yourself if you trust it, and give the unpacked files",
            path=place,
        )


def suffix_of(path: PurePosixPath | Path) -> str:
    """Return the suffix in lower case, with what stands before a final ``.gz``.

    Examples
    --------
    >>> suffix_of(Path("a.b/news.CSV.gz"))
    '.csv.gz'
    """
    ends = [s.lower() for s in path.suffixes[-2:]]
    return "".join(ends) if ends[-1:] == [".gz"] else "".join(ends[-1:])
