"""From rows as they stand in files to an articles table: names, dates, ids and flags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from samestory import tables
from samestory.errors import CorpusError, OptionError
from samestory.readers.encodings import FALLBACK
from samestory.readers.metadata import apply_metadata
from samestory.readers.outlets import with_stances
from samestory.readers.parts import Part
from samestory.readers.publication import date_articles
from samestory.readers.source import Source

__all__ = ["MAX_CHARACTERS", "TEXT_AT", "TOO_LONG", "as_articles", "plain_texts"]

#: Most characters of one article; the longest reports of the press have a tenth of that.
MAX_CHARACTERS = 2_000_000
_FIRST = ("article_id", "outlet", "stance", "published", "title", "text", "url", "flags")
_NEEDED = ("text", "outlet")
_TEXT = tuple(n for n, c in tables.ARTICLES.columns.items() if c.kind == "text" and c.nullable)
_NUMBER = tuple(n for n, c in tables.ARTICLES.columns.items() if c.kind == "number")
# What a reader can say of a row in a column of truth values; all but the last mean that there is no text.
_STATES = ("unreadable", "refused", "no_file", "address_only", "odd_name")
TOO_LONG, TEXT_AT = "_text_too_long", "_text_at"  # columns of a frame whose texts are in a TextFile
# What no file can hold: NUL, and halves of characters that JSON can escape.
_DAMAGED = re.compile("[\x00\ud800-\udfff]")


def as_articles(
    parts: Sequence[Part],
    *,
    columns: Mapping[str, str] | None = None,
    outlets: Mapping[str, Mapping[str, Any]] | None = None,
    metadata: pd.DataFrame | None = None,
    corpus: Path,
) -> pd.DataFrame:
    """Make one articles table of the rows of one or more files.

    Parameters
    ----------
    parts : sequence of Part
        Rows as read, and the file they come from.
    columns : mapping of str to str, optional
        Our name of a column -> its name in the tables among the files.
    outlets : mapping, optional
        Names and stances of outlets, as ``corpus.toml`` gives them.
    metadata : DataFrame, optional
        What ``metadata.csv`` says of the files.
    corpus : Path
        The corpus, for messages.

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
    raw = _joined(parts, columns or {}, corpus)
    if metadata is not None:
        raw = apply_metadata(raw, metadata)
    states = {c: raw.pop(c).eq(True).astype(bool) for c in (*_STATES, TOO_LONG) if c in raw.columns}
    frame, damaged = _as_text(raw)
    frame = with_stances(frame, outlets or {})
    too_long = states.pop(TOO_LONG, False) | (frame["text"].str.len() > MAX_CHARACTERS).astype(bool)
    frame["text"] = frame["text"].mask(too_long, "")
    for name in _NUMBER:
        if name in raw.columns:
            frame[name] = pd.to_numeric(raw[name], errors="coerce").astype("float64")
    frame, dates = _dated(frame)
    frame["article_id"], repeated = _unique(frame["article_id"])
    explained = too_long.copy()
    for code in states.keys() - {"odd_name"}:
        explained |= states[code]
    for code, rows in {
        **states,
        "too_long": too_long,
        "no_text": (frame["text"].str.strip() == "") & ~explained,
        **dates,
        "no_outlet": frame["outlet"].isna(),
        "duplicate_id": repeated,
        "guessed_encoding": frame["encoding"].eq(FALLBACK).fillna(False)
        if "encoding" in frame.columns
        else too_long & False,
        "damaged_characters": damaged,
    }.items():
        frame = tables.add_flag(frame, rows, code)
    return tables.check(frame[[*_FIRST, *(c for c in frame.columns if c not in _FIRST)]], tables.ARTICLES)


def _joined(parts: Sequence[Part], columns: Mapping[str, str], corpus: Path) -> pd.DataFrame:
    unknown = [ours for ours in columns if ours not in tables.ARTICLES.columns]
    if unknown:
        raise OptionError(
            f"columns= names '{unknown[0]}', which an articles table does not have",
            hint=f"its columns are {', '.join(tables.ARTICLES.columns)}",
        )
    frames: list[pd.DataFrame] = []
    for is_table, group in groupby(parts, key=lambda p: p.is_table):
        if is_table:
            frames += [_named(pd.DataFrame(p.placed(columns)), p.source, columns) for p in group]
        else:
            frames.append(pd.DataFrame([row for p in group for row in p.placed(columns)]))
    filled = [f for f in frames if len(f)]
    if not filled:
        raise CorpusError("at least one article was needed, there is no row", path=corpus)
    return pd.concat(filled, ignore_index=True)


def _named(frame: pd.DataFrame, source: Source, columns: Mapping[str, str]) -> pd.DataFrame:
    """Give the columns our names and every row an id."""
    found = [str(c) for c in frame.columns if c not in ("encoding", "file", "outlet_from", "published_from")]
    absent = [c for c in (*_NEEDED, *columns) if columns.get(c, c) not in frame.columns]
    if absent:
        raise CorpusError(
            f"no column {', '.join(repr(columns.get(c, c)) for c in dict.fromkeys(absent))}; "
            f"found {', '.join(map(repr, found)) or 'none'}",
            hint=f'say which column it is, such as columns={{"{absent[0]}": "{_guess(found)}"}}',
            path=source.place,
        )
    # A column that bears our name but is not the one asked for travels along under another name.
    taken = {c: f"{c}_in_file" for c in columns if c in frame.columns and columns[c] != c}
    named = frame.rename(columns=taken | {theirs: ours for ours, theirs in columns.items()})
    stem = source.stem
    numbers = pd.Series([f"{stem}:{i}" for i in range(1, len(named) + 1)], index=named.index, dtype="str")
    if "article_id" not in named.columns:
        return named.assign(article_id=numbers)
    ids = _texts(named["article_id"], named.index).str.strip()
    return named.assign(article_id=ids.where(ids != "", numbers))


def _guess(found: Sequence[str]) -> str:
    return next((c for c in found if c not in tables.ARTICLES.columns), "its name in the file")


def plain_texts(values: Iterable[Any]) -> tuple[list[str], list[bool]]:
    """Return values as text with plain line ends, and say in which of them characters had to be replaced."""
    whole, bad = _repaired([_plain(v) for v in values])
    return [v.replace("\r\n", "\n").replace("\r", "\n") for v in whole], bad


def _repaired(values: list[Any]) -> tuple[list[Any], list[bool]]:
    """Replace what no file can hold, and say in which values."""
    bad = [isinstance(v, str) and _DAMAGED.search(v) is not None for v in values]
    return [_DAMAGED.sub("\ufffd", v) if b else v for v, b in zip(values, bad, strict=True)], bad


def _as_text(raw: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series[bool]]:
    """Make the text columns text, and say in which rows characters had to be replaced."""
    frame = raw.copy()
    damaged = pd.Series(False, index=raw.index)
    given = [n for n in _TEXT if n in raw.columns or n in _FIRST]
    known = ("text", "flags", *given)
    for name in (*known, *(c for c in raw.columns if c not in known and raw[c].dtype == object)):
        values = raw[name] if name in raw.columns else ("" for _ in raw.index)
        whole, bad = _repaired([_plain(v) if name in known else v for v in values])
        damaged |= pd.Series(bad, index=raw.index)
        if name not in known and not any(bad):
            continue
        frame[name] = pd.Series(whole, index=raw.index, dtype="str" if name in known else "object")
        if name in given:
            stripped = frame[name].str.strip()
            frame[name] = stripped.mask(stripped == "")
    frame["text"] = frame["text"].str.replace("\r\n", "\n", regex=False).str.replace("\r", "\n", regex=False)
    return frame, damaged


def _plain(value: Any) -> str:
    """Return a value as text; a missing one, or a list or object where text belongs, is empty."""
    if type(value) is str:
        return value
    return "" if not pd.api.types.is_scalar(value) or pd.isna(value) else str(value)


def _texts(values: Iterable[Any], index: pd.Index[Any]) -> pd.Series[str]:
    plain = [_DAMAGED.sub("\ufffd", _plain(v)) for v in values]
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
