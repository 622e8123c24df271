"""Topics of a model, compared: which outlet writes more of them, with the model's own uncertainty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from samestory import tables
from samestory.comparison import compare_measures, pair_stories

if TYPE_CHECKING:
    from samestory.measures.topic_model import TopicModel

__all__ = ["compare_topics"]

_KEY = ["measure", "group", "reference"]


def compare_topics(
    model: TopicModel,
    *,
    by: str = "outlet",
    within: str = "story_id",
    groups: Iterable[str] | None = None,
    reference: str | None = None,
    level: float = 0.95,
    adjust: Literal["holm", "fdr_bh"] = "holm",
    family: str = "topic model",
    seed: int = 2026,
) -> pd.DataFrame:
    """Compare groups on the prevalence of each topic of a model, with refits inside the bootstrap.

    Parameters
    ----------
    model : TopicModel
        As :func:`samestory.fit_topics` returns it.
    by, within, groups, reference, level, adjust, family, seed
        As in :func:`samestory.compare_groups`.

    Returns
    -------
    DataFrame
        Estimates table, one row per topic and pair of groups, with ``n_refits`` and ``refit_low``,
        ``refit_high``: estimate ± t × the standard deviation of the estimate over runs that draw stories with
        replacement, fit the model anew, and compare the stories drawn (from 20 runs and six shared stories).
        The plain interval takes the topics as given; where this one holds 0, the difference hangs on the
        model.

    Raises
    ------
    TableError
        The model's articles have no story.
    OptionError
        An option cannot be used.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). An Introduction to the Bootstrap, chapter 13. Chapman & Hall.
    """
    chosen = None if groups is None else list(groups)
    parts = [(str(topic), rows, "share") for topic, rows in model.prevalence.groupby("topic", sort=True)]
    found = compare_measures(
        parts,
        by=by,
        within=within,
        groups=chosen,
        reference=reference,
        level=level,
        adjust=adjust,
        family=family,
        seed=seed,
    )
    again = [
        _estimates(rows, by=by, within=within, groups=chosen, reference=reference)
        for _, rows in model.refits.groupby("run")
    ]
    if not again:
        return found.assign(n_refits=0, refit_low=np.nan, refit_high=np.nan)
    spread = pd.concat(again).groupby(_KEY)["estimate"].agg(n_refits="count", refit_sd="std")
    out = found.join(spread, on=_KEY)
    return tables.check(_with_interval(out, level), tables.ESTIMATES)


def _with_interval(out: pd.DataFrame, level: float) -> pd.DataFrame:
    from scipy import stats  # slow to import, needed only here

    told = (out["n_refits"] >= 20) & (out["n_stories"] >= 6)
    half = stats.t.ppf((1 + level) / 2, np.maximum(out["n_stories"] - 1, 1)) * out["refit_sd"]
    return out.assign(
        n_refits=out["n_refits"].fillna(0).astype("int64"),
        refit_low=(out["estimate"] - half).where(told),
        refit_high=(out["estimate"] + half).where(told),
    ).drop(columns="refit_sd")


def _estimates(
    rows: pd.DataFrame, *, by: str, within: str, groups: list[str] | None, reference: str | None
) -> pd.DataFrame:
    """Mean difference of each topic over the stories of one resample, each as often as it was drawn."""
    drawn = rows[rows["drawn"] > 0]
    names = sorted(rows[by].dropna().unique()) if groups is None else groups
    times = drawn.groupby(within)["drawn"].first()
    pairs = pd.concat(
        [
            pair_stories(
                part, "share", by=by, within=within, groups=names, reference=reference, label=str(topic)
            )
            for topic, part in drawn.groupby("topic")
        ]
    )
    pairs = pairs.assign(weight=pairs["story_id"].map(times).astype(float))
    pairs = pairs.assign(total=pairs["difference"] * pairs["weight"])
    sums = pairs.groupby(_KEY)[["total", "weight"]].sum()
    return (sums["total"] / sums["weight"]).rename("estimate").reset_index()
