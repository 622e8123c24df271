"""Which files a corpus has, and which of them may be articles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from samestory.readers.archives import ARCHIVES
from samestory.readers.corrections import CORRECTIONS_FILE
from samestory.readers.source import Source, suffix_of

__all__ = ["METADATA_FILES", "Found", "list_folder", "list_members"]

#: Tables directly in the corpus that say what the files are; see :mod:`samestory.readers.metadata`.
METADATA_FILES = ("metadata.csv", "metadata.tsv")
_BESIDE = ("readme", "licence", "license")  # files of these names, directly in the corpus, are no articles
_KEY = "key"  # a folder of this name holds answers, not articles
_SAVED = ("_files", "_dateien", "_fichiers", "_archivos", "_bestanden")  # what a browser saves with a page
_PAGES = (".html", ".htm")


@dataclass(frozen=True)
class Found:
    """A file of the corpus: ``status`` is empty while it may hold articles."""

    source: Source
    status: str = ""
    note: str = ""
    odd_name: bool = False


def list_folder(home: Path) -> Iterator[Found]:
    """List the files of a corpus folder in the order of their names; hidden ones are left aside."""
    files = sorted(
        (f for f in home.rglob("*") if not f.is_dir() and not _hidden(PurePosixPath(f.relative_to(home)))),
        key=lambda f: _order(PurePosixPath(f.relative_to(home).as_posix())),
    )
    pages = {f.with_suffix("").as_posix() for f in files if suffix_of(f) in _PAGES}
    for file in files:
        source = Source.on_disk(file, home)
        if not file.is_file():
            why = "a link that leads nowhere" if file.is_symlink() else "no regular file"
            yield Found(source, "not_read", why)
        elif _belongs_to_page(file, pages):
            yield Found(source, "beside", "part of a saved page")
        elif why := _beside(source.below):
            yield Found(source, "beside", why)
        else:
            yield Found(source)


def list_members(archive: Source) -> Iterator[Found]:
    """List the files in an archive.

    Raises
    ------
    CorpusError
        The archive cannot be read, or exceeds a limit.
    """
    for member in ARCHIVES[archive.suffix](archive):
        inner = member.source.below
        if member.refused:
            yield Found(member.source, "refused", member.refused)
        elif _hidden(inner) or inner.parts[:1] == ("__MACOSX",):
            continue
        elif any(p.endswith(_SAVED) for p in inner.parts[:-1]):
            yield Found(member.source, "beside", "part of a saved page")
        elif inner.name == "corpus.toml":
            yield Found(member.source, "not_read", "unpack the archive to use its corpus.toml")
        elif why := _beside(inner):
            yield Found(member.source, "beside", why)
        else:
            yield Found(member.source, odd_name=member.odd_name)


def _order(path: PurePosixPath) -> tuple[str, str]:
    suffix = suffix_of(path)
    name = path.as_posix()
    return name[: len(name) - len(suffix)], suffix


def _hidden(path: PurePosixPath) -> bool:
    return any(p.startswith(".") for p in path.parts)


def _belongs_to_page(file: Path, pages: set[str]) -> bool:
    """Say whether a file lies in the folder that a browser saved beside a page."""
    return any(
        folder.name.endswith(end) and folder.as_posix().removesuffix(end) in pages
        for folder in file.parents
        for end in _SAVED
    )


def _beside(below: PurePosixPath) -> str:
    """Say why a file is no article by its name, or nothing."""
    if len(below.parts) > 1:
        return "key to the corpus" if below.parts[0] == _KEY else ""
    name = below.name
    if name.lower().startswith(_BESIDE):
        return "says what the corpus is"
    named = ("corpus.toml", CORRECTIONS_FILE, *METADATA_FILES)
    return "read as part of the corpus" if name in named else ""
