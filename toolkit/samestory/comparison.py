"""Paired comparison of groups within stories.

The story is the unit. Values are averaged sentence → article → (story, group); the estimate is the mean
over stories of the difference between two groups. Nothing is ever tested on sentences or words, because
these are not independent within an article, nor articles within a story.

What a number of shared stories allows (the *tier*):

================  ===============  =====================================================================
shared stories    tier             what is given
================  ===============  =====================================================================
0-1               descriptive      the difference, where there is one
2                 no test          the mean difference; a test could never give p below 0.5
3-5               not informative  the mean difference and a t interval; a test could not reach p < .05
6 and more        tested           t interval, exact sign-flip p, adjusted p, minimum detectable difference
================  ===============  =====================================================================
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables
from samestory.errors import OptionError, TableError

__all__ = [
    "adjust_family",
    "compare_groups",
    "describe_groups",
    "pair_stories",
    "sign_flip_test",
]

MAX_GROUPS = 20  # 190 pairs; beyond this a table of all pairs answers no question
EXACT_STORIES = 40  # 2 x 2**20 half sums: 16 MB
RESAMPLES = 99_999
POWER = 0.8

_REASON_STANCE = (
    "an outlet's stance is one draw: with a handful of outlets per stance, outlet and stance cannot be told "
    "apart, so stances are described and not tested"
)


def compare_groups(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    within: str = "story_id",
    reference: str | None = None,
    label: str | None = None,
    level: float = 0.95,
    adjust: Literal["holm", "fdr_bh"] = "holm",
    seed: int = 2026,
) -> pd.DataFrame:
    """Compare groups on one measure, paired by story.

    Parameters
    ----------
    table : DataFrame
        One row per sentence or per article, with ``article_id`` and the columns ``measure``, ``by`` and
        ``within``. Rows in which one of them is missing are left out and counted in ``n_left_out``.
    measure : str
        A numeric column.
    by : str, default "outlet"
        Column of the groups. ``"stance"`` is described and never tested: an outlet's stance is one draw.
    within : str, default "story_id"
        Column of the stories.
    reference : str, optional
        Compare every other group with this one; by default all pairs are compared.
    label : str, optional
        Name of the measure in the result; by default ``measure``.
    level : float, default 0.95
        Coverage of the intervals; ``1 - level`` is the size of the test behind the minimum detectable
        difference.
    adjust : {"holm", "fdr_bh"}
        Adjustment of p over the pairs of this call. Use :func:`adjust_family` for a family over several
        measures.
    seed : int, default 2026
        Seed of the resampled test beyond 40 stories; the stream is keyed by measure and pair.

    Returns
    -------
    DataFrame
        Estimates table, one row per pair of groups, in alphabetical order. ``estimate`` is
        ``group - reference`` in the unit of the measure. The column ``reason`` says why a number is missing.

    Raises
    ------
    TableError
        A column is absent or the measure is not numeric.
    OptionError
        ``level`` or ``reference`` cannot be used, or more than 20 groups would be compared pair by pair.

    Notes
    -----
    The interval is Student's t on the paired differences. The p value is the exact two-sided sign-flip
    (Fisher-Pitman) test: under the null each story's difference is as likely to have the opposite sign [1]_.
    The effect size is d_z, the mean over the standard deviation of the differences.

    References
    ----------
    .. [1] Pitman, E. J. G. (1937). Significance tests which may be applied to samples from any populations.
       Supplement to the Journal of the Royal Statistical Society, 4(1), 119-130.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "article_id": ["a1", "b1", "a2", "b2", "a3", "b3"],
    ...     "outlet": ["A", "B"] * 3, "story_id": ["s1", "s1", "s2", "s2", "s3", "s3"],
    ...     "compound": [0.5, 0.2, 0.1, -0.1, 0.3, 0.2]})
    >>> compare_groups(table, "compound")[["group", "reference", "estimate", "n_stories", "tier"]].round(2)
      group reference  estimate  n_stories             tier
    0     A         B       0.2          3  not informative
    """
    if not 0 < level < 1:
        raise OptionError(f"level is the coverage of the intervals, between 0 and 1; {level} was found")
    pairs = pair_stories(table, measure, by=by, within=within, reference=reference, label=label)
    groups = _groups(table, by, reference)
    name = label or measure
    left_out = int(table[[measure, by, within]].isna().any(axis=1).sum())
    rows = []
    for group, other in groups:
        own = pairs[(pairs["group"] == group) & (pairs["reference"] == other)]
        row = _estimate(own, level=level, seed=_keyed(seed, name, group, other), stance=by == "stance")
        rows.append(
            {"measure": name, "group": group, "reference": other, **row, "n_left_out": left_out, "seed": seed}
        )
    columns = [*tables.ESTIMATES.columns, "group_mean", "reference_mean", "n_left_out"]
    out = pd.DataFrame(rows, columns=columns)
    numeric = [
        "estimate",
        "low",
        "high",
        "p",
        "p_adjusted",
        "effect_size",
        "minimum_detectable",
        "family_size",
    ]
    out = out.astype(dict.fromkeys([*numeric, "group_mean", "reference_mean"], "float64"))
    return adjust_family(out, method=adjust)


def pair_stories(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    within: str = "story_id",
    reference: str | None = None,
    label: str | None = None,
) -> pd.DataFrame:
    """Pair the groups' means within each story: the points behind an estimate.

    Parameters
    ----------
    table, measure, by, within, reference, label
        As in :func:`compare_groups`.

    Returns
    -------
    DataFrame
        Pairs table: one row per pair of groups and story told by both.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a", "a", "b"], "outlet": ["A", "A", "B"],
    ...                       "story_id": ["s1"] * 3, "compound": [0.4, 0.2, 0.1]})
    >>> pair_stories(table, "compound")[["group", "reference", "story_id", "difference"]].round(2)
      group reference story_id  difference
    0     A         B       s1         0.2
    """
    _check(table, measure, by, within)
    means = _story_means(table, measure, by, within)
    frames = []
    for group, other in _groups(table, by, reference):
        both = means[[group, other]].dropna() if {group, other} <= set(means.columns) else means.iloc[:0, :0]
        frames.append(
            pd.DataFrame(
                {
                    "measure": label or measure,
                    "group": group,
                    "reference": other,
                    "story_id": both.index,
                    "group_mean": both[group].to_numpy() if len(both) else np.empty(0),
                    "reference_mean": both[other].to_numpy() if len(both) else np.empty(0),
                }
            )
        )
    out = pd.concat(frames, ignore_index=True) if frames else _empty_pairs()
    return tables.check(out.assign(difference=out["group_mean"] - out["reference_mean"]), tables.PAIRS)


def _empty_pairs() -> pd.DataFrame:
    text = dict.fromkeys(["measure", "group", "reference", "story_id"], "str")
    numbers = dict.fromkeys(["group_mean", "reference_mean"], "float64")
    return pd.DataFrame(columns=[*text, *numbers]).astype({**text, **numbers})


def describe_groups(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    within: str = "story_id",
    label: str | None = None,
) -> pd.DataFrame:
    """Describe each group on one measure, over all its articles, shared story or not.

    Parameters
    ----------
    table, measure, by, within, label
        As in :func:`compare_groups`.

    Returns
    -------
    DataFrame
        One row per group: ``measure``, ``group``, ``mean`` (of the article means), ``sd``, ``n_articles``,
        ``n_stories``. A description: it carries no claim about a difference.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a", "a", "b"], "outlet": ["A", "A", "B"],
    ...                       "story_id": ["s1"] * 3, "compound": [0.4, 0.2, 0.1]})
    >>> describe_groups(table, "compound")[["group", "mean", "n_articles"]].round(2)
      group  mean  n_articles
    0     A   0.3           1
    1     B   0.1           1
    """
    _check(table, measure, by, within)
    known = table.dropna(subset=[measure, by])
    articles = known.groupby([by, "article_id"], sort=True).agg(
        value=(measure, "mean"), story=(within, "first")
    )
    out = articles.groupby(level=0).agg(
        mean=("value", "mean"),
        sd=("value", "std"),
        n_articles=("value", "size"),
        n_stories=("story", "nunique"),
    )
    out.index.name = "group"
    return out.reset_index().pipe(lambda f: f.assign(measure=label or measure))[
        ["measure", "group", "mean", "sd", "n_articles", "n_stories"]
    ]


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


def _check(table: pd.DataFrame, measure: str, by: str, within: str) -> None:
    absent = [c for c in ("article_id", measure, by, within) if c not in table.columns]
    if absent:
        raise TableError(
            f"the comparison needs the columns {', '.join(absent)}; "
            f"the table has {', '.join(map(str, table.columns))}",
            hint="align_stories gives story_id; the measures give their own columns"
            if within in absent
            else None,
        )
    if not pd.api.types.is_numeric_dtype(table[measure]):
        raise TableError(f"the measure '{measure}' must be numeric, its dtype is {table[measure].dtype}")


def _groups(table: pd.DataFrame, by: str, reference: str | None) -> list[tuple[str, str]]:
    groups = sorted(table[by].dropna().unique())
    if reference is None:
        if len(groups) > MAX_GROUPS:
            raise OptionError(
                f"{len(groups)} groups would make {len(groups) * (len(groups) - 1) // 2} pairs",
                hint=f"give reference=… to compare each with one group, or keep at most {MAX_GROUPS} groups",
            )
        return list(combinations(groups, 2))
    if reference not in groups:
        raise OptionError(f"the reference '{reference}' is none of the groups: {', '.join(map(str, groups))}")
    return [(g, reference) for g in groups if g != reference]


def _story_means(table: pd.DataFrame, measure: str, by: str, within: str) -> pd.DataFrame:
    """Sentence → article → (story, group); rows are stories, columns are groups."""
    known = table.dropna(subset=[measure, by, within])
    articles = known.groupby([within, by, "article_id"], sort=True)[measure].mean()
    return articles.groupby(level=[0, 1]).mean().unstack(by).sort_index()


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


def _estimate(pairs: pd.DataFrame, *, level: float, seed: list[int], stance: bool) -> dict[str, object]:
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


def _minimum_detectable(n: int, level: float) -> float:
    """Smallest d_z that a two-sided paired t test finds with 80 % power."""
    from statsmodels.stats.power import TTestPower

    return float(TTestPower().solve_power(nobs=n, alpha=1 - level, power=POWER, alternative="two-sided"))


def _keyed(seed: int, *key: str) -> list[int]:
    """Key the random stream by what is compared, so that order and company change nothing."""
    return [seed, zlib.crc32("\x1f".join(key).encode())]
