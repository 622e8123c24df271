"""Write a package: a corpus without its texts."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from samestory import tables as schema
from samestory.errors import OutputError
from samestory.sharing.addresses import archive_url
from samestory.sharing.descriptor import ARTICLES, DESCRIPTOR, csv_bytes, descriptor, resource
from samestory.sharing.fingerprint import Numbers, fingerprint, normalised, packed, sha256, shingles
from samestory.sharing.withholding import known_shingles, without_text

__all__ = ["dehydrate"]

_MADE = ("archive_url", "sha256_raw", "sha256_normalised", "fingerprint", "n_shingles")
# Tables that are text through and through, or about files on the author's disk.
_NEVER = frozenset({"lines", "term_lines", "files", "columns", "shared_articles", "hydration", "fetches"})
_LISTED = replace(schema.ARTICLES, columns={**schema.ARTICLES.columns, **schema.SHARED_ARTICLES.columns})
_MEASURED = schema.Column("text", "SHA-256 of the text that offsets count in, UTF-8")


# Name, file, table, declaration, what was withheld.
_Part = tuple[str, str, pd.DataFrame, schema.Table | None, dict[str, Any]]


def dehydrate(
    articles: pd.DataFrame,
    path: str | Path,
    *,
    tables: Mapping[str, pd.DataFrame] | None = None,
    info: Mapping[str, Any] | None = None,
    titles: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write a corpus as a package that holds no text: addresses, dates, hashes and what was measured.

    Parameters
    ----------
    articles : DataFrame
        Articles table as :func:`samestory.read_corpus` gives it: the hashes are those of the text as read.
    path : str or Path
        Folder to write.
    tables : mapping of str to DataFrame, optional
        What was measured, such as ``study.tables``. Columns of text are left out, offsets stay.
    info : mapping, optional
        What ``corpus.toml`` says (:func:`samestory.readers.read_corpus_info`), to be written again when the
        corpus is rebuilt.
    titles : bool, default False
        Keep the headlines; they are text of the outlets.
    overwrite : bool, default False
        Replace an earlier package; anything else is never overwritten.

    Returns
    -------
    Path
        The folder: ``datapackage.json`` (a Frictionless Data Package), ``articles.csv`` and ``tables/``.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OutputError
        The folder exists, or cannot be written. Nothing partial is left behind.

    Notes
    -----
    A label of five words or more that stands in an article or headline (a file name, a long name of a
    speaker) is replaced by ``withheld:`` and the start of its SHA-256, the same in every table.
    ``datapackage.json`` lists the columns that were left out.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": ["Rain fell."]})
    >>> with TemporaryDirectory() as folder:
    ...     made = dehydrate(articles, f"{folder}/package")
    ...     sorted(p.name for p in made.iterdir())
    ['articles.csv', 'datapackage.json']
    """
    schema.check(articles, schema.ARTICLES)
    target = Path(path)
    _refuse_existing(target, overwrite=overwrite)
    numbers = [shingles(t) for t in articles["text"]]
    headlines = articles["title"].dropna() if "title" in articles.columns else ()
    known = known_shingles(numbers, headlines)
    listed, withheld = without_text(
        _listed(articles, numbers), known, table=_LISTED, declared_only=True, titles=titles
    )
    withheld["columns"].insert(0, "text")
    parts: list[_Part] = [("articles", ARTICLES, listed, _LISTED, withheld)]
    for name, frame in (tables or {}).items():
        if name not in _NEVER and len(frame):
            called = "measured" if name == "articles" else name
            declared = _declared(name)
            frame = _measured(frame) if called == "measured" else frame
            kept, withheld = without_text(frame, known, table=declared, declared_only=called == "measured")
            parts.append((called, f"tables/{called}.csv", kept, declared, withheld))
    contents = {path: csv_bytes(frame) for _, path, frame, _, _ in parts}
    resources = [
        resource(name, frame, contents[path], path=path, table=declared, withheld=withheld)
        for name, path, frame, declared, withheld in parts
    ]
    told = descriptor(resources, info or {}, version=version("samestory"), titles=titles)
    contents[DESCRIPTOR] = (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode()
    _write(contents, target)
    return target


def _listed(articles: pd.DataFrame, numbers: list[Numbers]) -> pd.DataFrame:
    """Make the list of articles: what identifies each, and what verifies its text."""
    out = articles.drop(columns=[c for c in ("text", *_MADE) if c in articles.columns])
    for name in ("url", "published", "published_precision"):
        if name not in out.columns:
            empty = pd.Series(pd.NaT if name == "published" else pd.NA, index=out.index)
            out[name] = pd.to_datetime(empty, utc=True) if name == "published" else empty.astype("str")
    rows = zip(out["url"], out["published"], out["published_precision"], strict=True)
    bare = articles["text"].str.strip() == ""
    made = {
        "archive_url": [archive_url(_given(u), d, precision=_given(p)) for u, d, p in rows],
        "sha256_raw": [None if b else sha256(t) for t, b in zip(articles["text"], bare, strict=True)],
        "sha256_normalised": [
            None if b else sha256(normalised(t)) for t, b in zip(articles["text"], bare, strict=True)
        ],
        "fingerprint": [packed(fingerprint(n)) if len(n) else None for n in numbers],
    }
    frame = pd.DataFrame({k: pd.Series(v, index=out.index, dtype="str") for k, v in made.items()})
    return pd.concat([out, frame], axis=1).assign(
        n_shingles=np.array([len(n) for n in numbers], dtype="int64")
    )


def _declared(name: str) -> schema.Table | None:
    """Find the declaration of a table; estimates_news_neutral is one of estimates."""
    known = [n for n in schema.TABLES if name == n or name.startswith(f"{n}_")]
    if not known:
        return None
    found = schema.TABLES[max(known, key=len)]
    return (
        replace(found, columns={**found.columns, "sha256_measured": _MEASURED})
        if name == "articles"
        else found
    )


def _given(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _measured(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the articles as measured the hash of the text that offsets count in, for the text itself."""
    if "text" not in frame.columns:
        return frame
    return frame.assign(sha256_measured=pd.Series([sha256(t) for t in frame["text"]], index=frame.index))


def _write(contents: Mapping[str, bytes], target: Path) -> None:
    partial = target.with_name(f".{target.name}.partial-{os.getpid()}")
    try:
        for name, content in contents.items():
            (partial / name).parent.mkdir(parents=True, exist_ok=True)
            (partial / name).write_bytes(content)
        if target.exists():
            shutil.rmtree(target)
        partial.rename(target)
    except OSError as error:
        raise OutputError(
            f"the package cannot be written ({error.strerror or error})",
            hint="choose another place",
            path=target,
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _refuse_existing(target: Path, *, overwrite: bool) -> None:
    if not target.exists() and not target.is_symlink():
        return
    if not overwrite:
        raise OutputError(
            "this already exists", hint="choose another folder, or add --overwrite", path=target
        )
    if not (target / DESCRIPTOR).is_file() or target.is_symlink():
        raise OutputError(
            "this is not a package, so it is not overwritten", hint="choose another folder", path=target
        )
