"""What a study says about tone beyond its estimates: summaries, word shifts, and the effect of one choice."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from samestory.comparison import compare_measures
from samestory.measures.sentiment import explain_sentiment, summarise_articles
from samestory.study.estimates import spoken
from samestory.study.tables import StudyTables

__all__ = ["largest_change", "sentiment_tables"]

#: Word shifts are made for at most so many pairs of outlets; with more, name a reference.
_MOST_SHIFTS = 10
#: What is scored again with names of the news masked.
_AGAIN = {"tone, own voice": "own", "tone, quoted voice": "quoted"}


def sentiment_tables(
    tone: pd.DataFrame,
    tables: StudyTables,
    *,
    reference: str | None,
    level: float,
    adjust: Literal["holm", "fdr_bh"],
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Summarise tone, say which words carry the differences, and compare again with news names masked.

    Parameters
    ----------
    tone : DataFrame
        Means of each article and voice (:func:`~samestory.study.batches.averages.article_means`), with the
        columns of the article.
    tables : StudyTables
        Of these ``scores``, where word shifts are made.
    reference, level, adjust, seed
        As in :func:`samestory.compare`.

    Returns
    -------
    dict of str to DataFrame
        ``sentiment``; ``word_shift`` of the outlets' own voice within stories, where there are at most 10
        pairs of outlets; ``estimates_news_neutral``, the tone estimates with ``news_neutral=True``, a family
        of their own.
    """
    outlets = sorted(tone["outlet"].dropna().unique())
    out = {"sentiment": summarise_articles(tone, level=level, seed=seed)}
    pairs = len(outlets) - 1 if reference else len(outlets) * (len(outlets) - 1) // 2
    if pairs <= _MOST_SHIFTS:
        own = pd.concat([p[p["voice"] == "own"] for p in tables.batches("scores")], ignore_index=True)
        known = reference if reference in set(own["outlet"]) else None
        out["word_shift"] = explain_sentiment(own, reference=known, within="story_id")
    measures = [(name, spoken(tone, v, of="masked"), "masked") for name, v in _AGAIN.items()]
    out["estimates_news_neutral"] = compare_measures(
        measures,
        groups=outlets,
        reference=reference,
        level=level,
        adjust=adjust,
        family="tone, names of the news masked",
        seed=seed,
    )
    return out


def largest_change(estimates: pd.DataFrame, again: pd.DataFrame) -> float | None:
    """Return by how much any estimate moves when it is made again otherwise; None without any."""
    key = ["measure", "group", "reference"]
    both = estimates.merge(again, on=key, suffixes=("", "_again"))
    change = (both["estimate_again"] - both["estimate"]).abs().max()
    return None if pd.isna(change) else float(change)
