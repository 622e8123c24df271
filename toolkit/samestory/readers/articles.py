"""From rows as they stand in a file to an articles table: names, dates, ids and flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError, OptionError
from samestory.readers.publication import date_articles

__all__ = ["as_articles"]

_FIRST = ("article_id", "outlet", "stance", "published", "title", "text", "url", "flags")
_NEEDED = ("text", "outlet")
_OPTIONAL_TEXT = tuple(
    name for name, column in tables.ARTICLES.columns.items() if column.kind == "text" and column.nullable
)
_OPTIONAL_NUMBER = tuple(name for name, column in tables.ARTICLES.columns.items() if column.kind == "number")


def as_articles(
    parts: Sequence[tuple[pd.DataFrame, Path]], *, columns: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Make one articles table of the rows of one or more files.

    Parameters
    ----------
    parts : sequence of (DataFrame, Path)
        Rows as read, and the file they come from.
    columns : mapping of str to str, optional
        Our name of a column -> its name in the files.

    Returns
    -------
    DataFrame
        Articles table in the order given, with flags.

    Raises
    ------
    CorpusError
        A needed column is absent, or there is no row.
    OptionError
        ``columns`` names no column of an articles table.
    """
    raw = pd.concat([_named(frame, path, columns or {}) for frame, path in parts], ignore_index=True)
    if raw.empty:
        raise CorpusError("at least one article was needed, there is no row", path=parts[0][1])
    unreadable = (
        raw.pop("unreadable").eq(True) if "unreadable" in raw.columns else pd.Series(False, raw.index)
    )
    frame = raw.copy()
    for name in ("text", "outlet", "flags"):
        frame[name] = _texts(raw[name] if name in raw.columns else ("" for _ in raw.index), raw.index)
    frame["text"] = frame["text"].str.replace("\r\n", "\n", regex=False).str.replace("\r", "\n", regex=False)
    outlets = frame["outlet"].str.strip()
    frame["outlet"] = outlets.mask(outlets == "")
    for name in _OPTIONAL_TEXT:
        if name in raw.columns or name in _FIRST:
            values = _texts(
                raw[name] if name in raw.columns else ("" for _ in raw.index), raw.index
            ).str.strip()
            frame[name] = values.mask(values == "")
    for name in _OPTIONAL_NUMBER:
        if name in raw.columns:
            frame[name] = pd.to_numeric(raw[name], errors="coerce").astype("float64")
    frame, dates = _dated(frame)
    frame["article_id"], repeated = _unique(frame["article_id"])
    for code, rows in {
        "unreadable": unreadable,
        "no_text": (frame["text"].str.strip() == "") & ~unreadable,
        **dates,
        "no_outlet": frame["outlet"].isna(),
        "duplicate_id": repeated,
    }.items():
        frame = tables.add_flag(frame, rows, code)
    return tables.check(frame[[*_FIRST, *(c for c in frame.columns if c not in _FIRST)]], tables.ARTICLES)


def _named(frame: pd.DataFrame, path: Path, columns: Mapping[str, str]) -> pd.DataFrame:
    """Give the columns our names and every row an id."""
    unknown = [ours for ours in columns if ours not in tables.ARTICLES.columns]
    if unknown:
        raise OptionError(
            f"columns= names '{unknown[0]}', which an articles table does not have",
            hint=f"its columns are {', '.join(tables.ARTICLES.columns)}",
        )
    found = [str(c) for c in frame.columns]
    absent = [c for c in (*_NEEDED, *columns) if columns.get(c, c) not in found]
    if absent:
        raise CorpusError(
            f"no column {', '.join(repr(columns.get(c, c)) for c in dict.fromkeys(absent))}; "
            f"found {', '.join(map(repr, found)) or 'none'}",
            hint=f'say which column it is, such as columns={{"{absent[0]}": "{_guess(found)}"}}',
            path=path,
        )
    # A column that bears our name but is not the one asked for travels along under another name.
    taken = {c: f"{c}_in_file" for c in columns if c in found and columns[c] != c}
    named = frame.rename(columns=taken | {theirs: ours for ours, theirs in columns.items()})
    numbers = pd.Series(
        [f"{_stem(path)}:{i}" for i in range(1, len(named) + 1)], index=named.index, dtype="str"
    )
    if "article_id" not in named.columns:
        return named.assign(article_id=numbers)
    ids = _texts(named["article_id"], named.index).str.strip()
    return named.assign(article_id=ids.where(ids != "", numbers))


def _guess(found: Sequence[str]) -> str:
    return next((c for c in found if c not in tables.ARTICLES.columns), "its name in the file")


def _stem(path: Path) -> str:
    return path.name.split(".", maxsplit=1)[0]


def _texts(values: Iterable[Any], index: pd.Index[Any]) -> pd.Series[str]:
    """Return the values as text; a missing one, or a list or object where text belongs, is empty."""
    plain = ["" if not pd.api.types.is_scalar(v) or pd.isna(v) else str(v) for v in values]
    return pd.Series(plain, index=index, dtype="str")


def _dated(frame: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, pd.Series[bool]]]:
    """Read ``published``, and keep what stood there."""
    given = frame["published"] if "published" in frame.columns else ("" for _ in frame.index)
    given = _texts(given, frame.index).str.strip()
    return date_articles(frame, given)


def _unique(ids: pd.Series[str]) -> tuple[pd.Series[str], pd.Series[bool]]:
    """Add #2, #3 … to an id that an earlier row has."""
    taken = set(ids)
    seen: set[str] = set()
    last: dict[str, int] = {}
    new = []
    for given in ids:
        name = given
        if given in seen:
            number = last.get(given, 1) + 1
            while f"{given}#{number}" in taken:
                number += 1
            last[given] = number
            name = f"{given}#{number}"
            taken.add(name)
        seen.add(given)
        new.append(name)
    unique = pd.Series(new, index=ids.index, dtype="str")
    return unique, unique != ids
