"""The measured tables of a study: cleaning and measures by batch, stories and links over all articles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from samestory import tables
from samestory.measures.quotes import SpeakerNames, count_speaker_kinds, count_speakers, speaker_diversity
from samestory.stories import (
    Spread,
    align_counted,
    bags_of,
    reprints_read,
    storylines_counted,
    usable_rows,
)
from samestory.study.batches import Cleaned, Pipeline
from samestory.study.batches.coded import coded
from samestory.study.batches.memory import give_back
from samestory.study.batches.merging import measured_tables
from samestory.study.batches.pieces import Pieces
from samestory.study.batches.plan import content_key
from samestory.study.batches.shelf import PieceTexts, Shelf
from samestory.study.batches.steps import Cleaning, Tables
from samestory.study.prepare import check_measurable, measurable
from samestory.study.tables import StudyTables

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
    articles: Shelf,
    codebook: pd.DataFrame,
    pipeline: Pipeline,
    *,
    made_of: Sequence[str],
    stories: str,
    corrections: pd.DataFrame,
    tell: Callable[[str], None],
) -> tuple[pd.DataFrame, dict[str, Pieces]]:
    """Measure the articles batch by batch; align them meanwhile, which needs all of them.

    Parameters
    ----------
    articles : Shelf
        Cleaned articles in the order of the ids.
    codebook : DataFrame
        Topics to look for.
    pipeline : Pipeline
        Who does the work.
    made_of : sequence of str
        Keys of the results that hold the texts, where these are in a store.
    stories, corrections
        As in :func:`samestory.compare`.
    tell : callable
        Told each step as it begins.

    Returns
    -------
    (DataFrame, dict of str to Pieces)
        What is known of the articles, their stories among it, and what was measured of them.
    """
    known = articles.known
    measures = pipeline.begin_measures(articles, np.flatnonzero(measurable(known)), codebook)
    tell(STEPS[2])

    def key() -> str:
        read = known[[c for c in _READ if c in known.columns]]
        return content_key(read, made_of, stories, content_key(corrections), of="corpus")

    def told() -> Tables:
        with pipeline.one_aside():
            told = _told(articles, corrections, stories=stories, tell=tell, spread=pipeline.spread())
            return {"told": told}

    found = StudyTables(pipeline.once("stories", key, told))["told"]
    known = known.assign(**{c: found[c].array for c in found.columns if c != "article_id"})
    tell(STEPS[4])
    done = measures()
    pipeline.let_go()
    known = _quarantined(known, done.lost)
    check_measurable(known)
    return known, measured_tables(done.results, known[measurable(known)])


def _told(
    articles: Shelf,
    corrections: pd.DataFrame,
    *,
    stories: str,
    tell: Callable[[str], None],
    spread: Spread | None,
) -> pd.DataFrame:
    """Find stories, storylines and reprints."""
    aligned = _aligned(articles, corrections, spread) if stories == "align" else articles.known
    tell(STEPS[3])
    marked = reprints_read(aligned, articles.read(np.arange(len(articles))))
    return marked[["article_id", *(c for c in _TOLD if c in marked.columns)]]


def _aligned(articles: Shelf, corrections: pd.DataFrame, spread: Spread | None) -> pd.DataFrame:
    """Find stories and storylines by words that are counted once."""
    rows = usable_rows(articles.known)
    bags = bags_of(articles.known.iloc[rows], articles.read(rows))
    aligned = align_counted(articles.known, rows, bags, corrections=corrections, spread=spread)
    return storylines_counted(aligned, rows, bags, spread=spread)


#: What stories and reprints are found by, and what is then known of an article.
_READ = ("article_id", "outlet", "title", "published", "flags", "story_id", "byline", "credit", "agency")
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
    heard = coded(quotes.each(_COUNTED)) if len(quotes) else quotes.whole(_COUNTED)
    names = SpeakerNames(heard)
    give_back()  # what it took to link them
    linked = names.applied(heard).drop(columns=["speaker", "story_id"])
    del heard
    made = {}
    for name, count in _COUNTS.items():
        give_back()  # what the step before took
        made[name] = count(linked)
    return made | {"names": names.table()}


def named(quotes: Pieces, names: pd.DataFrame) -> Pieces:
    """Let the linked names be applied to each piece when it is read."""
    return replace(quotes, finish=_Linked(SpeakerNames.of_table(names), quotes.finish))


@dataclass(frozen=True)
class _Linked:
    """Applies the linked names to a piece; a class, so that it can be sent to a worker."""

    names: SpeakerNames
    before: Callable[[pd.DataFrame], pd.DataFrame]

    def __call__(self, piece: pd.DataFrame) -> pd.DataFrame:
        return self.names.applied(self.before(piece))


_COUNTS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "speakers": count_speakers,
    "speaker_kinds": count_speaker_kinds,
    "diversity": speaker_diversity,
}
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


def cleaned(raw: Shelf, pipeline: Pipeline, how: Cleaning) -> tuple[Shelf, Cleaned]:
    """Clean the articles batch by batch, or refuse them if none is left that can be measured.

    Returns
    -------
    (Shelf, Cleaned)
        The cleaned articles, and the pieces they are in.
    """
    made = pipeline.clean(raw, how)
    columns = made.articles.columns()
    known = made.articles.whole([c for c in columns if c != "text"])
    sizes = made.sizes.whole()
    known = _quarantined(known.assign(**{c: sizes[c].array for c in sizes.columns}), made.lost)
    check_measurable(known)
    return Shelf(known, PieceTexts(made.articles), columns), made


def _quarantined(articles: pd.DataFrame, lost: frozenset[str]) -> pd.DataFrame:
    """Mark the articles with which worker after worker was lost."""
    if not lost:
        return articles
    return tables.add_flag(articles, articles["article_id"].isin(lost), "quarantined")


def measure_shard(
    raw: Shelf,
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
    pipeline.begin_measures(articles, np.flatnonzero(measurable(articles.known)), codebook)()
