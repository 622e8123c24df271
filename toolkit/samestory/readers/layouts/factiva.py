"""Factiva with field codes: a code of two or three capitals before each field, HD to AN.

Among the codes: HD headline, BY author, CR credit, WC words, PD
publication date, ET time, SN source name, SC source code, LA language, CY copyright, LP lead paragraphs, TD
text, CO companies, IN industries, NS subjects, RE regions, IPC, IPD, PUB publisher, AN accession number. A
document begins anew after AN, or with a second HD.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from samestory.readers.layouts.parts import Row, block, day_in_words, stray_rows

__all__ = ["read_factiva"]

_CODES = "AN ART BY CLM CO CR CT CX CY DE ED ET HD IN IPC IPD LA LP NS PD PG PUB RE RF SC SE SN TD VOL"
_CODE = "|".join([*_CODES.split(), "WC"])
# As exported: the code alone, or the code and a tab, a cell border or at least two blanks.
_FIELD = re.compile(rf"[ |]*({_CODE})(?:[ \t]*$|[ ]*[\t|]+[ \t|]*(.*)|[ ]{{2,}}(.*))")
_LOOSE = re.compile(rf"({_CODE}) (\S.*)")  # outside the text, one blank will do
_TEXT = ("LP", "TD")
_AFTER_TEXT = frozenset("LP TD CT RF ART CO IN NS RE IPC IPD PUB AN CX HD SE".split())
_TIME = re.compile(r"(\d{1,2}):(\d{2})")


def read_factiva(lines: list[str]) -> list[Row] | None:
    """Split a Factiva export; None unless a headline, a source or date, and a text stand at their codes."""
    codes = {m[1] for line in lines if (m := _FIELD.fullmatch(line.rstrip()))}
    if not ("HD" in codes and codes & {"SN", "PD"} and codes & {"LP", "TD"}):
        return None
    documents, stray = _documents(lines)
    return [_row(d) for d in documents] + stray_rows(stray)


def _documents(lines: list[str]) -> tuple[list[dict[str, list[str]]], list[str]]:
    documents: list[dict[str, list[str]]] = []
    fields: dict[str, list[str]] = {}
    stray: list[str] = []
    code = ""
    for line in lines:
        found = _field(line.rstrip(), code)
        if found is None:
            # A blank line ends a field that has its value; what follows without a code may be text.
            if code not in ("", *_TEXT) and not line.strip() and any(fields[code]):
                code = ""
            (fields[code] if code else stray).append(line.strip().strip("|"))
            continue
        if "AN" in fields or (found[0] == "HD" and "HD" in fields):
            documents.append(fields)
            fields = {}
        code = found[0]
        fields.setdefault(code, []).append(found[1])
    return [*documents, *([fields] if fields else [])], stray


def _field(line: str, inside: str) -> tuple[str, str] | None:
    found = _FIELD.fullmatch(line)
    if found is None and inside not in _TEXT:
        loose = _LOOSE.fullmatch(line)
        return (loose[1], loose[2]) if loose else None
    if found is None or (inside in _TEXT and found[1] not in _AFTER_TEXT):
        return None
    return found[1], (found[2] or found[3] or "").strip(" |")


def _row(fields: Mapping[str, list[str]]) -> Row:
    one = {code: " ".join(" ".join(v).split()) for code, v in fields.items() if code not in _TEXT}
    row: Row = {
        "title": one.get("HD", ""),
        "outlet": one.get("SN", ""),
        "byline": one.get("BY", ""),
        "credit": one.get("CR", ""),
        "section": one.get("SE", ""),
        "text": "\n\n".join(t for c in _TEXT if (t := block(fields.get(c, [])))),
    }
    day = day_in_words(one.get("PD", ""))
    clock = _TIME.match(one.get("ET", ""))
    row["published"] = (
        one.get("PD", "") if day is None else f"{day}T{clock[1]:0>2}:{clock[2]}" if clock else day
    )
    number = one.get("AN", "").removeprefix("Document ").strip()
    return row | ({"article_id": number} if number else {})
