"""Tests and intervals on paired differences, many draws at a time; held against the engine's own rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy import stats

import samestory as ss
from samestory.comparison.inference import STORIES_TO_TEST, Paired, estimate_differences
from samestory.comparison.resampling import story_bootstraps

LEVEL = 0.95
Array = np.ndarray


def differing(d: Array) -> Array:
    """Count, for each draw (a row of differences), the stories that differ."""
    return (np.abs(d) > 1e-12).sum(axis=1)


def testable(d: Array) -> Array:
    """Tell the draws that the engine tests."""
    return differing(d) >= STORIES_TO_TEST


def exact(d: Array) -> Array:
    return np.array([ss.sign_flip_test(row, seed=i) for i, row in enumerate(d)])


def mid_p(d: Array) -> Array:
    return np.array([ss.sign_flip_test(row, mid=True, seed=i) for i, row in enumerate(d)])


def paired_t(d: Array) -> Array:
    return np.asarray(stats.ttest_1samp(d, 0.0, axis=1).pvalue)


def wilcoxon(d: Array) -> Array:
    """Signed ranks, exact: the sign-flip test of the ranks, where equal values keep their place (Pratt)."""
    return exact(np.sign(d) * stats.rankdata(np.abs(d), axis=1))


#: What could be the p of an estimate. The sign-flip test of a studentised mean is not among them: flipping
#: signs leaves the sum of squares as it is, so t rises with the mean and both tests call the same patterns.
TESTS: dict[str, Callable[[Array], Array]] = {
    "exact": exact,
    "mid-p": mid_p,
    "t test": paired_t,
    "Wilcoxon": wilcoxon,
}


def t_holds(d: Array) -> Array:
    """Tell the draws whose t interval holds zero."""
    n = d.shape[1]
    half = stats.t.ppf((1 + LEVEL) / 2, n - 1) * d.std(axis=1, ddof=1) / np.sqrt(n)
    return np.asarray(np.abs(d.mean(axis=1)) <= half)


def bootstrap_holds(d: Array) -> Array:
    """Tell the draws whose bootstrap interval holds zero."""
    bounds = np.array([story_bootstraps([row], level=LEVEL, seed=i)[0] for i, row in enumerate(d)])
    return (bounds[:, 0] <= 0) & (bounds[:, 1] >= 0)


def percentiles_hold(d: Array) -> Array:
    """Tell the draws whose plain percentile interval (Efron 1979) holds zero."""
    bounds = []
    for i, row in enumerate(d):
        means = np.random.default_rng(i).choice(row, size=(4_999, row.size)).mean(axis=1)
        bounds.append(np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    return np.array([low <= 0 <= high for low, high in bounds])


def check_engine(d: Array, seed: int) -> None:
    """Stop where a row of the engine says otherwise than the formulas here."""
    holds, p = t_holds(d), paired_t(d)
    for i, row in enumerate(d):
        paired = [Paired(row, np.zeros(row.size))]
        found: dict[str, Any] = estimate_differences(paired, level=LEVEL, seed=seed, stance=False)[0]
        same = ("p" in found) == bool(testable(d[i : i + 1])[0])
        same &= bool(found["low"] <= 0 <= found["high"]) == holds[i] == (p[i] >= 1 - LEVEL)
        if "p" in found and len(row) <= 40:
            same &= found["p"] == exact(d[i : i + 1])[0]
        if not same:
            raise SystemExit(f"the engine disagrees with bench/null_tests.py on {row.tolist()}")
