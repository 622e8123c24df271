"""Before the walk: how pages are cleaned, and which articles the measures read."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.cleaning import check_steps, read_furniture
from samestory.errors import CorpusError
from samestory.stories import has_text
from samestory.study.batches.steps import Cleaning

__all__ = ["check_measurable", "how_to_clean", "measurable", "usable"]

#: Articles that cannot be measured; they stay in the articles table.
_NOT_MEASURED = ("unreadable", "no_text", "furniture_only", "no_outlet", "quarantined")
#: A furniture list of one's own, kept with the corpus.
_FURNITURE_FILE = "furniture.toml"


def usable(articles: pd.DataFrame) -> pd.Series[bool]:
    """Say which articles have a text and an outlet; without ``text``, a column ``has_text`` is read."""
    return ~tables.has_flag(articles, *_NOT_MEASURED) & has_text(articles)


def measurable(articles: pd.DataFrame) -> pd.Series[bool]:
    """Say which articles the measures read: those with text and outlet, in English."""
    return usable(articles) & ~tables.has_flag(articles, "not_english")


def how_to_clean(
    corpus: str | Path | pd.DataFrame, *, clean: bool, without: Collection[str] = ()
) -> Cleaning:
    """Take the options of cleaning together, and the furniture list that is kept with the corpus."""
    own = None if isinstance(corpus, pd.DataFrame) else Path(corpus) / _FURNITURE_FILE
    known = read_furniture(own) if own is not None and own.is_file() else None
    return Cleaning(clean, frozenset(check_steps(without, known)), known)


def check_measurable(articles: pd.DataFrame) -> None:
    """Refuse articles of which none can be measured, and say why.

    Raises
    ------
    CorpusError
        None has a text and an outlet, or none is in English.
    """
    if not usable(articles).any():
        if tables.has_flag(articles, "address_only").all():
            raise CorpusError(
                f"these are {len(articles)} addresses without texts, as Media Cloud exports them",
                hint="write them out with 'samestory addresses', save the pages as .html and read these",
            )
        raise CorpusError(
            f"none of the {len(articles)} articles has a text and an outlet",
            hint="look at the column flags of read_corpus for the reasons",
        )
    if not measurable(articles).any():
        found = ", ".join(sorted(articles.loc[usable(articles), "language"].dropna().unique()))
        raise CorpusError(
            f"none of the articles is in English; found {found}",
            hint="the measures read English only; where this is mistaken, give a column language with 'en'",
        )
