"""Parquet, with the extra ``scale``."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from samestory.errors import CorpusError, MissingExtraError

__all__ = ["read_parquet"]


def read_parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet file.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    CorpusError
        The file is not Parquet.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError.for_package("pyarrow", extra="scale", purpose="reading Parquet")
    try:
        return pd.read_parquet(path, engine="pyarrow").reset_index(drop=True)
    except (OSError, ValueError) as error:  # pyarrow's own errors are children of these
        raise CorpusError(f"the file cannot be read as Parquet ({error})", path=path) from error
