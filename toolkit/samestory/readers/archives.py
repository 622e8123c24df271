"""ZIP archives: what is inside is read in memory, member by member, and nothing is ever unpacked to disk.

Every limit is counted on the bytes as they stream out, never on what the archive says of itself.
"""

from __future__ import annotations

import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import BinaryIO

from samestory.errors import CorpusError
from samestory.readers.source import MAX_DOCUMENT_BYTES, Source, refuse_bomb

__all__ = ["ARCHIVES", "MAX_ENTRIES", "MAX_TOTAL_BYTES", "Member", "opened_zip", "streamed", "zip_members"]

#: Most entries of an archive.
MAX_ENTRIES = 50_000
#: Most bytes that all members together may unpack to.
MAX_TOTAL_BYTES = 2_000_000_000
_CHUNK = 1 << 16
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_NESTED = (".zip", ".7z", ".rar", ".tar", ".tgz", ".tar.gz", ".bz2", ".xz")

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)


@dataclass(frozen=True)
class Member:
    """A file in an archive: its source, why it is not read if so, and whether its name is odd."""

    source: Source
    refused: str | None = None
    odd_name: bool = False


def zip_members(source: Source) -> Iterator[Member]:
    """Read the members of a ZIP as files of a corpus, one after the other.

    Parameters
    ----------
    source : Source
        The archive.

    Yields
    ------
    Member
        A name is odd when it could not stand beside the others in a folder on every system: reserved by
        Windows (``CON.txt``), ending in a dot or a blank, or the same as another but for case.

    Raises
    ------
    CorpusError
        The file is no ZIP, is damaged, or exceeds a limit.
    """
    with source.open() as file, opened_zip(file, source) as archive:
        members = [m for m in archive.infolist() if not m.is_dir()]
        times = Counter(m.filename.lower() for m in members)
        top = _wrapping_folder([m.filename for m in members if not _why_refused(m)])
        for member, content in streamed(archive, source):
            inner = PurePosixPath(member.filename.removeprefix(top))
            found = Source(
                name=f"{source.name}/{member.filename}",
                place=source.place / member.filename,
                below=source.below.parent / inner,
                content=content,
            )
            odd = times[member.filename.lower()] > 1 or any(map(_is_odd, inner.parts))
            yield Member(found, _why_refused(member), odd)


@contextmanager
def opened_zip(file: BinaryIO, source: Source) -> Iterator[zipfile.ZipFile]:
    """Open a ZIP; damage met while it is open is this file's fault.

    Raises
    ------
    CorpusError
        The file is no ZIP, is damaged, or has more than ``MAX_ENTRIES`` entries.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            entries = len(archive.infolist())
            if entries > MAX_ENTRIES:
                raise CorpusError(
                    f"an archive may have {MAX_ENTRIES:,} entries, this one has {entries:,}",
                    hint="unpack it and give the folder",
                    path=source.place,
                )
            yield archive
    except CorpusError:
        raise
    except _DAMAGE as error:
        raise CorpusError(f"the archive cannot be read ({error})", path=source.place) from error


def streamed(archive: zipfile.ZipFile, source: Source) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Give the members with their bytes as long as the limits hold; those to be refused without.

    Raises
    ------
    CorpusError
        A limit is exceeded, or a member is damaged.
    """
    total = packed = 0
    for member in archive.infolist():
        if member.is_dir():
            continue
        content = bytearray()
        if not _why_refused(member):
            packed += member.compress_size
            try:
                with archive.open(member) as stream:
                    while chunk := stream.read(_CHUNK):
                        content += chunk
                        total += len(chunk)
                        refuse_bomb(total, packed, source.place)
                        _refuse_size(member.filename, len(content), total, source)
            except CorpusError:
                raise
            except _DAMAGE as error:
                raise CorpusError(
                    f"'{member.filename[:80]}' in the archive cannot be read ({error})", path=source.place
                ) from error
        yield member, bytes(content)


def _refuse_size(name: str, size: int, total: int, source: Source) -> None:
    if size > MAX_DOCUMENT_BYTES or total > MAX_TOTAL_BYTES:
        one = size > MAX_DOCUMENT_BYTES
        limit = f"{MAX_DOCUMENT_BYTES:,} bytes in '{name[:80]}'" if one else f"{MAX_TOTAL_BYTES:,} bytes"
        raise CorpusError(
            f"the archive unpacks to more than {limit}",
            hint="unpack it and give the folder",
            path=source.place,
        )


def _wrapping_folder(names: list[str]) -> str:
    """Return the one folder that holds everything, where there are folders in it: it is no outlet."""
    parts = [PurePosixPath(n).parts for n in names]
    tops = {p[0] for p in parts if p}
    if len(tops) == 1 and any(len(p) > 2 for p in parts) and all(len(p) > 1 for p in parts):
        return f"{tops.pop()}/"
    return ""


def _is_odd(part: str) -> bool:
    return bool(_DEVICE.fullmatch(part)) or part != part.rstrip(". ")


def _why_refused(member: zipfile.ZipInfo) -> str | None:
    """Say why a member is not read, or None."""
    name = member.orig_filename.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "its name is an absolute path"
    if ".." in name.split("/"):
        return "its name leads out of the archive"
    if any(ord(c) < 32 for c in name) or len(name) > 1000:
        return "its name holds control characters or has more than 1,000 characters"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link to another file"
    if member.flag_bits & 1:
        return "it is encrypted"
    if name.lower().endswith(_NESTED):
        return "it is an archive in an archive; unpack it"
    return None


#: Which function opens which archive: suffix -> the files in it.
ARCHIVES: Mapping[str, Callable[[Source], Iterator[Member]]] = MappingProxyType({".zip": zip_members})
