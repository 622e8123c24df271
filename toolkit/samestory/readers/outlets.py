"""Which outlet and which day: the rules for what the file itself does not say, and their names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from samestory.readers.layouts.parts import Row
from samestory.readers.source import Source

__all__ = ["place_document", "place_table", "with_stances"]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")
# What a page says of itself is asked last: two pages of one outlet often name it differently.
_WEAK = ("page metadata",)


def place_document(rows: Sequence[Row], source: Source) -> list[Row]:
    """Give the articles of a document ids, and outlet and date by the place of the file.

    Parameters
    ----------
    rows : sequence of dict
        Rows as a reader gives them.
    source : Source
        The file.

    Returns
    -------
    list of dict
        The rows with ``article_id``, ``outlet``, ``outlet_from``, ``published``, ``published_from`` and
        ``file``.

    Notes
    -----
    The outlet is what the file says of the article (header, database field, address in a crawl); else the
    first folder below the corpus; else what the page says of itself; else the name of the file. The date is
    what the file says; else, for a file of one article, a file name that begins with ``YYYY-MM-DD``.
    """
    stem, name, many = source.stem, source.below.name, len(rows) > 1
    folder = source.below.parts[0] if len(source.below.parts) > 1 else ""
    by_name = folder or name[: len(name) - len(source.suffix)] or name
    day = None if many else _DAY.match(name)
    placed = []
    for number, row in enumerate(rows, start=1):
        new: Row = {"article_id": f"{stem}:{number}" if many else stem}
        new |= {k: v for k, v in row.items() if k != "file_note" and (v or k not in new)}
        if not row.get("outlet") or (folder and row.get("outlet_from") in _WEAK):
            new |= {"outlet": by_name, "outlet_from": "folder" if folder else "file name"}
        if day and not str(row.get("published") or "").strip():
            new |= {"published": day[0], "published_from": "file name"}
        placed.append(new | {"file": source.name})
    return placed


def place_table(frame: pd.DataFrame, source: Source, columns: Mapping[str, str]) -> pd.DataFrame:
    """Name the rules for the rows of a table, and take the folder for the outlet where no column says it."""
    frame = frame.copy()
    folder = source.below.parts[0] if len(source.below.parts) > 1 else ""
    outlet = columns.get("outlet", "outlet")
    if outlet not in frame.columns and folder and "outlet" not in columns:
        frame = frame.assign(outlet=folder, outlet_from="folder")
    for name in ("outlet", "published"):
        rule = f"{name}_from"
        theirs = columns.get(name, name)
        if rule not in frame.columns and theirs in frame.columns:
            frame[rule] = f"column {theirs}"
    return frame if "file" in frame.columns else frame.assign(file=source.name)


def with_stances(frame: pd.DataFrame, outlets: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Apply ``corpus.toml``: names and stances by the folder or by whatever the file calls the outlet."""
    if not outlets:
        return frame
    named = {o.get("name", key): o for key, o in outlets.items()} | dict(outlets)
    known = [named.get(o, {}) for o in frame["outlet"].fillna("")]
    names = [k.get("name", o) for k, o in zip(known, frame["outlet"], strict=True)]
    stances = pd.Series([k.get("stance") for k in known], index=frame.index, dtype="str")
    given = frame["stance"] if "stance" in frame.columns else pd.Series(None, index=frame.index, dtype="str")
    return frame.assign(
        outlet=pd.Series(names, index=frame.index, dtype="str"), stance=given.where(given.notna(), stances)
    )
