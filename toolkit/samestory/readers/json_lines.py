"""JSON Lines: one article a line."""

from __future__ import annotations

import io
import json
from typing import Any, BinaryIO

import pandas as pd

from samestory.errors import CorpusError
from samestory.readers.encodings import FALLBACK, stream_encoding
from samestory.readers.source import Source

__all__ = ["read_jsonl"]


def read_jsonl(source: Source) -> pd.DataFrame:
    """Read JSON Lines, gzipped or not; blank lines are skipped.

    Raises
    ------
    CorpusError
        A line is not a JSON object; the message names the line.
    """
    with source.unpacked() as file:
        encoding = stream_encoding(file, source.place)
    rows = []
    number = 0
    try:
        with source.unpacked() as file, _as_text(file, encoding) as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    rows.append({"encoding": encoding} | _row(line, source, number))
    except UnicodeError as error:
        raise CorpusError(
            f"the file begins as {encoding} and does not go on so",
            hint="save it as UTF-8",
            path=source.place,
            line=number + 1,
        ) from error
    return pd.DataFrame(rows, dtype="object")


def _as_text(file: BinaryIO, encoding: str) -> io.TextIOWrapper:
    named = "utf-8-sig" if encoding == "utf-8" else encoding
    return io.TextIOWrapper(file, encoding=named, errors="replace" if encoding == FALLBACK else "strict")


def _row(line: str, source: Source, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:  # not JSON, a number beyond reason, or too deep
        raise CorpusError(
            f"this is not JSON ({error}): {line.strip()[:60]!r}",
            hint="write one object a line, without line breaks inside",
            path=source.place,
            line=number,
        ) from error
    if not isinstance(row, dict):
        raise CorpusError(
            f"one object a line was needed, found {type(row).__name__}", path=source.place, line=number
        )
    return row
