"""JSON Lines: one article a line."""

from __future__ import annotations

import gzip
import json
import re
import zlib
from pathlib import Path
from typing import Any

import pandas as pd

from samestory.errors import CorpusError

__all__ = ["read_jsonl"]

# Half of a character that JSON can escape but no file can hold.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def read_jsonl(path: Path) -> pd.DataFrame:
    """Read JSON Lines in UTF-8, gzipped or not; blank lines are skipped.

    Raises
    ------
    CorpusError
        A line is not a JSON object; the message names the line.
    """
    rows = []
    number = 0
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8-sig")
            if path.suffix.lower() == ".gz"
            else path.open(encoding="utf-8-sig") as lines
        ):
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    rows.append(_row(line, path, number))
    except UnicodeDecodeError as error:
        raise CorpusError(
            "the file is not UTF-8 text", hint="save it as UTF-8", path=path, line=number + 1
        ) from error
    except (OSError, EOFError, zlib.error) as error:
        raise CorpusError(f"the file cannot be read ({error})", path=path) from error
    return pd.DataFrame(rows, dtype="object")


def _row(line: str, path: Path, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise CorpusError(
            f"this is not JSON ({error}): {line.strip()[:60]!r}",
            hint="write one object a line, without line breaks inside",
            path=path,
            line=number,
        ) from error
    if not isinstance(row, dict):
        raise CorpusError(f"one object a line was needed, found {type(row).__name__}", path=path, line=number)
    return {k: _LONE_SURROGATE.sub("\ufffd", v) if isinstance(v, str) else v for k, v in row.items()}
