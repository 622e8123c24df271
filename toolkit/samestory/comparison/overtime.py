"""A measure over time, described period by period."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy import stats

from samestory import tables
from samestory.errors import OptionError, TableError

__all__ = ["describe_over_time"]

_PERIODS: Mapping[str, str] = MappingProxyType({"day": "D", "week": "W-SUN", "month": "M", "year": "Y"})
_FEWEST = 3  # articles from which an interval is given


def describe_over_time(
    table: pd.DataFrame,
    measure: str,
    *,
    articles: pd.DataFrame | None = None,
    by: str = "outlet",
    every: str = "week",
    level: float = 0.95,
    label: str | None = None,
) -> pd.DataFrame:
    """Describe each group on one measure, period by period.

    Parameters
    ----------
    table : DataFrame
        Any table with ``article_id``, ``measure`` and ``by``, such as scores.
    measure : str
        A numeric column of ``table``.
    articles : DataFrame, optional
        Articles table with the dates (``published``); not needed where ``table`` has them.
    by : str, default "outlet"
        Column that names the groups.
    every : {"day", "week", "month", "year"}
        Length of a period, in UTC; weeks begin on Monday.
    level : float, default 0.95
        Coverage of the intervals.
    label : str, optional
        Name of the measure in the result; by default that of the column.

    Returns
    -------
    DataFrame
        Over-time table: one row per group and period from the first to the last, with missing numbers where
        the group has no article. Means are taken over the sentences of an article, then over articles; the t
        interval over articles is given from three articles on. A description: outlets that tell different
        stories differ in what happened, too. Articles without a date have no period and are left out.

    Raises
    ------
    TableError
        A column is missing.
    OptionError
        ``every`` or ``level`` cannot be used.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "A"], "story_id": ["s", "t"],
    ...     "compound": [0.2, 0.4], "published": pd.to_datetime(["2031-03-04", "2031-03-18"], utc=True)})
    >>> describe_over_time(table, "compound")[["start", "mean", "n_articles"]]
                          start  mean  n_articles
    0 2031-03-03 00:00:00+00:00   0.2           1
    1 2031-03-10 00:00:00+00:00   NaN           0
    2 2031-03-17 00:00:00+00:00   0.4           1
    """
    if every not in _PERIODS:
        raise OptionError(f"every is one of {', '.join(_PERIODS)}; '{every}' was found")
    if not 0 < level < 1:
        raise OptionError(f"level is between 0 and 1; {level} was found")
    dated = _with_dates(table, articles, [measure, by])
    known = dated.dropna(subset=[measure, by, "published"])
    period = known["published"].dt.tz_convert("UTC").dt.tz_localize(None).dt.to_period(_PERIODS[every])
    means = (
        known.assign(_period=period)
        .groupby([by, "_period", "article_id"], sort=True)
        .agg(value=(measure, "mean"), story=("story_id", "first"))
    )
    out = means.groupby(level=[0, 1]).agg(
        mean=("value", "mean"),
        sd=("value", "std"),
        n_articles=("value", "size"),
        n_stories=("story", "nunique"),
    )
    out = _complete(out, period)
    half = stats.t.ppf((1 + level) / 2, np.maximum(out["n_articles"] - 1, 1)) * out["sd"]
    half = (half / np.sqrt(out["n_articles"].clip(lower=1))).where(out["n_articles"] >= _FEWEST)
    out = out.assign(
        measure=label or measure,
        start=[p.start_time for p in out["_period"]],
        low=out["mean"] - half,
        high=out["mean"] + half,
        level=level,
    )
    out["start"] = pd.to_datetime(out["start"]).astype("datetime64[us]").dt.tz_localize("UTC")
    out = out.astype({"mean": "float64", "low": "float64", "high": "float64"})
    return tables.check(out[list(tables.OVER_TIME.columns)], tables.OVER_TIME)


def _with_dates(table: pd.DataFrame, articles: pd.DataFrame | None, need: list[str]) -> pd.DataFrame:
    lacking = [c for c in ("article_id", *need) if c not in table.columns]
    if lacking:
        raise TableError(f"the table has no column '{lacking[0]}'", hint="name a column that it has")
    if articles is not None:
        tables.check(articles, tables.ARTICLES, need=["published"])
        dates = articles[["article_id", "published"]]
        table = table.drop(columns="published", errors="ignore").merge(dates, on="article_id", how="left")
    if "published" not in table.columns:
        raise TableError("the table has no dates", hint="pass the articles table as articles=…")
    return table if "story_id" in table.columns else table.assign(story_id=None)


def _complete(out: pd.DataFrame, period: pd.Series[pd.Period]) -> pd.DataFrame:
    """Give every group a row for every period from the first to the last."""
    if out.empty:
        columns = ["group", "_period", "mean", "sd", "n_articles", "n_stories"]
        return pd.DataFrame(
            {c: pd.Series(dtype="object" if i < 2 else "float64") for i, c in enumerate(columns)}
        )
    every = pd.period_range(period.min(), period.max(), freq=period.dt.freq)
    groups = out.index.get_level_values(0).unique()
    full = out.reindex(pd.MultiIndex.from_product([groups, every], names=["group", "_period"])).reset_index()
    return full.fillna({"n_articles": 0, "n_stories": 0}).astype(
        {"n_articles": "int64", "n_stories": "int64"}
    )
