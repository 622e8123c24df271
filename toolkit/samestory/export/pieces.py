"""Tables that come in pieces: one Parquet file, written piece by piece."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["save_pieces"]


def save_pieces(pieces: Iterable[pd.DataFrame], path: Path) -> None:
    """Save a table that is too large for the memory as one Parquet file.

    Parameters
    ----------
    pieces : iterable of DataFrame
        The table from its first row to its last, at least one piece; all have the same columns and types.
    path : Path
        Where to save; folders on the way are made.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     save_pieces((pd.DataFrame({"n": [i]}) for i in range(3)), Path(folder, "t.parquet"))
    ...     pd.read_parquet(Path(folder, "t.parquet"))["n"].tolist()
    [0, 1, 2]
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    rest = iter(pieces)

    first = next(rest)
    types = _arrow_schema(first)
    with pq.ParquetWriter(path, types, compression="zstd") as file:
        piece: pd.DataFrame | None = first
        while piece is not None:
            file.write_table(pa.Table.from_pandas(piece, schema=types, preserve_index=False))
            piece = next(rest, None)


def _arrow_schema(piece: pd.DataFrame) -> pa.Schema:
    """Take the types of a piece; a column of its lists may hold no span, or hold nothing at all."""
    import pyarrow as pa

    def kind(field: Any) -> Any:
        if pa.types.is_list(field.type) or pa.types.is_null(field.type):
            spans = pa.list_(pa.list_(pa.int64()))
            return field.with_type(spans if pa.types.is_list(field.type) else pa.large_string())
        return field

    # Lists are noted as Python's, so that whoever reads the file gets arrays of spans and no type of Arrow's.
    lists = {c: "object" for c in piece.columns if isinstance(piece[c].dtype, pd.ArrowDtype)}
    found = pa.Schema.from_pandas(piece.astype(lists), preserve_index=False)
    return pa.schema([kind(field) for field in found], metadata=found.metadata)
