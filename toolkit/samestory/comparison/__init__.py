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
from collections.abc import Iterable
from typing import Literal

import pandas as pd

from samestory import tables
from samestory.comparison.inference import adjust_family, estimate_difference, sign_flip_test
from samestory.comparison.pairs import MAX_GROUPS, describe_groups, group_pairs, pair_stories
from samestory.errors import OptionError

__all__ = [
    "MAX_GROUPS",
    "adjust_family",
    "compare_groups",
    "compare_measures",
    "describe_groups",
    "pair_stories",
    "sign_flip_test",
]

_EXTRA = ("group_mean", "reference_mean", "n_left_out")
_COUNTS = ("n_stories", "n_left_out", "seed")
_NUMBERS = (
    "estimate",
    "level",
    "low",
    "high",
    "p",
    "p_adjusted",
    "effect_size",
    "minimum_detectable",
    "family_size",
    "group_mean",
    "reference_mean",
)


def compare_groups(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    within: str = "story_id",
    groups: Iterable[str] | None = None,
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
    groups : iterable of str, optional
        Groups to compare, also those without a value in this table; by default the groups of the table.
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
    rows = _estimates(
        table,
        measure,
        by=by,
        within=within,
        groups=groups,
        reference=reference,
        label=label,
        level=level,
        seed=seed,
    )
    return tables.check(adjust_family(rows, method=adjust), tables.ESTIMATES)


def compare_measures(
    measures: Iterable[tuple[str, pd.DataFrame, str]],
    *,
    by: str = "outlet",
    within: str = "story_id",
    groups: Iterable[str] | None = None,
    reference: str | None = None,
    level: float = 0.95,
    adjust: Literal["holm", "fdr_bh"] = "holm",
    seed: int = 2026,
) -> pd.DataFrame:
    """Compare groups on several measures, with all their tests as one family.

    Parameters
    ----------
    measures : iterable of (str, DataFrame, str)
        Label, table and column of each measure.
    by, within, groups, reference, level, adjust, seed
        As in :func:`compare_groups`.

    Returns
    -------
    DataFrame
        Estimates table, in the order of the measures.

    Examples
    --------
    >>> table = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["A", "B"], "story_id": ["s", "s"],
    ...                       "tone": [0.3, 0.1], "length": [200, 250]})
    >>> found = compare_measures([("tone", table, "tone"), ("words", table, "length")])
    >>> found[["measure", "estimate", "n_stories"]].round(2)
      measure  estimate  n_stories
    0    tone       0.2          1
    1   words     -50.0          1
    """
    names = None if groups is None else list(groups)
    rows = [
        _estimates(
            t,
            c,
            by=by,
            within=within,
            groups=names,
            reference=reference,
            label=name,
            level=level,
            seed=seed,
        )
        for name, t, c in measures
    ]
    if not rows:
        raise OptionError("at least one measure was needed, none was found")
    return tables.check(adjust_family(pd.concat(rows, ignore_index=True), method=adjust), tables.ESTIMATES)


def _estimates(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str,
    within: str,
    groups: Iterable[str] | None,
    reference: str | None,
    label: str | None,
    level: float,
    seed: int,
) -> pd.DataFrame:
    """Estimate every pair of groups on one measure; p is adjusted later, with its family."""
    if not 0 < level < 1:
        raise OptionError(f"level is the coverage of the intervals, between 0 and 1; {level} was found")
    given = None if groups is None else list(groups)
    pairs = pair_stories(table, measure, by=by, within=within, groups=given, reference=reference, label=label)
    name = label or measure
    left_out = int(table[[measure, by, within]].isna().any(axis=1).sum())
    rows = []
    for group, other in group_pairs(table, by, given, reference):
        own = pairs[(pairs["group"] == group) & (pairs["reference"] == other)]
        key = _keyed(seed, name, group, other)
        row = estimate_difference(own, level=level, seed=key, stance=by == "stance")
        rows.append(
            {"measure": name, "group": group, "reference": other, **row, "n_left_out": left_out, "seed": seed}
        )
    out = pd.DataFrame(rows, columns=[*tables.ESTIMATES.columns, *_EXTRA])
    return out.astype({**dict.fromkeys(_NUMBERS, "float64"), **dict.fromkeys(_COUNTS, "int64")})


def _keyed(seed: int, *key: str) -> list[int]:
    """Key the random stream by what is compared, so that order and company change nothing."""
    return [seed, zlib.crc32("\x1f".join(key).encode())]
