"""Comma- and tab-separated tables."""

from __future__ import annotations

import re
import warnings

import pandas as pd

from samestory.errors import CorpusError
from samestory.readers.encodings import FALLBACK, stream_encoding
from samestory.readers.source import Source

__all__ = ["read_csv", "read_tsv"]

_LINE = re.compile(r"(?:line|row) (\d+)")


def read_csv(source: Source) -> pd.DataFrame:
    """Read a comma-separated table, gzipped or not; every value stays the text it is.

    An outlet called "NA" and a text that says "null" are text; only a cell that is not there is missing.
    Where the line of headings has semicolons and no comma, as some programs write it, these separate.
    """
    return _read(source, ",")


def read_tsv(source: Source) -> pd.DataFrame:
    """Read a tab-separated table, gzipped or not; every value stays the text it is."""
    return _read(source, "\t")


def _read(source: Source, separator: str) -> pd.DataFrame:
    with source.unpacked() as file:
        encoding = stream_encoding(file, source.place)
    with source.unpacked() as file:
        first = file.readline(100_000).decode(encoding, "replace")
    if separator == "," and "," not in first and ";" in first:
        separator = ";"
    try:
        with warnings.catch_warnings(), source.unpacked() as file:
            # pandas only warns where it cuts off cells that have no heading.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            frame = pd.read_csv(
                file,
                sep=separator,
                dtype=str,
                keep_default_na=False,
                index_col=False,
                encoding="utf-8-sig" if encoding == "utf-8" else encoding,
                encoding_errors="replace" if encoding == FALLBACK else "strict",
            )
    except pd.errors.EmptyDataError as error:
        raise CorpusError(
            "a table with a line of headings was needed, the file is empty", path=source.place
        ) from error
    except UnicodeError as error:
        raise CorpusError(
            f"the table begins as {encoding} and does not go on so",
            hint="export it as CSV in UTF-8",
            path=source.place,
        ) from error
    except (pd.errors.ParserError, pd.errors.ParserWarning, ValueError) as error:
        if isinstance(error, CorpusError):
            raise
        found = _LINE.search(str(error))
        raise CorpusError(
            f"the rows do not fit the headings ({str(error).strip()})",
            hint='put texts that hold commas or line breaks in quotation marks ("…")',
            path=source.place,
            line=_line_of(found, str(error)),
        ) from error
    return frame.assign(encoding=encoding) if "encoding" not in frame.columns else frame


def _line_of(found: re.Match[str] | None, message: str) -> int | None:
    """Line counted from 1; pandas counts rows from 0 where it speaks of a string that does not end."""
    if found is None:
        return None
    return int(found[1]) + (1 if "row" in found[0] or "EOF" in message else 0)
