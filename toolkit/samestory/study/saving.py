"""How the tables of a study are written: CSV, and Parquet where they are large."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from samestory import tables as schema
from samestory.export import save_pieces, save_table
from samestory.report import HEARD, articles_shown
from samestory.study.batches.pieces import LARGE_ROWS
from samestory.study.tables import StudyTables

__all__ = ["MOST_ARTICLES", "report_tables", "save_tables"]

MOST_ARTICLES = 2000  # that the report shows
_OF_ARTICLES = ("scores", "quotes", "lines")  # of which the report shows those of its articles only


def save_tables(tables: StudyTables, folder: Path, *, excel_safe: bool) -> None:
    """Write every table as CSV; one of more than 200,000 rows as Parquet, where pyarrow is installed."""
    large = find_spec("pyarrow") is not None
    for name in tables:
        if large and tables.rows(name) > LARGE_ROWS:
            save_pieces(tables.batches(name, lists=False), folder / f"{name}.parquet")
        else:
            save_table(tables[name], folder / f"{name}.csv", excel_safe=excel_safe)
    save_table(schema.describe_columns(), folder / "columns.csv", excel_safe=excel_safe)


def report_tables(tables: StudyTables) -> dict[str, pd.DataFrame]:
    """Return what the report is made of: sentences, quotes and lines of the articles that it shows.

    Who is heard is counted in all articles.
    """
    articles = tables["articles"]
    shown = articles.loc[articles_shown(articles, most_articles=MOST_ARTICLES), "article_id"]
    some = {name: tables.of_articles(name, shown) for name in _OF_ARTICLES}
    rest = {name: tables[name] for name in tables if name not in some}
    return {**rest, **some, "sentences": some["scores"], "heard": tables.columns("quotes", list(HEARD))}
