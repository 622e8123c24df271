"""The measured tables of a study: cleaning and measures by batch, stories and links over all articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from samestory import tables
from samestory.measures.quotes import SpeakerNames, count_speaker_kinds, count_speakers, speaker_diversity
from samestory.stories import align_stories, align_storylines, mark_reprints
from samestory.study.batches import Pipeline
from samestory.study.batches.merging import measured_tables
from samestory.study.batches.pieces import Pieces
from samestory.study.batches.steps import Cleaning
from samestory.study.prepare import check_measurable, measurable
from samestory.study.tables import StudyTables, held

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
) -> tuple[StudyTables, pd.DataFrame]:
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
    (StudyTables, DataFrame)
        ``articles``, ``lines`` and the tables made of them; and the means of each article and voice
        (:func:`~samestory.study.batches.averages.article_means`).
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
    made = measured_tables(found.results, used)
    tell(STEPS[5])
    heard, names = _linked(made["quotes"])
    out: dict[str, pd.DataFrame | Pieces] = {
        "articles": articles,
        "lines": held(lines),
        "scores": held(made["scores"]),
        "quotes": held(_named(made["quotes"], names)),
        "speakers": count_speakers(heard),
        "speaker_kinds": count_speaker_kinds(heard),
        "diversity": speaker_diversity(heard),
        **{name: made[name].whole() for name in ("topic_shares", "prominence")},
    }
    return StudyTables(out), made["tone"].whole()


#: What is counted of an attribution.
_COUNTED = ("article_id", "start", "quoted_words", "speaker", "speaker_kind", "speaker_resolved")


def _linked(quotes: Pieces) -> tuple[pd.DataFrame, SpeakerNames]:
    """Return what is counted of the attributions, speakers linked across articles, and the links."""
    heard = quotes.finish(quotes.whole(_COUNTED))
    names = SpeakerNames(heard)
    return names.applied(heard), names


def _named(quotes: Pieces, names: SpeakerNames) -> Pieces:
    """Let the links be applied to each piece when it is read."""
    return replace(quotes, finish=lambda piece: names.applied(quotes.finish(piece)))


def _cleaned(raw: pd.DataFrame, pipeline: Pipeline, how: Cleaning) -> tuple[pd.DataFrame, Pieces]:
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
