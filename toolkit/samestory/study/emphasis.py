"""What a study says beyond its main estimates: prominence, naming, a topic model, and what was tested in all.

Each of these questions is a family of tests of its own; the register (``families``) lists every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from samestory import tables
from samestory.comparison import compare_measures, leave_one_out, list_families
from samestory.measures.naming import actor_descriptions, description_shares
from samestory.study.tables import StudyTables
from samestory.study.topics import compare_topics

__all__ = ["emphasis_tables", "register_of"]

_PLACES = {"in_headline": "headline", "in_lede": "lede", "body_share": "body"}
#: Estimates tables of a study, in the order of the register.
_ESTIMATES = (
    "estimates",
    "estimates_prominence",
    "estimates_naming",
    "estimates_topics",
    "estimates_without_reprints",
    "estimates_news_neutral",
)


def emphasis_tables(
    result: StudyTables,
    *,
    actors: Mapping[str, Any] | pd.DataFrame | None,
    topic_model: bool,
    **options: Any,
) -> dict[str, pd.DataFrame]:
    """Make the further tables of emphasis.

    Parameters
    ----------
    result : StudyTables
        Tables of the study so far: ``scores``, ``prominence`` and ``pairs``.
    actors : mapping or DataFrame, optional
        Actors whose naming is compared, in the outlets' own and mixed voice.
    topic_model : bool
        Fit a topic model.
    **options
        Options of :func:`samestory.compare_measures`: ``groups``, ``reference``, ``level``, ``adjust``,
        ``seed``.

    Returns
    -------
    dict of str to DataFrame
        ``estimates_prominence``, ``leave_one_out``; with actors ``descriptions``,
        ``description_shares`` and ``estimates_naming``; with a topic model ``topic_grid``, ``model_topics``,
        ``topic_prevalence``, ``topic_intrusion`` and ``estimates_topics``.
    """
    found = result.coded("prominence")
    parts = (
        (f"{topic}, {place}", tables.without_categories(found[found["topic"] == topic]), column)
        for column, place in _PLACES.items()
        for topic in found["topic"].unique()
    )
    out = {
        "estimates_prominence": compare_measures(parts, family="prominence", **options),
        "leave_one_out": leave_one_out(result["pairs"], level=options["level"], seed=options["seed"]),
    }
    if actors is not None:
        out |= _naming(result["scores"], actors, options)
    return out | (_modelled(result["scores"], options) if topic_model else {})


def _naming(
    scores: pd.DataFrame, actors: Mapping[str, Any] | pd.DataFrame, options: dict[str, Any]
) -> dict[str, pd.DataFrame]:
    """Find what outlets call the actors where they speak themselves, and which of it differs."""
    descriptions = actor_descriptions(scores[scores["voice"] != "quoted"], actors)
    shares = description_shares(descriptions)
    parts = [
        (f"{actor}: {kind} “{said}”", rows, "share")
        for (actor, kind, said), rows in shares.groupby(["actor", "kind", "description"])
    ]
    out = {"descriptions": descriptions, "description_shares": shares}
    if parts:
        out["estimates_naming"] = compare_measures(parts, family="naming", **options)
    return out


def _modelled(scores: pd.DataFrame, options: dict[str, Any]) -> dict[str, pd.DataFrame]:
    from samestory.measures.topic_model import fit_topics, intrusion_sheet  # slow to import

    model = fit_topics(scores, seed=options["seed"])
    return {
        "topic_grid": model.grid,
        "model_topics": model.topics,
        "topic_prevalence": model.prevalence,
        "topic_intrusion": intrusion_sheet(model, seed=options["seed"]),
        "estimates_topics": compare_topics(model, **options),
    }


def register_of(result: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """List every family of tests of a study, with the table that holds it.

    Returns
    -------
    DataFrame
        As :func:`samestory.list_families`, with the column ``table`` in front.
    """
    held = [name for name in _ESTIMATES if name in result and len(result[name])]
    listed = [list_families(result[name]).assign(table=name) for name in held]
    columns = ["table", *list_families().columns]
    return pd.concat(listed, ignore_index=True)[columns] if listed else pd.DataFrame(columns=columns)
