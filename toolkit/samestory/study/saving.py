"""How the tables of a study are written: CSV, and Parquet where they are large."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from samestory import tables as schema
from samestory.export import save_table
from samestory.report import articles_shown
from samestory.study.batches.pieces import LARGE_ROWS
from samestory.study.tables import StudyTables

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MOST_ARTICLES", "report_tables", "save_tables"]

MOST_ARTICLES = 2000  # that the report shows
_OF_ARTICLES = ("scores", "lines")  # of which the report shows those of its articles only


def save_tables(tables: StudyTables, folder: Path, *, excel_safe: bool) -> None:
    """Write every table as CSV; one of more than 200,000 rows as Parquet, where pyarrow is installed."""
    large = find_spec("pyarrow") is not None
    for name in tables:
        if large and tables.rows(name) > LARGE_ROWS:
            folder.mkdir(parents=True, exist_ok=True)
            _save_parquet(tables.batches(name), folder / f"{name}.parquet")
        else:
            save_table(tables[name], folder / f"{name}.csv", excel_safe=excel_safe)
    save_table(schema.describe_columns(), folder / "columns.csv", excel_safe=excel_safe)


def _save_parquet(pieces: Iterator[pd.DataFrame], path: Path) -> None:
    """Write pieces of equal types into one file, one after the other."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    first = next(pieces)
    types = _arrow_schema(first)
    with pq.ParquetWriter(path, types, compression="zstd") as file:
        piece: pd.DataFrame | None = first
        while piece is not None:
            file.write_table(pa.Table.from_pandas(piece, schema=types, preserve_index=False))
            piece = next(pieces, None)


def _arrow_schema(piece: pd.DataFrame) -> pa.Schema:
    """Take the types of a piece; a column of its lists may hold no span, or hold nothing at all."""
    import pyarrow as pa

    def kind(field: Any) -> Any:
        if pa.types.is_list(field.type) or pa.types.is_null(field.type):
            spans = pa.list_(pa.list_(pa.int64()))
            return field.with_type(spans if pa.types.is_list(field.type) else pa.large_string())
        return field

    found = pa.Schema.from_pandas(piece, preserve_index=False)
    return pa.schema([kind(field) for field in found], metadata=found.metadata)


def report_tables(tables: StudyTables) -> dict[str, pd.DataFrame]:
    """Return what the report is made of: of sentences and lines, those of the articles that it shows."""
    articles = tables["articles"]
    shown = articles.loc[articles_shown(articles, most_articles=MOST_ARTICLES), "article_id"]
    some = {
        name: pd.concat([p[p["article_id"].isin(shown)] for p in tables.batches(name)], ignore_index=True)
        for name in _OF_ARTICLES
    }
    rest = {name: tables[name] for name in tables if name not in some}
    return {**rest, **some, "sentences": some["scores"]}
