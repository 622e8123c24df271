"""Sensitivity: whether one story carries the result."""

from __future__ import annotations

import numpy as np
import pandas as pd

from samestory import tables
from samestory.comparison.inference import STORIES_TO_TEST, sign_flip_test

__all__ = ["leave_one_out"]

_KEY = ["measure", "group", "reference"]


def leave_one_out(pairs: pd.DataFrame, *, level: float = 0.95, seed: int = 2026) -> pd.DataFrame:
    """Estimate each difference again with one story left out at a time.

    Parameters
    ----------
    pairs : DataFrame
        Pairs table (:func:`samestory.pair_stories`).
    level : float, default 0.95
        Coverage of the intervals.
    seed : int, default 2026
        Seed of the sampled test beyond 40 stories.

    Returns
    -------
    DataFrame
        One row per measure, pair of groups and story left out (``without``): ``estimate``, ``low``, ``high``
        (t interval, from three remaining stories), ``p`` (sign-flip, from six that differ), ``n_stories``
        and ``shift``, the estimate less the estimate of all stories. Sorted by falling size of the shift.
        Pairs with fewer than two stories have no row. A look at robustness, not a new family of tests.

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
    from scipy import stats  # slow to import, needed only here

    tables.check(pairs, tables.PAIRS)
    rows = []
    for key, part in pairs.groupby(_KEY, sort=True):
        d = part["difference"].to_numpy(dtype=float)
        for i, story in enumerate(part["story_id"] if d.size > 1 else []):
            kept = np.delete(d, i)
            row = dict(zip(_KEY, key, strict=True)) | {"without": story, "estimate": kept.mean()}
            row |= {"low": np.nan, "high": np.nan, "p": np.nan, "n_stories": kept.size}
            if kept.size >= 3:
                half = stats.t.ppf((1 + level) / 2, kept.size - 1) * stats.sem(kept)
                row |= {"low": kept.mean() - half, "high": kept.mean() + half}
            if (np.abs(kept) > 1e-12).sum() >= STORIES_TO_TEST:
                row["p"] = sign_flip_test(kept, seed=seed)
            rows.append(row | {"shift": kept.mean() - d.mean()})
    columns = [*_KEY, "without", "estimate", "low", "high", "p", "n_stories", "shift"]
    out = pd.DataFrame(rows, columns=columns)
    order = out["shift"].astype(float).abs()
    return (
        out.assign(order=-order)
        .sort_values([*_KEY, "order", "without"], ignore_index=True)
        .drop(columns="order")
    )
