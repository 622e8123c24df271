"""Checksums of what went into a study."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd

from samestory.export.files import csv_bytes

__all__ = ["file_hash", "input_hashes"]


def input_hashes(corpus: str | Path | pd.DataFrame) -> dict[str, str]:
    """Return the SHA-256 of every input file by its path below the corpus, or of the table given.

    Examples
    --------
    >>> list(input_hashes(pd.DataFrame({"text": ["Rain."]})))
    ['articles table as CSV']
    """
    if isinstance(corpus, pd.DataFrame):
        return {"articles table as CSV": hashlib.sha256(csv_bytes(corpus)).hexdigest()}
    root = Path(corpus)
    if root.is_file():
        return {root.name: file_hash(root)}
    files = [p for p in root.rglob("*") if p.is_file() and not _hidden(p.relative_to(root))]
    return {p.relative_to(root).as_posix(): file_hash(p) for p in sorted(files)}


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
