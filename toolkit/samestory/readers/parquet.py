"""Parquet, with the extra ``scale``."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from samestory.errors import CorpusError, MissingExtraError
from samestory.readers.articles import MAX_CHARACTERS, TEXT_AT, TOO_LONG, plain_texts
from samestory.readers.source import Source
from samestory.readers.text_file import TextFile

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile as ParquetFileType

__all__ = ["MAX_ROWS", "read_parquet"]

#: Most rows of a file: a few bytes of Parquet can claim any number.
MAX_ROWS = 20_000_000
#: Rows whose texts are in memory together where they go to a file.
_AT_ONCE = 1000


def read_parquet(source: Source, *, texts: TextFile | None = None, column: str = "text") -> pd.DataFrame:
    """Read a Parquet file.

    Parameters
    ----------
    source : Source
        The file.
    texts : TextFile, optional
        Where the texts go, some rows at a time, so that they are never in memory together. The frame then has
        the column ``_text_at``, their places, and in ``text`` a word that stands for each.
    column : str
        Name of the column of texts.

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
                names = parquet.schema_arrow.names
                if texts is not None and column in names:
                    return _beside(parquet, texts, column)
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


def _beside(parquet: ParquetFileType, texts: TextFile, column: str) -> pd.DataFrame:
    """Read the rows without their texts, which go to a file."""
    table = parquet.read(columns=[name for name in parquet.schema_arrow.names if name != column])
    table.validate(full=True)
    frame = pd.DataFrame(table.to_pandas()).reset_index(drop=True)
    del table
    marks: list[str] = []
    long: list[bool] = []
    first = len(texts)
    for batch in parquet.iter_batches(_AT_ONCE, columns=[column]):
        batch.validate(full=True)
        plain, damaged = plain_texts(batch.column(0).to_pylist())
        too_long = [len(text) > MAX_CHARACTERS for text in plain]
        texts.add("" if much else text for text, much in zip(plain, too_long, strict=True))
        marks += [
            ("\x00" if bad else "") + ("text" if text.strip() else "")
            for text, bad in zip(plain, damaged, strict=True)
        ]
        long += too_long
    frame[column], frame[TOO_LONG] = pd.Series(marks, dtype="str"), pd.Series(long, dtype="bool")
    frame[TEXT_AT] = np.arange(first, len(texts))
    return frame
