"""Nexis Uni, full documents in one file: each ends with the line "End of Document".

Layout of a document: title, publication, date in words (each a line), copyright, then ``Section:``,
``Length:``, ``Byline:``, ``Dateline:``, ``Highlight:``, the line ``Body``, the text, and after it
``Classification`` with ``Language:``, ``Subject:`` … and ``Load-Date:``. A cover sheet with the list of
documents may come first. See LexisNexisTools (Gruber, CRAN) and R.TeMiS for the same layout.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from samestory.readers.layouts.parts import Row, block, day_in_words, stray_rows

__all__ = ["read_nexis"]

_END = re.compile(r"\s*End of Document\s*", re.IGNORECASE)
_SIGN = re.compile(r"\s*(?:Body|Load-Date:.*|Length:.*)\s*")
_BODY = re.compile(r"\s*Body\s*")
_AFTER = re.compile(
    r"\s*(?:Classification|Graphic|Load-Date:.*|Language:.*|Publication-Type:.*|Journal Code:.*)\s*"
)
_FIELD = re.compile(
    r"(Byline|Section|Length|Dateline|Highlight|Copyright|Edition|Series|Correction-Date)\b:?\s*(.*)"
)


def read_nexis(lines: list[str]) -> list[Row] | None:
    """Split a Nexis Uni export; None where there is no line "End of Document"."""
    ends = [i for i, line in enumerate(lines) if _END.fullmatch(line)]
    if not ends or not any(_SIGN.fullmatch(line) for line in lines):
        return None
    starts = [0, *(e + 1 for e in ends)]
    rows = [row for a, b in zip(starts, ends, strict=False) for row in _documents(lines[a:b])]
    last = lines[ends[-1] + 1 :]
    # After the last end mark nothing is due: either the file was cut off in a document, or it is a leaving.
    cut = any(_BODY.fullmatch(line) for line in last)
    return rows + (
        [_document(last) | {"note": "the file ends before the end mark"}] if cut else stray_rows(last)
    )


def _documents(lines: Sequence[str]) -> list[Row]:
    """Read what stands before one end mark: one document, or more where an end mark is missing.

    A second line "Body" behind the fields that follow a text opens another document.
    """
    starts, after, body = [0], 0, None
    for i, line in enumerate(lines):
        if _BODY.fullmatch(line):
            if after > starts[-1]:
                starts.append(after)
            body = i
        elif body is not None and _AFTER.fullmatch(line):
            after = i + 1
    note: Row = {"note": "the end mark before it is missing"}
    return [
        _document(lines[a:b]) | (note if a else {})
        for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]


def _document(lines: Sequence[str]) -> Row:
    at = next((i for i, line in enumerate(lines) if _BODY.fullmatch(line)), None)
    head = [s for line in lines[:at] if (s := line.strip())]
    dated = next((i for i in range(len(head) - 1, -1, -1) if _is_date(head[i])), None)
    row: Row = {}
    if dated is None:
        row["title"] = head[0] if head else ""
    else:
        row["published"] = day_in_words(head[dated]) or ""
        row["outlet"] = head[dated - 1] if dated > 0 else ""
        row["title"] = head[dated - 2] if dated > 1 else ""
    for line in head[(dated or 0) + 1 :]:
        field = _FIELD.match(line)
        if field and field[1] == "Byline":
            row["byline"] = field[2].strip()
        elif field and field[1] == "Section":
            row["section"] = field[2].strip()
    row["text"] = _body(lines, at, head, dated)
    return row


def _is_date(line: str) -> bool:
    return len(line) <= 80 and day_in_words(line) is not None


def _body(lines: Sequence[str], at: int | None, head: Sequence[str], dated: int | None) -> str:
    if at is None:  # without the line Body, the text is what follows the last field
        rest = list(head[(dated + 1) if dated is not None else min(1, len(head)) :])
        while rest and _FIELD.match(rest[0]):
            rest.pop(0)
    else:
        rest = list(lines[at + 1 :])
    end = next((i for i, line in enumerate(rest) if _AFTER.fullmatch(line)), len(rest))
    return block(rest[:end])
