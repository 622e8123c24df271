"""Comma- and tab-separated tables."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pandas as pd

from samestory.errors import CorpusError

__all__ = ["read_csv", "read_tsv"]

_LINE = re.compile(r"line (\d+)")


def read_csv(path: Path) -> pd.DataFrame:
    """Read a comma-separated table in UTF-8, gzipped or not; every value stays the text it is.

    An outlet called "NA" and a text that says "null" are text; only a cell that is not there is missing.
    """
    return _read(path, ",")


def read_tsv(path: Path) -> pd.DataFrame:
    """Read a tab-separated table in UTF-8, gzipped or not; every value stays the text it is."""
    return _read(path, "\t")


def _read(path: Path, separator: str) -> pd.DataFrame:
    try:
        with warnings.catch_warnings():
            # pandas only warns where it cuts off cells that have no heading.
            warnings.simplefilter("error", pd.errors.ParserWarning)
            return pd.read_csv(
                path,
                sep=separator,
                dtype=str,
                keep_default_na=False,
                index_col=False,
                encoding="utf-8-sig",
            )
    except pd.errors.EmptyDataError as error:
        raise CorpusError(
            "a table with a line of headings was needed, the file is empty", path=path
        ) from error
    except UnicodeDecodeError as error:
        raise CorpusError(
            "the table is not UTF-8 text", hint="export it as CSV in UTF-8", path=path
        ) from error
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        found = _LINE.search(str(error))
        raise CorpusError(
            f"the rows do not fit the headings ({str(error).strip()})",
            hint='put texts that hold commas or line breaks in quotation marks ("…")',
            path=path,
            line=int(found[1]) if found else None,
        ) from error
    except (OSError, EOFError) as error:
        raise CorpusError(f"the file cannot be read ({error})", path=path) from error
