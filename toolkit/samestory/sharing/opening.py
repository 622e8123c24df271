"""Read a package that was made from a corpus."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from samestory import tables as schema
from samestory.errors import CorpusError, SamestoryError
from samestory.sharing.descriptor import ARTICLES, DESCRIPTOR, FORMAT

__all__ = ["Package", "read_package"]

_MOST_BYTES = 2_000_000_000


@dataclass(frozen=True, eq=False)
class Package:
    """A package that was read.

    Attributes
    ----------
    articles : DataFrame
        The list of articles (``samestory.tables.SHARED_ARTICLES``).
    info : dict
        What ``corpus.toml`` said of the corpus: name, sampling, outlets.
    path : Path
        Where it lies.
    """

    articles: pd.DataFrame
    info: dict[str, Any]
    path: Path


def read_package(path: str | Path) -> Package:
    """Read a package that :func:`samestory.dehydrate` wrote.

    Parameters
    ----------
    path : str or Path
        The folder, or its ``datapackage.json``.

    Returns
    -------
    Package
        The list of articles and what is known of the corpus.

    Raises
    ------
    CorpusError
        It is no such package, or ``articles.csv`` is not the file that ``datapackage.json`` describes.
    """
    place = Path(path)
    file = place if place.name == DESCRIPTOR else place / DESCRIPTOR
    told = _told(file)
    listed = next((r for r in told["resources"] if isinstance(r, dict) and r.get("name") == "articles"), {})
    source = file.parent / ARTICLES
    if listed.get("path") != ARTICLES or not source.is_file():
        raise CorpusError(
            f"the package has no {ARTICLES}", hint="take the package as it was published", path=file
        )
    if source.stat().st_size > _MOST_BYTES:
        raise CorpusError(
            f"the list of articles may have {_MOST_BYTES:,} bytes, this one has more", path=source
        )
    content = source.read_bytes()
    if listed.get("hash") != f"sha256:{hashlib.sha256(content).hexdigest()}":
        raise CorpusError(
            "the list of articles is not the one that datapackage.json describes (its SHA-256 differs)",
            hint="take the package as it was published; a spreadsheet changes a file by saving it",
            path=source,
        )
    info = told["samestory"].get("corpus")
    return Package(_articles(content, source), info if isinstance(info, dict) else {}, file.parent)


def _told(file: Path) -> dict[str, Any]:
    try:
        told: Any = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise CorpusError(
            f"a package was needed, with a {DESCRIPTOR} that can be read ({type(error).__name__})",
            hint="give the folder that samestory dehydrate wrote",
            path=file.parent,
        ) from error
    ours = told.get("samestory") if isinstance(told, dict) else None
    if not isinstance(ours, dict) or not isinstance(told.get("resources"), list):
        raise CorpusError(
            "this data package is not one of samestory",
            hint="give one that samestory dehydrate wrote",
            path=file,
        )
    if ours.get("format") != FORMAT:
        raise CorpusError(
            f"the package has the form {ours.get('format')!r}, this samestory reads {FORMAT}",
            hint="use the version of samestory that made it; datapackage.json names it",
            path=file,
        )
    return dict(told)


def _articles(content: bytes, source: Path) -> pd.DataFrame:
    try:
        frame = pd.read_csv(
            BytesIO(content), dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8"
        )
        frame["n_shingles"] = pd.to_numeric(frame["n_shingles"])
        if "published" in frame.columns:
            frame["published"] = pd.to_datetime(frame["published"], utc=True, format="ISO8601")
        return schema.check(frame, schema.SHARED_ARTICLES)
    except (KeyError, ValueError) as error:
        problem = error.problem if isinstance(error, SamestoryError) else str(error)
        raise CorpusError(f"the list of articles cannot be read: {problem}", path=source) from error
