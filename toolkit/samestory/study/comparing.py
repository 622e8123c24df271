"""All that is made of the measures of a whole corpus: counts, terms, comparisons, the register of tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import pandas as pd

from samestory.comparison import describe_over_time
from samestory.stories import story_coverage
from samestory.study.batches.pieces import Pieces
from samestory.study.batches.steps import Tables
from samestory.study.emphasis import emphasis_tables, register_of, terms_of
from samestory.study.estimates import compared, spoken
from samestory.study.measuring import heard_in
from samestory.study.prepare import measurable, usable
from samestory.study.sentiment import sentiment_tables
from samestory.study.tables import StudyTables

__all__ = ["compared_tables", "counted_tables"]


def counted_tables(tables: StudyTables, quotes: Pieces) -> Tables:
    """Count who is heard, and weigh the words of the outlets.

    Parameters
    ----------
    tables : StudyTables
        ``articles`` and ``scores``.
    quotes : Pieces
        Attributions as the batches found them.

    Returns
    -------
    dict of str to DataFrame
        ``speakers``, ``speaker_kinds``, ``diversity``, ``terms``, ``term_lines``, and ``names``, how speakers
        were linked.
    """
    used = tables["articles"][measurable(tables["articles"])]
    return heard_in(quotes) | terms_of(tables, sorted(used["outlet"].dropna().unique()))


def compared_tables(
    tables: StudyTables,
    tone: pd.DataFrame,
    *,
    sampling: Literal["all", "query", "story", "unknown"],
    actors: Mapping[str, Iterable[str]] | pd.DataFrame | None,
    topic_model: bool,
    **shared: Any,
) -> Tables:
    """Compare the outlets, and list every test.

    Parameters
    ----------
    tables : StudyTables
        ``articles``, ``scores``, ``topic_shares`` and ``prominence``.
    tone : DataFrame
        Means of each article and voice (:func:`~samestory.study.batches.averages.article_means`), with the
        columns of the article.
    sampling : str
        How the articles were drawn (:func:`samestory.story_coverage`).
    actors, topic_model
        As in :func:`samestory.compare`.
    **shared
        ``reference``, ``level``, ``adjust`` and ``seed`` of :func:`samestory.compare`.

    Returns
    -------
    dict of str to DataFrame
        The further tables of a study.
    """
    articles = tables["articles"]
    used = articles[measurable(articles)]
    made = {"coverage": story_coverage(articles[usable(articles)], sampling=sampling)}
    reprints = bool(articles["reprint_of"].notna().any())
    made |= compared(tone, tables["topic_shares"], reprints=reprints, **shared)
    made["over_time"] = describe_over_time(
        spoken(tone, "own"),
        "compound",
        articles=_dated(used),
        level=shared["level"],
        label="tone, own voice",
    )
    made |= sentiment_tables(tone, tables, **shared)
    groups = sorted(tone["outlet"].dropna().unique())
    shared["groups"] = groups
    made |= emphasis_tables(tables | made, actors=actors, topic_model=topic_model, **shared)
    return made | {"families": register_of(made)}


def _dated(articles: pd.DataFrame) -> pd.DataFrame:
    """Give a corpus without dates a column of missing ones."""
    if "published" in articles.columns:
        return articles
    return articles.assign(published=pd.Series(pd.NaT, index=articles.index, dtype="datetime64[us, UTC]"))
