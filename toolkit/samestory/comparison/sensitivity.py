"""Sensitivity: whether one story carries the result."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables
from samestory.comparison.inference import STORIES_TO_TEST, t_quantile
from samestory.comparison.resampling import flipped_without_one

__all__ = ["leave_one_out"]

Array = NDArray[np.float64]
_KEY = ["measure", "group", "reference"]
_NUMBERS = ("estimate", "low", "high", "p", "n_stories", "shift")
_AT_ONCE = 1 << 18  # differences laid out together, though every story is left out of all others: 2 MB


def leave_one_out(pairs: pd.DataFrame, *, level: float = 0.95, seed: int = 2026) -> pd.DataFrame:
    """Estimate each difference again with one story left out at a time.

    Parameters
    ----------
    pairs : DataFrame
        Pairs table (:func:`samestory.pair_stories`).
    level : float, default 0.95
        Coverage of the intervals.
    seed : int, default 2026
        Seed of the sampled test beyond 26 remaining stories.

    Returns
    -------
    DataFrame
        One row per measure, pair of groups and story left out (``without``): ``estimate``, ``low``, ``high``
        (t interval, from three remaining stories), ``p`` (sign-flip, from six that differ; exact where at
        most 26 remain, else over 9,999 patterns), ``n_stories`` and ``shift``, the estimate less the estimate
        of all stories. Sorted by falling size of the shift. Pairs with fewer than two stories have no row. A
        look at robustness, not a new family of tests.

    Raises
    ------
    TableError
        ``pairs`` is not a pairs table.

    Examples
    --------
    >>> pairs = pd.DataFrame({"measure": "tone", "group": "A", "reference": "B",
    ...     "story_id": ["s1", "s2", "s3", "s4"], "group_mean": [0.1, 0.2, 0.1, 0.9],
    ...     "reference_mean": 0.0, "difference": [0.1, 0.2, 0.1, 0.9]})
    >>> leave_one_out(pairs)[["without", "estimate", "shift"]].head(1).round(3)
      without  estimate  shift
    0      s4     0.133 -0.192
    """
    tables.check(pairs, tables.PAIRS)
    pairs = pairs.reset_index(drop=True)
    differences = pairs["difference"].to_numpy(dtype=float)
    rows, parts = [np.empty(0, dtype=np.intp)], [dict.fromkeys(_NUMBERS, np.empty(0))]
    for row in map(np.asarray, pairs.groupby(_KEY, sort=True).indices.values()):
        if row.size > 1:  # without the only story nothing is left
            rows.append(row)
            parts.append(_without_each(differences[row], level, seed))
    left_out = pairs.loc[np.concatenate(rows), [*_KEY, "story_id"]].reset_index(drop=True)
    out = left_out.rename(columns={"story_id": "without"}).assign(
        **{name: np.concatenate([part[name] for part in parts]) for name in _NUMBERS}
    )
    out["n_stories"] = out["n_stories"].astype("int64")
    order = out["shift"].abs()
    return (
        out.assign(order=-order)
        .sort_values([*_KEY, "order", "without"], ignore_index=True)
        .drop(columns="order")
    )


def _without_each(d: Array, level: float, seed: int) -> dict[str, Array]:
    """Estimate one difference without each of its stories, of which there are at least two."""
    n = d.size
    estimate, spread = np.empty(n), np.full(n, np.nan)
    for block, kept in _each_without_one(d):
        estimate[block] = kept.mean(axis=1)
        if n > 2:
            spread[block] = kept.std(axis=1, ddof=1)
    half = np.full(n, np.nan)
    if n > 3:
        half = t_quantile(level, n - 2) * spread / np.sqrt(n - 1)
    differs = np.abs(d) > 1e-12
    enough = differs.sum() - differs >= STORIES_TO_TEST
    p = np.where(enough, flipped_without_one(d, seed=seed), np.nan) if enough.any() else np.full(n, np.nan)
    return {
        "estimate": estimate,
        "low": estimate - half,
        "high": estimate + half,
        "p": p,
        "n_stories": np.full(n, n - 1.0),
        "shift": estimate - d.mean(),
    }


def _each_without_one(d: Array) -> Iterator[tuple[slice, Array]]:
    """Give for some stories at a time, a row each, the differences without that story."""
    n = d.size
    step = max(1, _AT_ONCE // n)
    for start in range(0, n, step):
        left_out = np.arange(start, min(start + step, n))
        kept = np.ones((left_out.size, n), dtype=np.bool_)
        kept[np.arange(left_out.size), left_out] = False
        yield slice(start, start + step), np.tile(d, (left_out.size, 1))[kept].reshape(-1, n - 1)
