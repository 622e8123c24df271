"""The measured tables of a study: cleaning and measures by batch, stories and links over all articles."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from samestory import tables
from samestory.measures.quotes import count_speaker_kinds, count_speakers, link_speakers, speaker_diversity
from samestory.measures.terms import distinctive_terms, term_lines
from samestory.stories import align_stories, align_storylines, mark_reprints
from samestory.study.batches import Pipeline
from samestory.study.batches.merging import measured_tables
from samestory.study.batches.steps import Cleaning
from samestory.study.prepare import check_measurable, measurable

__all__ = ["STEPS", "measure_shard", "measured"]

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


def measured(
    raw: pd.DataFrame,
    codebook: pd.DataFrame,
    pipeline: Pipeline,
    *,
    how: Cleaning,
    stories: str,
    corrections: pd.DataFrame,
    tell: Callable[[str], None],
) -> dict[str, pd.DataFrame]:
    """Clean and measure the articles batch by batch; align them meanwhile, which needs all of them.

    Parameters
    ----------
    raw : DataFrame
        Articles table in the order of the ids.
    codebook : DataFrame
        Topics to look for.
    pipeline : Pipeline
        Who does the work.
    how : Cleaning
        How pages are cleaned.
    stories, corrections
        As in :func:`samestory.compare`.
    tell : callable
        Told each step as it begins.

    Returns
    -------
    dict of str to DataFrame
        ``articles``, ``lines``, and the tables made of them; ``news_neutral`` goes beside ``scores``.
    """
    tables.check(raw, tables.ARTICLES, need=["story_id"] if stories == "given" else [])
    tell(STEPS[1])
    articles, lines = _cleaned(raw, pipeline, how)
    check_measurable(articles)
    measures = pipeline.begin_measures(articles[measurable(articles)], codebook)
    tell(STEPS[2])
    if stories == "align":
        articles = align_storylines(align_stories(articles, corrections=corrections))
    tell(STEPS[3])
    articles = mark_reprints(articles)
    tell(STEPS[4])
    found = measures()
    articles = _quarantined(articles, found.lost)
    used = articles[measurable(articles)]
    measured = measured_tables(found.pieces, used)
    tell(STEPS[5])
    quotes = link_speakers(measured["quotes"])
    outlets = sorted(used["outlet"].dropna().unique())
    terms = distinctive_terms(measured["scores"], exclude=outlets)
    return {
        "articles": articles,
        "lines": lines,
        "scores": measured["scores"],
        "quotes": quotes,
        "speakers": count_speakers(quotes),
        "speaker_kinds": count_speaker_kinds(quotes),
        "diversity": speaker_diversity(quotes),
        "topic_shares": measured["topic_shares"],
        "terms": terms,
        "term_lines": term_lines(measured["scores"], terms),
        "news_neutral": measured["news_neutral"],
    }


def _cleaned(raw: pd.DataFrame, pipeline: Pipeline, how: Cleaning) -> tuple[pd.DataFrame, pd.DataFrame]:
    articles, lines, lost = pipeline.clean(raw, how)
    return _quarantined(articles, lost), lines


def _quarantined(articles: pd.DataFrame, lost: frozenset[str]) -> pd.DataFrame:
    """Mark the articles with which worker after worker was lost."""
    if not lost:
        return articles
    return tables.add_flag(articles, articles["article_id"].isin(lost), "quarantined")


def measure_shard(
    raw: pd.DataFrame,
    codebook: pd.DataFrame,
    pipeline: Pipeline,
    *,
    how: Cleaning,
    tell: Callable[[str], None],
) -> None:
    """Clean the articles and measure the pipeline's shard of them; the results stay in its store."""
    tell(STEPS[1])
    articles, _ = _cleaned(raw, pipeline, how)
    check_measurable(articles)
    tell(STEPS[4])
    pipeline.begin_measures(articles[measurable(articles)], codebook)()
