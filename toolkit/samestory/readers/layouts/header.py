"""Our own layout: a few header lines, a blank line, the text; several of these in one file where need be."""

from __future__ import annotations

import re

from samestory.readers.layouts.parts import Row

__all__ = ["read_header"]

_FIELD = re.compile(r"(title|outlet|published|date|url|author)[ \t]*:[ \t]*(.*)", re.IGNORECASE)
_COLUMN = {"date": "published", "author": "byline"}
# A further article: after a blank line, a title and at least one more field, closed by a blank line.
_NEXT = re.compile(
    r"(?<=\n\n)(?=title[ \t]*:[^\n]*\n(?:(?:outlet|published|date|url|author)[ \t]*:[^\n]*\n)+[ \t]*\n)",
    re.IGNORECASE,
)


def read_header(text: str) -> list[Row]:
    """Split header and text; any other first line means that there is no header, and all is text."""
    whole = _article(text)
    if len(whole) <= 2:  # a text without header, or with a title alone, is one article
        return [whole]
    starts = [0, *(m.start() for m in _NEXT.finditer(text) if m.start() > 0)]
    if len(starts) == 1:
        return [whole]
    return [_article(text[a:b]) for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def _article(text: str) -> Row:
    header, body = _split(text)
    row: Row = {**header, "text": body}
    if header.get("outlet"):
        row["outlet_from"] = "header"
    if header.get("published"):
        row["published_from"] = "header"
    return row


def _split(text: str) -> tuple[dict[str, str], str]:
    found: dict[str, str] = {}
    position = 0
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position : min(end, position + 10_000)]
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
