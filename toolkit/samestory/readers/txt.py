"""One article in one text file, with or without a few header lines."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

__all__ = ["read_txt"]

_FIELD = re.compile(r"(title|outlet|published|date|url|author)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_COLUMN = {"date": "published", "author": "byline"}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


def read_txt(path: Path) -> pd.DataFrame:
    """Read one text file as one article.

    Parameters
    ----------
    path : Path
        A file in UTF-8, with or without a byte order mark.

    Returns
    -------
    DataFrame
        One row with ``text``, ``unreadable`` and what the header says (``title``, ``outlet``, ``published``,
        ``url``, ``byline``).

    Notes
    -----
    The header is the block of ``Title:``, ``Outlet:``, ``Published:`` (or ``Date:``), ``URL:`` and
    ``Author:`` lines at the very top, closed by a blank line. Any other first line means that there is no
    header, and the whole file is text. Without a date there, a file name that begins with ``YYYY-MM-DD``
    gives it. A file that does not decode, or that holds NUL characters, has no text and is ``unreadable``.
    """
    day = _DAY.match(path.name)
    row: dict[str, str | bool] = {"published": day[0]} if day else {}
    text = _decoded(path.read_bytes())
    header, body = _header(text or "")
    if "published" in header:
        row = {}
    row |= {**header, "text": body, "unreadable": text is None}
    if row.get("published"):
        row["published_from"] = "header" if "published" in header else "file name"
    return pd.DataFrame([row])


def _decoded(raw: bytes) -> str | None:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text.replace("\r\n", "\n").replace("\r", "\n")


def _header(text: str) -> tuple[dict[str, str], str]:
    """Split the header block off; the text comes back whole where there is none."""
    found: dict[str, str] = {}
    position = 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        field = _FIELD.fullmatch(line.strip()) if len(line) < 10_000 else None
        if field:
            name = field[1].lower()
            found.setdefault(_COLUMN.get(name, name), field[2].strip())
        elif line.strip():
            return {}, text
        else:
            break
        position = end + 1
    return (found, text[position:].lstrip("\n")) if found else ({}, text)
