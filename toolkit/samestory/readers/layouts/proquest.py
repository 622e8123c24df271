"""ProQuest, text of several documents: sections between lines of underscores, fields with a colon.

A section has ``Title:``, ``Publication title:``, ``Publication date:``, ``Author:``, ``Document URL:``,
``ProQuest document ID:`` and others, and ``Full text:``, which runs on to the next field.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from samestory.readers.layouts.parts import Row, block, day_in_words, stray_rows

__all__ = ["read_proquest"]

_RULE = re.compile(r"\s*_{20,}\s*")
_NAMES = (
    "Title|Author|Publication info|Publication title|Publication date|Publication year|Publication subject"
    "|Abstract|Links|Full text|Subject|Location|Company / organization|People|Identifier / keyword"
    "|Business indexing term|Classification|Volume|Issue|First page|Pages|Section|Dateline|Credit"
    "|Place of publication|Country of publication|Publisher|ISSN|Source type|Language of publication"
    "|Document type|ProQuest document ID|ProQuest document link|Document URL|Copyright|Last updated|Database"
)
_FIELD = re.compile(rf"({_NAMES}): ?(.*)")
_FRAME = re.compile(
    r"(?:Report Information from ProQuest|Table of contents|Contact us at|Database copyright)"
)
_NUMBER = re.compile(r"\s*Document \d+ of \d+\s*")


def read_proquest(lines: list[str]) -> list[Row] | None:
    """Split a ProQuest export; None without its rules and its field names."""
    rules = [i for i, line in enumerate(lines) if _RULE.fullmatch(line)]
    names = {m[1] for line in lines if (m := _FIELD.fullmatch(line))}
    if not rules or not ("Full text" in names or {"Publication title", "ProQuest document ID"} <= names):
        return None
    starts, ends = [0, *(r + 1 for r in rules)], [*rules, len(lines)]
    rows: list[Row] = []
    for a, b in zip(starts, ends, strict=True):
        rows += _section(lines[a:b])
    return rows


def _section(lines: Sequence[str]) -> list[Row]:
    filled = [line.strip() for line in lines if line.strip()]
    fields = _fields(lines)
    if "Full text" in fields or "Title" in fields:
        return [_row(fields, filled)]
    return [] if filled and _FRAME.match(filled[0]) else stray_rows(lines)


def _fields(lines: Sequence[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    name = ""
    end = _end_of_text(lines)
    for i, line in enumerate(lines):
        found = _FIELD.fullmatch(line)
        if found and (name != "Full text" or i >= end) and found[1] not in fields:
            name = found[1]
            fields[name] = [found[2]]
        elif name:
            fields[name].append(line)
    return fields


def _end_of_text(lines: Sequence[str]) -> int:
    """Find the line after which only fields come: a paragraph "Location: …" inside the text is text."""
    end = len(lines)
    for i in range(len(lines) - 1, 0, -1):
        if lines[i].strip() and not lines[i - 1].strip():
            if not _FIELD.fullmatch(lines[i]) or lines[i].startswith("Full text:"):
                break
            end = i
    return end


def _row(fields: dict[str, list[str]], filled: Sequence[str]) -> Row:
    one = {n: " ".join(" ".join(v).split()) for n, v in fields.items() if n != "Full text"}
    given = one.get("Publication date", "")
    first = next((f for f in filled if not _NUMBER.fullmatch(f)), "")
    row: Row = {
        "title": one.get("Title") or ("" if _FIELD.fullmatch(first) else first),
        "outlet": re.split(r"[;:]", one.get("Publication title", ""))[0].strip(),
        "published": day_in_words(given) or given,
        "byline": one.get("Author", ""),
        "section": one.get("Section", ""),
        "url": one.get("Document URL", ""),
        "text": block(fields.get("Full text", [])),
    }
    number = one.get("ProQuest document ID", "")
    return row | ({"article_id": number} if number else {})
