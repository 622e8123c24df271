"""Batches: which articles are worked on together, and the key under which their result is kept."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from importlib.metadata import version
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

__all__ = ["BATCH_ARTICLES", "Scope", "code_version", "content_key", "cut_batches", "option_key"]

Scope = Literal["batch", "corpus", "files"]

#: Articles of a batch, about: some seconds of work, some megabytes of text.
BATCH_ARTICLES = 100
# Packages whose results end up in a batch.
_PACKAGES = ("ftfy", "nltk", "numpy", "pandas", "py3langid", "vaderSentiment")
# … and those of steps on the whole corpus, and of the files of a result.
_OF_CORPUS, _OF_FILES = ("scikit-learn", "scipy", "statsmodels"), ("matplotlib", "Jinja2")


def cut_batches(ids: Sequence[str], *, size: int = BATCH_ARTICLES) -> Iterator[slice]:
    """Cut articles, sorted by id, into batches.

    Parameters
    ----------
    ids : sequence of str
        Ids of the articles, in order.
    size : int
        Articles of a batch, about; none has more than twice as many.

    Yields
    ------
    slice
        The places of one batch after the other. A batch ends where the id says so, so an article that is
        added or taken away changes its own batch and leaves the others as they are.

    Examples
    --------
    >>> ids = [f"a{i:02}" for i in range(10)]
    >>> [s.stop - s.start for s in cut_batches(ids, size=3)]
    [1, 2, 6, 1]
    """
    start = 0
    for place, name in enumerate(ids):
        ends = zlib.crc32(name.encode("utf-8", "surrogatepass")) % size == 0
        if ends or place + 1 - start == 2 * size or place + 1 == len(ids):
            yield slice(start, place + 1)
            start = place + 1


def content_key(frame: pd.DataFrame, *more: object, of: Scope = "batch") -> str:
    """Return a name for the content of a table: other content, other name.

    Parameters
    ----------
    frame : DataFrame
        The table; names and order of its columns count, its index does not.
    *more : object
        Options; equal options have an equal ``repr``.
    of : {"batch", "corpus", "files"}
        What is made: the tables of a batch, those of the corpus, or the files of a result; the more, the more
        of the code counts.

    Returns
    -------
    str
        32 hexadecimal digits.

    Examples
    --------
    >>> one = pd.DataFrame({"text": ["Rain."]})
    >>> content_key(one) == content_key(one.copy()), content_key(one) == content_key(one, "strict")
    (True, False)
    """
    digest = blake2b(digest_size=16)
    for part in (code_version(of), *map(repr, more)):
        _add(digest, part)
    for name in frame.columns:
        _add(digest, str(name))
        for value in _plain(frame[name]):
            _add(digest, value if isinstance(value, str) else "" if value is None else repr(value))
            digest.update(b"-" if value is None else b"+")
    return digest.hexdigest()


def option_key(value: Any) -> str:
    """Return what an option adds to the key of a result.

    Examples
    --------
    >>> option_key({"Herald": {2, 1}})
    "{'Herald': [1, 2]}"
    """
    if isinstance(value, pd.DataFrame):
        return content_key(value)
    return repr({k: sorted(v) for k, v in value.items()} if isinstance(value, Mapping) else value)


def _plain(column: pd.Series[Any]) -> NDArray[np.object_]:
    values = column.to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = None
    return values


def _add(digest: blake2b, text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    digest.update(len(data).to_bytes(8, "little"))
    digest.update(data)


@lru_cache(maxsize=3)
def code_version(of: Scope = "batch") -> str:
    """Return a name for the code that makes results: the toolkit's files and the packages behind it."""
    digest = blake2b(digest_size=16)
    packages, passed_over = _SCOPES[of]
    for package in packages:
        _add(digest, f"{package} {version(package)}")
    for path in sorted(_files(resources.files("samestory"), passed_over), key=str):
        _add(digest, path.name)
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _files(
    folder: resources.abc.Traversable, passed_over: frozenset[str]
) -> Iterator[resources.abc.Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name not in passed_over:
                yield from _files(entry, passed_over)
        elif entry.name.rpartition(".")[2] not in ("pyc", "md"):
            yield entry


# Rooms that work on finished results, and the embedded corpus.
_NOT_CODE = frozenset({"__pycache__", "charts", "report", "export", "cli", "corpora", "display", "sharing"})
# Rooms that no step of a batch enters.
_NOT_IN_BATCHES = frozenset({"comparison", "stories", "quality"})
_SCOPES = {
    "batch": (_PACKAGES, _NOT_CODE | _NOT_IN_BATCHES),
    "corpus": (_PACKAGES + _OF_CORPUS, _NOT_CODE),
    "files": (_PACKAGES + _OF_CORPUS + _OF_FILES, frozenset({"__pycache__", "corpora"})),
}
