"""How the tables of a study are written: CSV, and Parquet where they are large."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from samestory import tables as schema
from samestory.export import save_csv_pieces, save_pieces, save_table
from samestory.report import articles_shown, foremost_estimates
from samestory.study.batches.memory import give_back
from samestory.study.batches.pieces import LARGE_ROWS
from samestory.study.tables import PIECE_ROWS, StudyTables

__all__ = ["MOST_ARTICLES", "TableFile", "foremost_terms", "pairs_behind", "report_tables", "table_files"]

MOST_ARTICLES = 2000  # that the report shows
_MOST_TERMS = 100  # of an outlet, that figures and report of a large study choose from
# Of these the report shows the rows of its articles only, and of what a table may hold these columns.
_OF_ARTICLES = {
    "scores": (schema.SCORES, ("voice", "compound")),
    "quotes": (schema.QUOTES, ("in_headline", "speaker", "speaker_resolved")),
    "lines": (schema.LINES, ()),
}
_WHOLE = ("term_lines", "estimates")


@dataclass(frozen=True)
class TableFile:
    """Writes one table; what is sent to a worker, where the table is in the store."""

    tables: StudyTables
    name: str
    folder: Path
    excel_safe: bool

    def __call__(self) -> None:
        """Write CSV; Parquet for more than 200,000 rows, where pyarrow is installed."""
        if self.tables.rows(self.name) > LARGE_ROWS and find_spec("pyarrow") is not None:
            save_pieces(
                self.tables.batches(self.name, lists=False, rows=PIECE_ROWS),
                self.folder / f"{self.name}.parquet",
            )
        elif self.tables.stored(self.name) and self.tables.rows(self.name):
            pieces = self.tables.batches(self.name, rows=PIECE_ROWS)
            save_csv_pieces(pieces, self.folder / f"{self.name}.csv", excel_safe=self.excel_safe)
        else:
            table = self.tables[self.name]
            save_table(table, self.folder / f"{self.name}.csv", excel_safe=self.excel_safe)
        give_back()


def table_files(
    tables: StudyTables, folder: Path, *, excel_safe: bool
) -> tuple[list[TableFile], list[TableFile]]:
    """Say what the columns mean, and return what writes the tables.

    Returns
    -------
    (list of TableFile, list of TableFile)
        Tables in the store, which any process can write, and those at hand.
    """
    save_table(schema.describe_columns(), folder / "columns.csv", excel_safe=excel_safe)
    files = [TableFile(tables.only(name), name, folder, excel_safe) for name in tables]
    return [f for f in files if f.tables.stored(f.name)], [f for f in files if not f.tables.stored(f.name)]


def report_tables(tables: StudyTables) -> dict[str, pd.DataFrame]:
    """Return what the report is made of: sentences, quotes and lines of the articles that it shows."""
    articles = tables.columns("articles", [c for c in tables.names("articles") if c != "text"])
    shown = articles.loc[articles_shown(articles, most_articles=MOST_ARTICLES), "article_id"]
    texts = tables.of_articles("articles", shown, ["article_id", "text"]).set_index("article_id")["text"]
    articles = articles.assign(text=articles["article_id"].map(texts).fillna("").astype("str"))
    some = {
        name: tables.of_articles(name, shown, [c for c, k in kept.columns.items() if k.required or c in more])
        for name, (kept, more) in _OF_ARTICLES.items()
    }
    needed = [c for c, kept in schema.TOPIC_SHARES.columns.items() if kept.required]
    touched = tables.some("topic_shares", lambda piece: piece.loc[piece["n_hits"] > 0, needed])
    whole = {name: tables[name] for name in _WHOLE}
    return {
        "articles": articles,
        **some,
        **whole,
        "pairs": pairs_behind(tables, foremost_estimates(whole["estimates"])),
        "topic_shares": touched,
        "terms": foremost_terms(tables),
    }


def pairs_behind(tables: StudyTables, estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the pairs of story means behind some estimates, without holding those of the others."""
    key = list(schema.ESTIMATES.key)
    wanted = pd.MultiIndex.from_frame(estimates[key])
    return tables.some("pairs", lambda piece: piece[pd.MultiIndex.from_frame(piece[key]).isin(wanted)])


def foremost_terms(tables: StudyTables) -> pd.DataFrame:
    """Return the terms that may be shown: all, or of a large table the foremost of each outlet."""
    if tables.rows("terms") <= LARGE_ROWS:
        return tables["terms"]
    return tables.some("terms", lambda piece: piece[piece["rank"] <= _MOST_TERMS])
