"""Every table of the toolkit: what one row is, its key, its columns with units, and ``check``.

All tables are plain DataFrames. Columns beyond the ones listed here are allowed and travel along.
Unknown is missing (``NA`` / ``NaT``), never ``"Unknown"`` and never 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from samestory.tables.articles import ARTICLES, CORRECTIONS, COVERAGE, FILES, LINES, LINKS
from samestory.tables.categories import without_categories
from samestory.tables.characters import whole_characters
from samestory.tables.checking import check
from samestory.tables.declaration import Column, Table, only
from samestory.tables.emphasis import (
    ACTORS,
    CODEBOOK,
    DESCRIPTION_SHARES,
    DESCRIPTIONS,
    PROMINENCE,
    TERM_LINES,
    TERMS,
    TOPIC_SHARES,
)
from samestory.tables.estimates import ESTIMATES, FAMILIES, GROUPS, LEAVE_ONE_OUT, OVER_TIME, PAIRS
from samestory.tables.flags import FLAGS, add_flag, has_flag
from samestory.tables.quality import DUPLICATES, MONTHS, OUTLET_QUALITY, QUALITY_COUNTS, QUALITY_WARNINGS
from samestory.tables.quotes import DIVERSITY, QUOTES, SPEAKER_KINDS, SPEAKERS
from samestory.tables.sentences import SCORES, SENTENCES
from samestory.tables.sentiment import MENTIONS, SENTIMENT, SENTIMENT_WARNINGS, TARGETS, WORD_SHIFT
from samestory.tables.sharing import FETCHES, HYDRATION, SHARED_ARTICLES
from samestory.tables.topic_model import MODEL_TOPICS, TOPIC_GRID, TOPIC_INTRUSION, TOPIC_PREVALENCE

__all__ = [
    "ACTORS",
    "ARTICLES",
    "CODEBOOK",
    "CORRECTIONS",
    "COVERAGE",
    "DESCRIPTIONS",
    "DESCRIPTION_SHARES",
    "DIVERSITY",
    "DUPLICATES",
    "ESTIMATES",
    "FAMILIES",
    "FETCHES",
    "FILES",
    "FLAGS",
    "GROUPS",
    "HYDRATION",
    "LEAVE_ONE_OUT",
    "LINES",
    "LINKS",
    "MENTIONS",
    "MODEL_TOPICS",
    "MONTHS",
    "OUTLET_QUALITY",
    "OVER_TIME",
    "PAIRS",
    "PROMINENCE",
    "QUALITY_COUNTS",
    "QUALITY_WARNINGS",
    "QUOTES",
    "SCORES",
    "SENTENCES",
    "SENTIMENT",
    "SENTIMENT_WARNINGS",
    "SHARED_ARTICLES",
    "SPEAKERS",
    "SPEAKER_KINDS",
    "TABLES",
    "TARGETS",
    "TERMS",
    "TERM_LINES",
    "TOPIC_GRID",
    "TOPIC_INTRUSION",
    "TOPIC_PREVALENCE",
    "TOPIC_SHARES",
    "WORD_SHIFT",
    "Column",
    "Table",
    "add_flag",
    "check",
    "describe_columns",
    "has_flag",
    "only",
    "whole_characters",
    "without_categories",
]

TABLES: Mapping[str, Table] = MappingProxyType(
    {
        t.name: t
        for t in (
            FILES,
            ARTICLES,
            LINES,
            LINKS,
            CORRECTIONS,
            SENTENCES,
            SCORES,
            SENTIMENT,
            WORD_SHIFT,
            MENTIONS,
            TARGETS,
            QUOTES,
            SPEAKERS,
            SPEAKER_KINDS,
            DIVERSITY,
            CODEBOOK,
            TOPIC_SHARES,
            PROMINENCE,
            TERMS,
            TERM_LINES,
            ACTORS,
            DESCRIPTIONS,
            DESCRIPTION_SHARES,
            TOPIC_GRID,
            MODEL_TOPICS,
            TOPIC_PREVALENCE,
            TOPIC_INTRUSION,
            COVERAGE,
            GROUPS,
            OVER_TIME,
            PAIRS,
            ESTIMATES,
            OUTLET_QUALITY,
            MONTHS,
            QUALITY_COUNTS,
            DUPLICATES,
            QUALITY_WARNINGS,
            LEAVE_ONE_OUT,
            FAMILIES,
            SHARED_ARTICLES,
            HYDRATION,
            FETCHES,
        )
    }
)


def describe_columns() -> pd.DataFrame:
    """List every column of every table: a data dictionary to travel with results.

    Returns
    -------
    DataFrame
        One row per table and column: ``table``, ``row`` (what one row is), ``column``, ``kind``, ``in_key``,
        ``always_there``, ``may_be_missing``, ``meaning`` (with unit).

    Examples
    --------
    >>> columns = describe_columns()
    >>> columns.loc[columns["in_key"] & (columns["table"] == "coverage"), "column"].tolist()
    ['story_id', 'outlet']
    """
    return pd.DataFrame(
        [
            {
                "table": table.name,
                "row": table.row,
                "column": name,
                "kind": column.kind,
                "in_key": name in table.key,
                "always_there": column.required,
                "may_be_missing": column.nullable,
                "meaning": column.meaning,
            }
            for table in TABLES.values()
            for name, column in table.columns.items()
        ]
    )
