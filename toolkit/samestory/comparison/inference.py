"""Inference on paired differences: interval, exact test, family of tests, and what n allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from samestory.comparison.effects import cliffs_delta, equivalence_test, minimum_detectable
from samestory.comparison.reasons import reason_of, tier_of
from samestory.comparison.resampling import (
    BOOTSTRAPS,
    EXACT_STORIES,
    RESAMPLES,
    flipped,
    story_bootstraps,
)
from samestory.errors import OptionError

__all__ = [
    "STORIES_TO_TEST",
    "Paired",
    "Test",
    "estimate_differences",
    "sign_flip_test",
    "t_quantile",
]

Test = Literal["sign-flip", "mid-p"]
STORIES_TO_TEST = 6  # with five, the smallest two-sided p is 2/2**5 = .0625
BOOTSTRAP_STORIES = 20  # below, a percentile bootstrap is too narrow


@dataclass(frozen=True)
class Paired:
    """The story means of two groups, and the bound within which they count as equal, if one was chosen."""

    group: NDArray[np.float64]
    reference: NDArray[np.float64]
    equivalence: float | None = None

    @cached_property
    def differences(self) -> NDArray[np.float64]:
        """One difference per story."""
        return self.group - self.reference


def estimate_differences(
    paired: Sequence[Paired],
    *,
    level: float,
    seed: int,
    stance: bool,
    test: Test = "sign-flip",
) -> list[dict[str, object]]:
    """Estimate mean paired differences with all that their numbers of stories allow, one row for each."""
    rows = [_described(p, level=level, stance=stance) for p in paired]
    tested = [i for i, row in enumerate(rows) if row["tier"] == "tested"]
    differences = [paired[i].differences for i in tested]
    drawn = [i for i in tested if paired[i].differences.size >= BOOTSTRAP_STORIES]
    intervals = dict(
        zip(
            drawn,
            story_bootstraps([paired[i].differences for i in drawn], level=level, seed=seed),
            strict=True,
        )
    )
    for i, ps in zip(tested, flipped(differences, seed=seed), strict=True):
        rows[i] |= _tested(paired[i], ps, intervals.get(i), level=level, test=test)
    return rows


def _described(paired: Paired, *, level: float, stance: bool) -> dict[str, object]:
    """Describe one difference and say which tier it is of."""
    d = paired.differences
    n = d.size
    tier, code = ("descriptive", "stance_described") if stance else tier_of(n)
    spread = _spread(d)
    constant = n > 1 and spread == 0
    differing = int((np.abs(d) > _slack(d)).sum()) if n else 0
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
        "group_mean": float(paired.group.mean()) if n else np.nan,
        "reference_mean": float(paired.reference.mean()) if n else np.nan,
        "effect_size": float(d.mean() / spread) if n > 1 and not constant else np.nan,
    }
    if n > 1:
        row["cliffs_delta"] = cliffs_delta(paired.group, paired.reference)
    return row if n < 3 or stance else row | _interval(d, level)


def _slack(d: NDArray[np.float64]) -> float:
    """Return how far numbers may lie apart that are equal on paper."""
    return 1e-12 * max(1.0, float(np.abs(d).max()))


def _spread(d: NDArray[np.float64]) -> float:
    """Return the standard deviation, 0 where the differences agree to the last digits."""
    spread = float(d.std(ddof=1)) if d.size > 1 else np.nan
    return 0.0 if d.size > 1 and spread <= _slack(d) else spread


def _interval(d: NDArray[np.float64], level: float) -> dict[str, object]:
    """Student's t interval, and how far the estimate moves when one story is left out."""
    half = t_quantile(level, d.size - 1) * float(d.std(ddof=1)) / np.sqrt(d.size)
    without = (d.sum() - d) / (d.size - 1)
    return {
        "low": d.mean() - half,
        "high": d.mean() + half,
        "without_one_low": without.min(),
        "without_one_high": without.max(),
        "method": "mean of paired differences; t interval",
    }


@lru_cache(maxsize=1024)
def t_quantile(level: float, df: int) -> float:
    """How many standard errors an interval of Student's t reaches to either side."""
    from scipy import stats  # slow to import, needed only here

    return float(stats.t.ppf((1 + level) / 2, df))


def _tested(
    paired: Paired,
    ps: tuple[float, float],
    interval: tuple[float, float] | None,
    *,
    level: float,
    test: Test,
) -> dict[str, object]:
    """Say what came of the test, with the bootstrap of stories beside the t interval where there is one."""
    d = paired.differences
    n, spread = d.size, float(d.std(ddof=1))
    kind = "exact" if n <= EXACT_STORIES else f"Monte-Carlo, {RESAMPLES} draws,"
    method = f"mean of paired differences; t interval; {kind} sign-flip test"
    p, mid = ps
    if test == "mid-p":
        method += " (mid-p)"
    row: dict[str, object] = {
        "p": mid if test == "mid-p" else p,
        "p_mid": mid,
        "minimum_detectable": minimum_detectable(n, level) * spread,
    }
    if interval is not None:
        row["bootstrap_low"], row["bootstrap_high"] = interval
        method += f"; story bootstrap, {BOOTSTRAPS} draws"
    if paired.equivalence is not None:
        error = spread / np.sqrt(n)
        row["equivalence_bound"] = paired.equivalence
        row["p_equivalence"] = equivalence_test(float(d.mean()), error, n - 1, bound=paired.equivalence)[1]
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
    return flipped([d], seed=seed)[0][1 if mid else 0]
