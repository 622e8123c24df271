"""Parquet, with the extra ``scale``."""

from __future__ import annotations

from importlib.util import find_spec

import pandas as pd

from samestory.errors import CorpusError, MissingExtraError
from samestory.readers.source import Source

__all__ = ["MAX_ROWS", "read_parquet"]

#: Most rows of a file: a few bytes of Parquet can claim any number.
MAX_ROWS = 20_000_000


def read_parquet(source: Source) -> pd.DataFrame:
    """Read a Parquet file.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    CorpusError
        The file is not Parquet, or has more than ``MAX_ROWS`` rows.
    """
    if find_spec("pyarrow") is None:
        raise MissingExtraError.for_package("pyarrow", extra="scale", purpose="reading Parquet")
    from pyarrow.parquet import ParquetFile

    try:
        with source.open() as file:
            parquet = ParquetFile(file)
            rows = parquet.metadata.num_rows
            if rows <= MAX_ROWS:
                table = parquet.read()
                table.validate(full=True)  # damaged text would else be met much later, by whoever reads it
                return pd.DataFrame(table.to_pandas()).reset_index(drop=True)
    except Exception as error:  # pyarrow raises a dozen kinds over a damaged file
        raise CorpusError(f"the file cannot be read as Parquet ({error})", path=source.place) from error
    raise CorpusError(
        f"a file may have {MAX_ROWS:,} rows, this one claims {rows:,}",
        hint="split it into several files",
        path=source.place,
    )
