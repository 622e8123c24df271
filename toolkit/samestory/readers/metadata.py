"""``metadata.csv``: a table beside the files that says outlet, date and title of each."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError
from samestory.readers.delimited import read_csv, read_tsv
from samestory.readers.listing import METADATA_FILES
from samestory.readers.source import Source, suffix_of

__all__ = ["apply_metadata", "read_metadata"]

_FIELDS = tuple(n for n, c in tables.ARTICLES.columns.items() if c.kind in ("text", "time"))
_NOT_HERE = ("article_id", "text", "flags", "file")


def read_metadata(home: Path) -> pd.DataFrame | None:
    """Read the ``metadata.csv`` (or ``.tsv``) of a corpus folder; None where there is none.

    Raises
    ------
    CorpusError
        There is no column ``file``, or a file is listed twice.
    """
    file = next((home / n for n in METADATA_FILES if (home / n).is_file()), None)
    if file is None:
        return None
    source = Source(file.name, file, PurePosixPath(file.name))
    frame = (read_tsv if file.suffix == ".tsv" else read_csv)(source).drop(
        columns="encoding", errors="ignore"
    )
    if "file" not in frame.columns:
        raise CorpusError(
            f"{file.name} needs the column 'file', found {', '.join(map(repr, frame.columns))}",
            hint="name in it each file by its path below the corpus, or call this table something else",
            path=file,
            line=1,
        )
    frame["file"] = frame["file"].str.strip().str.replace("\\", "/").str.removeprefix("./")
    twice = frame["file"].duplicated()
    if twice.any():
        at = int(twice.to_numpy().argmax())
        raise CorpusError(f"'{frame['file'].iloc[at]}' is listed twice", path=file, line=at + 2)
    return frame.assign(_table=file.name)


def apply_metadata(articles: pd.DataFrame, metadata: pd.DataFrame) -> pd.DataFrame:
    """Let ``metadata.csv`` say what it says; a file that it lists and that is not there gets a row.

    Parameters
    ----------
    articles : DataFrame
        Rows with ``file``.
    metadata : DataFrame
        As :func:`read_metadata` gives it; ``file`` is the path below the corpus, with or without suffix, or
        the bare name where only one file has it.
    """
    keys = _keys(articles["file"])
    rows = metadata.assign(_file=metadata["file"].map(keys))
    absent = rows[rows["_file"].isna()]
    said = rows.dropna(subset="_file").drop_duplicates("_file").set_index("_file")
    out = articles.copy()
    for name in (c for c in said.columns if c in _FIELDS and c not in _NOT_HERE):
        new = articles["file"].map(said[name]).astype("object").fillna("")
        old = out[name] if name in out.columns else pd.Series("", index=out.index, dtype="object")
        out[name] = old.where(new.str.strip() == "", new)
        rule = f"{name}_from"
        if rule in out.columns:
            out[rule] = out[rule].where(new.str.strip() == "", metadata["_table"].iloc[0])
    for name in (c for c in said.columns if c not in (*tables.ARTICLES.columns, "_table", *out.columns)):
        out[name] = articles["file"].map(said[name])
    if absent.empty:
        return out
    missing = absent.drop(columns=["_file", "_table"]).assign(
        text="", no_file=True, article_id=absent["file"], note="listed in the metadata, and not there"
    )
    return pd.concat([out, missing], ignore_index=True)


def _keys(files: pd.Series[str]) -> dict[str, str]:
    """Every name by which a file can be meant -> its path; a name that two files share means none."""
    found: dict[str, str | None] = {}
    paths = list(dict.fromkeys(files))
    for path in paths:
        pure = PurePosixPath(path)
        end = len(suffix_of(pure))
        for key in {path[: len(path) - end], pure.name, pure.name[: len(pure.name) - end]}:
            found[key] = None if key in found else path
    return {k: v for k, v in found.items() if v is not None} | {p: p for p in paths}
