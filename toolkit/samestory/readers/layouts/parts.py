"""What the layouts share: dates in words, blocks of lines, and lines that belong to no article."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["Row", "block", "day_in_words", "stray_rows"]

Row = dict[str, str | bool]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MONTH_FIRST = re.compile(rf"{_MONTH} (\d{{1,2}}), (\d{{4}})\b", re.IGNORECASE)
_DAY_FIRST = re.compile(rf"(\d{{1,2}}) {_MONTH} (\d{{4}})\b", re.IGNORECASE)
_MOST_STRAY_WORDS = 40  # a cover sheet's leavings; more than that may be an article


def day_in_words(text: str) -> str | None:
    """Read the English date at the start of a text as ISO 8601; the text itself is the caller's to keep.

    Examples
    --------
    >>> day_in_words("March 4, 2025 Tuesday"), day_in_words("4 March 2025"), day_in_words("Marching on")
    ('2025-03-04', '2025-03-04', None)
    """
    plain = " ".join(text.split())
    if found := _MONTH_FIRST.match(plain):
        month, day, year = found.groups()
    elif found := _DAY_FIRST.match(plain):
        day, month, year = found.groups()
    else:
        return None
    return f"{year}-{_MONTHS.index(month[:3].lower()) + 1:02d}-{int(day):02d}"


def block(lines: Sequence[str]) -> str:
    """Join lines to a text without blank lines at its ends."""
    return "\n".join(lines).strip("\n ").strip()


def stray_rows(lines: Sequence[str]) -> list[Row]:
    """Keep a longer run of text that the layout gives to no article as a row of its own, with a note.

    Examples
    --------
    >>> stray_rows(["Page 1 of 3"])
    []
    """
    text = block(lines)
    if len(text.split()) <= _MOST_STRAY_WORDS:
        return []
    return [{"text": text, "note": "text that the layout of the export gives to no article"}]
