"""Inference on paired differences: interval, exact test, family of tests, and what n allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.errors import OptionError

__all__ = ["adjust_family", "estimate_difference", "sign_flip_test"]

EXACT_STORIES = 40  # 2 x 2**20 half sums: 16 MB
RESAMPLES = 99_999
POWER = 0.8

_REASON_STANCE = (
    "an outlet's stance is one draw: with a handful of outlets per stance, outlet and stance cannot be told "
    "apart, so stances are described and not tested"
)


def estimate_difference(
    pairs: pd.DataFrame, *, level: float, seed: Sequence[int], stance: bool
) -> dict[str, object]:
    """Estimate the mean paired difference with all that its number of stories allows, as one row."""
    d = pairs["difference"].to_numpy(dtype=float)
    n = d.size
    tier, reason = ("descriptive", _REASON_STANCE) if stance else _tier(n)
    spread = float(d.std(ddof=1)) if n > 1 else np.nan
    # Differences that agree to the last digits have no spread; dividing by rounding error would invent one.
    constant = n > 1 and spread <= 1e-12 * max(1.0, float(np.abs(d).max()))
    row: dict[str, object] = {
        "estimate": float(d.mean()) if n else np.nan,
        "level": level,
        "n_stories": n,
        "tier": tier,
        "reason": reason,
        "method": "mean of paired differences",
        "group_mean": float(pairs["group_mean"].mean()) if n else np.nan,
        "reference_mean": float(pairs["reference_mean"].mean()) if n else np.nan,
        "effect_size": float(d.mean() / spread) if n > 1 and not constant else np.nan,
    }
    if n >= 3 and not stance:
        from scipy import stats  # slow to import, needed only here

        half = float(stats.t.ppf((1 + level) / 2, n - 1)) * spread / np.sqrt(n)
        row |= {
            "low": d.mean() - half,
            "high": d.mean() + half,
            "method": "mean of paired differences; t interval",
        }
    if tier == "tested":
        kind = "exact" if n <= EXACT_STORIES else f"Monte-Carlo, {RESAMPLES} draws,"
        row |= {
            "p": sign_flip_test(d, seed=seed),
            "minimum_detectable": _minimum_detectable(n, level) * spread,
            "method": f"mean of paired differences; t interval; {kind} sign-flip test",
            "reason": "the difference is the same in every story: no effect size" if constant else None,
        }
    return row


def _tier(n: int) -> tuple[str, str | None]:
    if n == 0:
        return "descriptive", "no shared story: there is nothing to compare"
    if n == 1:
        return "descriptive", "one shared story allows description only: one difference has no spread"
    if n == 2:
        return "no test", "two shared stories: the smallest possible two-sided p is 0.5, so nothing is tested"
    if n < 6:
        smallest = 2.0 ** (1 - n)
        return (
            "not informative",
            f"{n} shared stories: the smallest possible two-sided p is {smallest:.4g}, above .05",
        )
    return "tested", None


def _minimum_detectable(n: int, level: float) -> float:
    """Smallest d_z that a two-sided paired t test finds with 80 % power."""
    from statsmodels.stats.power import TTestPower

    return float(TTestPower().solve_power(nobs=n, alpha=1 - level, power=POWER, alternative="two-sided"))


def sign_flip_test(
    differences: Sequence[float] | NDArray[np.float64], *, seed: int | Sequence[int] = 2026
) -> float:
    """Test paired differences against zero by flipping their signs (Fisher-Pitman), two-sided.

    Parameters
    ----------
    differences : sequence of float, shape (n,)
        One difference per story, without missing values.
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
    Fisher, R. A. (1935). The Design of Experiments, section 21. Phipson, B., & Smyth, G. K. (2010).
    Permutation p-values should never be zero. Statistical Applications in Genetics and Molecular Biology,
    9(1).

    Examples
    --------
    >>> sign_flip_test([1.0, 2.0, 3.0])
    0.25
    """
    d = np.abs(np.asarray(differences, dtype=float))
    if d.size == 0 or not np.isfinite(d).all():
        raise OptionError("the sign-flip test needs at least one difference and no missing values")
    observed = abs(float(np.sum(differences)))
    # Sums that are equal on paper differ in the last bits: without slack a tie would be lost.
    bound = observed - 1e-9 * max(float(d.sum()), np.finfo(float).tiny)
    if d.size > EXACT_STORIES:
        rng = np.random.default_rng(seed)
        hits = 0
        for chunk in np.array_split(np.arange(RESAMPLES), 20):
            signs = rng.integers(0, 2, size=(chunk.size, d.size), dtype=np.int8) * 2 - 1
            hits += int((np.abs(signs @ d) >= bound).sum())
        return (hits + 1) / (RESAMPLES + 1)
    left, right = _signed_sums(d[: d.size // 2]), np.sort(_signed_sums(d[d.size // 2 :]))
    above = right.size - np.searchsorted(right, bound - left, side="left")
    below = np.searchsorted(right, -bound - left, side="right")
    both = np.minimum(above + below, right.size)  # bound <= 0: every pattern counts, and only once
    return float(both.sum() / 2.0**d.size)


def _signed_sums(d: NDArray[np.float64]) -> NDArray[np.float64]:
    sums = np.zeros(1)
    for value in d:
        sums = np.concatenate([sums - value, sums + value])
    return sums


def adjust_family(estimates: pd.DataFrame, *, method: Literal["holm", "fdr_bh"] = "holm") -> pd.DataFrame:
    """Adjust the p values of all rows as one family.

    Parameters
    ----------
    estimates : DataFrame
        Estimates table, possibly of several measures.
    method : {"holm", "fdr_bh"}
        Holm (1979) controls the family-wise error rate, Benjamini-Hochberg (1995) the false discovery rate.

    Returns
    -------
    DataFrame
        The estimates with ``p_adjusted`` and ``family_size`` (the number of tests in the family, NA for rows
        without a test), and the adjustment named in ``method``.

    Examples
    --------
    >>> rows = pd.DataFrame({"p": [0.01, 0.04, None], "method": ["t", "t", "none"]})
    >>> adjust_family(rows)[["p_adjusted", "family_size"]]
       p_adjusted  family_size
    0        0.02          2.0
    1        0.04          2.0
    2         NaN          NaN
    """
    names = {"holm": "Holm", "fdr_bh": "Benjamini-Hochberg"}
    if method not in names:
        raise OptionError(f"the adjustment is one of {', '.join(names)}; '{method}' was found")
    tested = estimates["p"].notna().to_numpy()
    adjusted = np.full(len(estimates), np.nan)
    if tested.any():
        from statsmodels.stats.multitest import multipletests  # slow to import, needed only here

        adjusted[tested] = multipletests(estimates.loc[tested, "p"].to_numpy(dtype=float), method=method)[1]
    size = np.where(tested, tested.sum(), np.nan)
    labels = [
        f"{m.split('; p adjusted')[0]}; p adjusted ({names[method]}, family of {int(tested.sum())})"
        if t
        else m
        for m, t in zip(estimates["method"], tested, strict=True)
    ]
    return estimates.assign(p_adjusted=adjusted, family_size=size, method=labels)
