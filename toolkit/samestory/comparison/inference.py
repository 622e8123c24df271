"""Inference on paired differences: interval, exact test, family of tests, and what n allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.comparison.effects import (
    BOOTSTRAPS,
    cliffs_delta,
    equivalence_test,
    minimum_detectable,
    story_bootstrap,
)
from samestory.comparison.reasons import reason_of, tier_of
from samestory.errors import OptionError

__all__ = ["STORIES_TO_TEST", "Test", "estimate_difference", "sign_flip_test"]

Test = Literal["sign-flip", "mid-p"]
EXACT_STORIES = 40  # 2 x 2**20 half sums: 16 MB
STORIES_TO_TEST = 6  # with five, the smallest two-sided p is 2/2**5 = .0625
RESAMPLES = 99_999
BLOCK_STORIES = 12  # a table of 4,096 sums stays in the fastest memory
BOOTSTRAP_STORIES = 20  # below, a percentile bootstrap is too narrow


def estimate_difference(
    pairs: pd.DataFrame,
    *,
    level: float,
    seed: Sequence[int],
    stance: bool,
    equivalence: float | None = None,
    test: Test = "sign-flip",
) -> dict[str, object]:
    """Estimate the mean paired difference with all that its number of stories allows, as one row."""
    d = pairs["difference"].to_numpy(dtype=float)
    n = d.size
    tier, code = ("descriptive", "stance_described") if stance else tier_of(n)
    spread = float(d.std(ddof=1)) if n > 1 else np.nan
    # Differences that agree to the last digits have no spread; dividing by rounding error would invent one.
    constant = n > 1 and spread <= 1e-12 * max(1.0, float(np.abs(d).max()))
    differing = int((np.abs(d) > 1e-12 * max(1.0, float(np.abs(d).max()))).sum()) if n else 0
    if tier == "tested" and differing < STORIES_TO_TEST:
        tier, code = "not informative", "few_differing_stories"
    elif tier == "tested" and constant:
        code = "constant_difference"
    row: dict[str, object] = {
        "estimate": float(d.mean()) if n else np.nan,
        "level": level,
        "n_stories": n,
        "tier": tier,
        "n_differing": differing,
        "reason": reason_of(code, n, differing=differing if code == "few_differing_stories" else None),
        "reason_code": code,
        "method": "mean of paired differences",
        "group_mean": float(pairs["group_mean"].mean()) if n else np.nan,
        "reference_mean": float(pairs["reference_mean"].mean()) if n else np.nan,
        "effect_size": float(d.mean() / spread) if n > 1 and not constant else np.nan,
    }
    if n > 1:
        row["cliffs_delta"] = cliffs_delta(
            pairs["group_mean"].to_numpy(dtype=float), pairs["reference_mean"].to_numpy(dtype=float)
        )
    if n < 3 or stance:
        return row
    row |= _interval(d, spread, level)
    if tier == "tested":
        row |= _tested(d, spread, level=level, seed=seed, equivalence=equivalence, test=test)
    return row


def _interval(d: NDArray[np.float64], spread: float, level: float) -> dict[str, object]:
    """Student's t interval, and how far the estimate moves when one story is left out."""
    from scipy import stats  # slow to import, needed only here

    half = float(stats.t.ppf((1 + level) / 2, d.size - 1)) * spread / np.sqrt(d.size)
    without = (d.sum() - d) / (d.size - 1)
    return {
        "low": d.mean() - half,
        "high": d.mean() + half,
        "without_one_low": without.min(),
        "without_one_high": without.max(),
        "method": "mean of paired differences; t interval",
    }


def _tested(
    d: NDArray[np.float64],
    spread: float,
    *,
    level: float,
    seed: Sequence[int],
    equivalence: float | None,
    test: Test,
) -> dict[str, object]:
    """Test: from six stories on; from twenty on with a bootstrap of stories beside the t interval."""
    n = d.size
    kind = "exact" if n <= EXACT_STORIES else f"Monte-Carlo, {RESAMPLES} draws,"
    method = f"mean of paired differences; t interval; {kind} sign-flip test"
    p, mid = _flipped(d, seed=seed)
    if test == "mid-p":
        method += " (mid-p)"
    row: dict[str, object] = {
        "p": mid if test == "mid-p" else p,
        "p_mid": mid,
        "minimum_detectable": minimum_detectable(n, level) * spread,
    }
    if n >= BOOTSTRAP_STORIES:
        row["bootstrap_low"], row["bootstrap_high"] = story_bootstrap(d, level=level, seed=[*seed, 1])
        method += f"; story bootstrap, {BOOTSTRAPS} draws"
    if equivalence is not None:
        error = spread / np.sqrt(n)
        row["equivalence_bound"] = equivalence
        row["p_equivalence"] = equivalence_test(float(d.mean()), error, n - 1, bound=equivalence)[1]
        method += "; two one-sided t tests"
    return row | {"method": method}


def sign_flip_test(
    differences: Sequence[float] | NDArray[np.float64],
    *,
    mid: bool = False,
    seed: int | Sequence[int] = 2026,
) -> float:
    """Test paired differences against zero by flipping their signs (Fisher-Pitman), two-sided.

    Parameters
    ----------
    differences : sequence of float, shape (n,)
        One difference per story, without missing values.
    mid : bool, default False
        Count sign patterns that are exactly as extreme as the one observed by half (Lancaster's mid-p). The
        plain p never calls more than its level where nothing is true, and at six stories calls .031 at .05;
        the mid-p is nearer to its level on average, and may exceed it a little (.0625 at six stories).
    seed : int or sequence of int
        Seed of the Monte-Carlo test beyond 40 differences.

    Returns
    -------
    float
        Share of the 2**n sign patterns whose absolute sum is at least the observed one; exact up to n = 40.
        Beyond, ``(b + 1) / (B + 1)`` over B = 99,999 random patterns.

    Notes
    -----
    The exact count splits the differences into two halves, sorts the 2**(n/2) sums of one half and looks up
    for each sum of the other how many complete it, so that 40 stories cost what 20 would.

    References
    ----------
    Fisher, R. A. (1935). The Design of Experiments, section 21. Lancaster, H. O. (1961). Significance tests
    in discrete distributions. Journal of the American Statistical Association, 56(294), 223-234. Phipson, B.,
    & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics and
    Molecular Biology, 9(1).

    Examples
    --------
    >>> sign_flip_test([1.0, 2.0, 3.0]), sign_flip_test([1.0, 2.0, 3.0], mid=True)
    (0.25, 0.125)
    """
    d = np.asarray(differences, dtype=float)
    if d.size == 0 or not np.isfinite(d).all():
        raise OptionError("the sign-flip test needs at least one difference and no missing values")
    return _flipped(d, seed=seed)[1 if mid else 0]


def _flipped(d: NDArray[np.float64], *, seed: int | Sequence[int]) -> tuple[float, float]:
    """Share of sign patterns at least as extreme as the one observed, and the same with ties by half."""
    size, observed = np.abs(d), abs(float(d.sum()))
    # Sums that are equal on paper differ in the last bits: without slack a tie would be lost.
    slack = 1e-9 * max(float(size.sum()), np.finfo(float).tiny)
    if d.size > EXACT_STORIES:
        sums = np.abs(_random_sums(size, np.random.default_rng(seed)))
        # The pattern that was observed counts as one of those drawn (Phipson and Smyth 2010).
        least, more = 1 + (sums >= observed - slack).sum(), 1 + (sums > observed + slack).sum()
        return float(least / (RESAMPLES + 1)), float((least + more - 1) / 2 / (RESAMPLES + 1))
    left, right = (np.sort(_signed_sums(half)) for half in (size[: d.size // 2], size[d.size // 2 :]))
    least, more = (_beyond(left, right, bound) for bound in (observed - slack, observed + slack))
    return least / 2.0**d.size, (least + more) / 2 / 2.0**d.size


def _beyond(left: NDArray[np.float64], right: NDArray[np.float64], bound: float) -> int:
    """Count pairs of half sums, both sorted, whose absolute total is at least the bound."""
    if bound <= 0:
        return left.size * right.size
    # Rising questions walk through memory in order; by symmetry as many totals lie below as above.
    return 2 * int((right.size - np.searchsorted(right, bound - left[::-1], side="left")).sum())


def _random_sums(size: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw sums under random signs: block by block of stories, from the table of the block's 2**k sums."""
    total = np.zeros(RESAMPLES)
    for block in np.array_split(size, -(-size.size // BLOCK_STORIES)):
        table = _signed_sums(block)
        total += table[rng.integers(0, table.size, RESAMPLES)]
    return total


def _signed_sums(d: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = np.zeros(1)
    for value in d:
        sums = np.concatenate([sums - value, sums + value])
    return sums
