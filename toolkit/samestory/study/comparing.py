"""All that is made of the means of a whole corpus: comparisons, and the register of tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from samestory.comparison import describe_over_time
from samestory.study.batches.steps import Tables
from samestory.study.emphasis import emphasis_tables, register_of
from samestory.study.estimates import compared, spoken
from samestory.study.sentiment import sentiment_tables
from samestory.study.tables import StudyTables

__all__ = ["compared_tables"]


def compared_tables(
    tables: StudyTables,
    means: StudyTables,
    *,
    reprints: bool,
    actors: Mapping[str, Iterable[str]] | pd.DataFrame | None,
    topic_model: bool,
    **shared: Any,
) -> Tables:
    """Compare the outlets, and list every test.

    Parameters
    ----------
    tables : StudyTables
        ``scores``, ``topic_shares`` and ``prominence``.
    means : StudyTables
        ``tone``, the means of each article and voice
        (:func:`~samestory.study.batches.averages.article_means`), with the columns of the article.
    reprints : bool
        Whether there are any, and all is to be compared again without them.
    actors, topic_model
        As in :func:`samestory.compare`.
    **shared
        ``reference``, ``level``, ``adjust`` and ``seed`` of :func:`samestory.compare`.

    Returns
    -------
    dict of str to DataFrame
        The further tables of a study.
    """
    tone = means.coded("tone")
    made = compared(tone, tables.coded("topic_shares"), reprints=reprints, **shared)
    made["over_time"] = describe_over_time(
        spoken(_dated(tone), "own"),
        "compound",
        level=shared["level"],
        label="tone, own voice",
    )
    made |= sentiment_tables(tone, tables, **shared)
    groups = sorted(tone["outlet"].dropna().unique())
    shared["groups"] = groups
    made |= emphasis_tables(tables | made, actors=actors, topic_model=topic_model, **shared)
    return made | {"families": register_of(made)}


def _dated(tone: pd.DataFrame) -> pd.DataFrame:
    """Give the means of a corpus without dates a column of missing ones."""
    if "published" in tone.columns:
        return tone
    return tone.assign(published=pd.Series(pd.NaT, index=tone.index, dtype="datetime64[us, UTC]"))
