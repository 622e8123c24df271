"""The measured tables of a study: cleaning and measures by batch, stories and links over all articles."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from samestory import tables
from samestory.cleaning import removed_lines
from samestory.errors import CorpusError
from samestory.measures.quotes import count_speakers, link_speakers
from samestory.measures.terms import distinctive_terms
from samestory.stories import align_stories, align_storylines, mark_reprints
from samestory.study.batches import Pipeline
from samestory.study.batches.merging import measured_tables

__all__ = ["STEPS", "measure_shard", "measured", "usable"]

#: The steps of :func:`compare`, in order, as told to ``progress``.
STEPS = (
    "read articles",
    "clean pages",
    "align stories",
    "find reprints",
    "measure sentences and quotes",
    "count speakers and terms",
    "compare outlets",
)

#: Articles that cannot be measured; they stay in the articles table.
_NOT_MEASURED = ("unreadable", "no_text", "furniture_only", "no_outlet", "quarantined")


def usable(articles: pd.DataFrame) -> pd.Series[bool]:
    """Say which articles can be measured: those with text and outlet."""
    return ~tables.has_flag(articles, *_NOT_MEASURED) & (articles["text"].str.strip() != "")


def measured(
    raw: pd.DataFrame,
    codebook: pd.DataFrame,
    pipeline: Pipeline,
    *,
    clean: bool,
    stories: str,
    corrections: pd.DataFrame,
    tell: Callable[[str], None],
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Clean and measure the articles batch by batch; align them meanwhile, which needs all of them.

    Parameters
    ----------
    raw : DataFrame
        Articles table in the order of the ids.
    codebook : DataFrame
        Topics to look for.
    pipeline : Pipeline
        Who does the work.
    clean, stories, corrections
        As in :func:`samestory.compare`.
    tell : callable
        Told each step as it begins.

    Returns
    -------
    (DataFrame, dict of str to DataFrame)
        The articles, and the tables made of them; ``news_neutral`` goes beside ``scores``.
    """
    tables.check(raw, tables.ARTICLES, need=["story_id"] if stories == "given" else [])
    tell(STEPS[1])
    articles, lines = _cleaned(raw, pipeline) if clean else (raw, removed_lines(raw[:0]))
    if not usable(articles).any():
        raise CorpusError(
            f"none of the {len(raw)} articles has a text and an outlet",
            hint="look at the column flags of read_corpus for the reasons",
        )
    measures = pipeline.begin_measures(articles[usable(articles)], codebook)
    tell(STEPS[2])
    if stories == "align":
        articles = align_storylines(align_stories(articles, corrections=corrections))
    tell(STEPS[3])
    articles = mark_reprints(articles)
    tell(STEPS[4])
    found = measures()
    articles = _quarantined(articles, found.lost)
    used = articles[usable(articles)]
    measured = measured_tables(found.pieces, used)
    tell(STEPS[5])
    quotes = link_speakers(measured["quotes"])
    outlets = sorted(used["outlet"].dropna().unique())
    return articles, {
        "articles": articles,
        "removed_lines": lines,
        "scores": measured["scores"],
        "quotes": quotes,
        "speakers": count_speakers(quotes),
        "topic_shares": measured["topic_shares"],
        "terms": distinctive_terms(measured["scores"], exclude=outlets),
        "news_neutral": measured["news_neutral"],
    }


def _cleaned(raw: pd.DataFrame, pipeline: Pipeline) -> tuple[pd.DataFrame, pd.DataFrame]:
    articles, lines, lost = pipeline.clean(raw)
    return _quarantined(articles, lost), lines


def _quarantined(articles: pd.DataFrame, lost: frozenset[str]) -> pd.DataFrame:
    """Mark the articles with which worker after worker was lost."""
    if not lost:
        return articles
    return tables.add_flag(articles, articles["article_id"].isin(lost), "quarantined")


def measure_shard(
    raw: pd.DataFrame, codebook: pd.DataFrame, pipeline: Pipeline, *, clean: bool, tell: Callable[[str], None]
) -> None:
    """Clean the articles and measure the pipeline's shard of them; the results stay in its store."""
    tell(STEPS[1])
    articles = _cleaned(raw, pipeline)[0] if clean else raw
    tell(STEPS[4])
    pipeline.begin_measures(articles[usable(articles)], codebook)()
