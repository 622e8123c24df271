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
from samestory.study.batches.plan import content_key
from samestory.study.batches.steps import Cleaning, Tables
from samestory.study.prepare import check_measurable, measurable

__all__ = ["STEPS", "cleaned", "heard_in", "measure_shard", "measured", "named"]

#: The steps of :func:`compare`, in order, as told to ``progress``.
STEPS = (
    "read articles",
    "clean pages",
    "align stories",
    "find reprints",
    "measure sentences and quotes",
    "compare outlets",
)


def measured(
    articles: pd.DataFrame,
    codebook: pd.DataFrame,
    pipeline: Pipeline,
    *,
    stories: str,
    corrections: pd.DataFrame,
    tell: Callable[[str], None],
) -> tuple[pd.DataFrame, dict[str, Pieces]]:
    """Measure the articles batch by batch; align them meanwhile, which needs all of them.

    Parameters
    ----------
    articles : DataFrame
        Cleaned articles in the order of the ids.
    codebook : DataFrame
        Topics to look for.
    pipeline : Pipeline
        Who does the work.
    stories, corrections
        As in :func:`samestory.compare`.
    tell : callable
        Told each step as it begins.

    Returns
    -------
    (DataFrame, dict of str to Pieces)
        The articles with their stories, and what was measured of them.
    """
    measures = pipeline.begin_measures(articles[measurable(articles)], codebook)
    tell(STEPS[2])

    def told() -> pd.DataFrame:
        aligned = articles
        if stories == "align":
            aligned = align_storylines(align_stories(articles, corrections=corrections))
        tell(STEPS[3])
        marked = mark_reprints(aligned)
        return marked[["article_id", *(c for c in _TOLD if c in marked.columns)]]

    def key() -> str:
        read = articles[[c for c in _READ if c in articles.columns]]
        return content_key(read, stories, content_key(corrections), of="corpus")

    found = pipeline.once("stories", key, lambda: {"told": told()})["told"]
    articles = articles.assign(**{c: found[c].array for c in found.columns if c != "article_id"})
    tell(STEPS[4])
    done = measures()
    pipeline.let_go()
    articles = _quarantined(articles, done.lost)
    check_measurable(articles)
    return articles, measured_tables(done.results, articles[measurable(articles)])


#: What stories and reprints are found by, and what is then known of an article.
_READ = ("article_id", "outlet", "title", "text", "published", "flags", "story_id")
_TOLD = (
    "story_id",
    "story_probability",
    "storyline_id",
    "reprint_of",
    "reprint_share",
    "reprint_kind",
    "agency",
)


def heard_in(quotes: Pieces) -> Tables:
    """Count who is heard, speakers linked across articles; ``names`` says how they were linked."""
    heard = quotes.whole(_COUNTED)
    names = SpeakerNames(heard)
    linked = names.applied(heard)
    return {
        "speakers": count_speakers(linked),
        "speaker_kinds": count_speaker_kinds(linked),
        "diversity": speaker_diversity(linked),
        "names": names.table(),
    }


def named(quotes: Pieces, names: pd.DataFrame) -> Pieces:
    """Let the linked names be applied to each piece when it is read."""
    linked = SpeakerNames.of_table(names)
    return replace(quotes, finish=lambda piece: linked.applied(quotes.finish(piece)))


#: What is counted of an attribution.
_COUNTED = (
    "article_id",
    "start",
    "quoted_words",
    "speaker",
    "speaker_kind",
    "speaker_resolved",
    "outlet",
    "story_id",
)


def cleaned(raw: pd.DataFrame, pipeline: Pipeline, how: Cleaning) -> tuple[pd.DataFrame, Pieces]:
    """Clean the articles batch by batch, or refuse them if none is left that can be measured.

    Returns
    -------
    (DataFrame, Pieces)
        The articles, those lost with their worker marked as ``quarantined``; and the lines table.
    """
    articles, lines, lost = pipeline.clean(raw, how)
    articles = _quarantined(articles, lost)
    check_measurable(articles)
    return articles, lines


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
    articles, _ = cleaned(raw, pipeline, how)
    tell(STEPS[4])
    pipeline.begin_measures(articles[measurable(articles)], codebook)()
