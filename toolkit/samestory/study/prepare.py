"""Before the walk: pages cleaned, languages marked, and which articles the measures read."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.cleaning import clean_with_lines, read_furniture
from samestory.errors import CorpusError
from samestory.language import mark_language

__all__ = ["cleaned_articles", "measurable", "usable"]

#: Articles that cannot be measured; they stay in the articles table.
_NOT_MEASURED = ("unreadable", "no_text", "furniture_only", "no_outlet")
#: A furniture list of one's own, kept with the corpus.
_FURNITURE_FILE = "furniture.toml"


def usable(articles: pd.DataFrame) -> pd.Series[bool]:
    """Say which articles have a text and an outlet."""
    return ~tables.has_flag(articles, *_NOT_MEASURED) & (articles["text"].str.strip() != "")


def measurable(articles: pd.DataFrame) -> pd.Series[bool]:
    """Say which articles the measures read: those with text and outlet, in English."""
    return usable(articles) & ~tables.has_flag(articles, "not_english")


def cleaned_articles(
    raw: pd.DataFrame,
    corpus: str | Path | pd.DataFrame,
    *,
    clean: bool,
    without: Collection[str],
    stories: str,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Clean and mark the language; the second table says what became of each line."""
    tables.check(raw, tables.ARTICLES, need=["story_id"] if stories == "given" else [])
    own = None if isinstance(corpus, pd.DataFrame) else Path(corpus) / _FURNITURE_FILE
    known = read_furniture(own) if own is not None and own.is_file() else None
    cleaned, lines = clean_with_lines(raw if clean else raw[:0], without=without, furniture=known)
    articles = mark_language(cleaned if clean else raw)
    if not usable(articles).any():
        if tables.has_flag(articles, "address_only").all():
            raise CorpusError(
                f"these are {len(articles)} addresses without texts, as Media Cloud exports them",
                hint="write them out with 'samestory addresses', save the pages as .html and read these",
            )
        raise CorpusError(
            f"none of the {len(raw)} articles has a text and an outlet",
            hint="look at the column flags of read_corpus for the reasons",
        )
    if not measurable(articles).any():
        found = ", ".join(sorted(articles.loc[usable(articles), "language"].dropna().unique()))
        raise CorpusError(
            f"none of the articles is in English; found {found}",
            hint="the measures read English only; where this is mistaken, give a column language with 'en'",
        )
    return articles, lines
