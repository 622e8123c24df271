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
6-19              tested           t interval, sign-flip p, adjusted p, minimum detectable difference
20 and more       tested           the same, and a bootstrap of stories beside the t interval
================  ===============  =====================================================================

Stories in which nothing differs cannot make a p small: where fewer than six of the shared stories differ at
all, a test could not reach p < .05 either, so none is made and none is counted in the family (Tarone 1990).

Which stories an outlet covers is another question, and never enters here: see
:func:`samestory.story_coverage`. A story told by one outlet only changes no estimate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import pandas as pd

from samestory import tables
from samestory.comparison.columns import COUNTS, NUMBERS
from samestory.comparison.effects import cliffs_delta, equivalence_test
from samestory.comparison.family import adjust_family, list_families
from samestory.comparison.inference import Paired, Test, estimate_differences, sign_flip_test
from samestory.comparison.mixed import mixed_model
from samestory.comparison.overtime import describe_over_time
from samestory.comparison.pairs import (
    ALL_OTHERS,
    MAX_GROUPS,
    describe_groups,
    left_out_of,
    pair_stories,
    story_pairs,
)
from samestory.comparison.reasons import REASONS, reason_of
from samestory.comparison.sensitivity import leave_one_out
from samestory.errors import OptionError

__all__ = [
    "ALL_OTHERS",
    "MAX_GROUPS",
    "REASONS",
    "adjust_family",
    "cliffs_delta",
    "compare_groups",
    "compare_measures",
    "describe_groups",
    "describe_over_time",
    "equivalence_test",
    "leave_one_out",
    "list_families",
    "mixed_model",
    "pair_stories",
    "sign_flip_test",
]


def compare_groups(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    within: str = "story_id",
    groups: Iterable[str] | None = None,
    reference: str | None = None,
    against: Literal["pairs", "rest"] = "pairs",
    label: str | None = None,
    level: float = 0.95,
    equivalence: float | None = None,
    test: Test = "sign-flip",
    adjust: Literal["holm", "fdr_bh"] = "holm",
    family: str | None = None,
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
    against : {"pairs", "rest"}
        With ``"rest"``, each group is compared with the mean of all others that tell the same story, each of
        which counts once; the reference is then called ``"all others"``.
    label : str, optional
        Name of the measure in the result; by default ``measure``.
    level : float, default 0.95
        Coverage of the intervals; ``1 - level`` is the size of the test behind the minimum detectable
        difference.
    equivalence : float, optional
        The largest difference that counts as none, in the unit of the measure, chosen before the data were
        seen. Only then is it tested whether the difference is smaller (``p_equivalence``, TOST).
    test : {"sign-flip", "mid-p"}
        What ``p`` is: the exact sign-flip p, which never calls more than its level where nothing is true, or
        its mid-p, which is nearer to the level at six stories and may exceed it a little. Both are given:
        the mid-p always stands in ``p_mid``. To be chosen before looking.
    adjust : {"holm", "fdr_bh"}
        Adjustment of p over the pairs of this call. Use :func:`adjust_family` for a family over several
        measures.
    family : str, optional
        Name of the family of tests in the result; by default the name of the measure.
    seed : int, default 2026
        Seed of the bootstrap and of the sampled test beyond 40 stories; keyed by the number of stories.

    Returns
    -------
    DataFrame
        Estimates table, one row per pair of groups, in alphabetical order. ``estimate`` is
        ``group - reference`` in the unit of the measure. ``reason_code`` (one of
        ``samestory.comparison.REASONS``) and the sentence in ``reason`` say why a number is missing. A
        table of one group has no pair, and no row.

    Raises
    ------
    TableError
        A column is absent, or the measure is not numeric or not finite.
    OptionError
        An option cannot be used, or more than 20 groups would be compared pair by pair.

    Notes
    -----
    The interval is Student's t on the paired differences. The p value is the exact two-sided sign-flip
    (Fisher-Pitman) test: under the null each story's difference is as likely to have the opposite sign [1]_.
    The effect size is d_z, the mean over the standard deviation of the differences; beside it stands Cliff's
    delta of the two groups' story means. ``without_one_low`` and ``without_one_high`` are the smallest and
    largest estimate when one story is left out (:func:`leave_one_out` names the stories). The bootstrap draws
    stories with replacement (percentiles, expanded for the number of stories [2]_) and is given from 20 on.

    References
    ----------
    .. [1] Pitman, E. J. G. (1937). Significance tests which may be applied to samples from any populations.
       Supplement to the Journal of the Royal Statistical Society, 4(1), 119-130.
    .. [2] Hesterberg, T. C. (2015). What teachers should know about the bootstrap. The American Statistician,
       69(4), 371-386.

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
    name = label or measure
    rows = _estimates(
        [(name, table, measure)],
        by=by,
        within=within,
        groups=_list(groups),
        reference=reference,
        against=against,
        level=level,
        bounds={name: equivalence},
        seed=seed,
        test=test,
    )
    return tables.check(adjust_family(rows, method=adjust, family=family or name), tables.ESTIMATES)


def compare_measures(
    measures: Iterable[tuple[str, pd.DataFrame, str]],
    *,
    by: str = "outlet",
    within: str = "story_id",
    groups: Iterable[str] | None = None,
    reference: str | None = None,
    against: Literal["pairs", "rest"] = "pairs",
    level: float = 0.95,
    equivalence: Mapping[str, float] | None = None,
    test: Test = "sign-flip",
    adjust: Literal["holm", "fdr_bh"] = "holm",
    family: str = "study",
    seed: int = 2026,
) -> pd.DataFrame:
    """Compare groups on several measures, with all their tests as one family.

    Parameters
    ----------
    measures : iterable of (str, DataFrame, str)
        Label, table and column of each measure.
    by, within, groups, reference, against, level, test, adjust, family, seed
        As in :func:`compare_groups`.
    equivalence : mapping of str to float, optional
        Bounds of equivalence by label; measures without one are not tested for equivalence.

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
    # With bounds, whether they name measures is said before the first is made; else each can be made late.
    given, bounds = measures if equivalence is None else list(measures), equivalence or {}
    if equivalence is not None and (unknown := sorted(set(bounds) - {m[0] for m in map(_checked, given)})):
        raise OptionError(f"a bound of equivalence names no measure: {', '.join(unknown)}")
    found = _estimates(
        map(_checked, given),
        by=by,
        within=within,
        groups=_list(groups),
        reference=reference,
        against=against,
        level=level,
        bounds=bounds,
        seed=seed,
        test=test,
    )
    return tables.check(adjust_family(found, method=adjust, family=family), tables.ESTIMATES)


def _checked(measure: tuple[str, pd.DataFrame, str]) -> tuple[str, pd.DataFrame, str]:
    if not isinstance(measure, tuple | list) or len(measure) != 3:
        raise OptionError(
            f"a measure is a name, a table and a column; a {type(measure).__name__} was found",
            hint='[("tone", scores, "compound"), …]',
        )
    return measure


def _list(groups: Iterable[str] | None) -> list[str] | None:
    if isinstance(groups, str):  # list("Herald") would be letters
        raise OptionError(f"groups is a list of names, the text '{groups}' was found", hint="groups=[…]")
    return None if groups is None else list(groups)


def _estimates(
    measures: Iterable[tuple[str, pd.DataFrame, str]],
    *,
    by: str,
    within: str,
    groups: list[str] | None,
    reference: str | None,
    against: Literal["pairs", "rest"],
    level: float,
    bounds: Mapping[str, float | None],
    seed: int,
    test: Test,
) -> pd.DataFrame:
    """Estimate every pair of groups on each measure; p is adjusted later, with its family."""
    _check_options(level, test, bounds)
    heads: list[dict[str, object]] = []
    paired: list[Paired] = []
    labels: list[str] = []
    for label, table, column in measures:
        labels.append(label)
        left_out = left_out_of(table, column, by, within)
        valued = set(table.loc[table[column].notna(), by].dropna())
        for group, other, means in story_pairs(
            table, column, by=by, within=within, groups=groups, reference=reference, against=against
        ):
            named = {"measure": label, "group": group, "reference": other}
            others = valued - {group} if against == "rest" else valued & {other}
            heads.append({**named, "silent": group not in valued or not others, "n_left_out": left_out})
            paired.append(Paired(means[0], means[1], bounds.get(label)))
    if not labels:
        raise OptionError("at least one measure was needed, none was found")
    found = estimate_differences(paired, level=level, seed=seed, stance=by == "stance", test=test)
    rows = []
    for head, row in zip(heads, found, strict=True):
        if head.pop("silent") and by != "stance":
            row |= {"reason_code": "no_value", "reason": reason_of("no_value", 0)}
        rows.append({**head, **row, "seed": seed})
    out = pd.DataFrame(rows, columns=list(dict.fromkeys([*tables.ESTIMATES.columns, *NUMBERS, "n_left_out"])))
    return out.astype({**dict.fromkeys(NUMBERS, "float64"), **dict.fromkeys(COUNTS, "int64")})


def _check_options(level: float, test: str, bounds: Mapping[str, float | None]) -> None:
    if not 0 < level < 1:
        raise OptionError(f"level is the coverage of the intervals, between 0 and 1; {level} was found")
    if test not in ("sign-flip", "mid-p"):
        raise OptionError(f"the test is 'sign-flip' or 'mid-p'; '{test}' was found")
    for bound in bounds.values():
        if bound is not None and not bound > 0:
            raise OptionError(f"equivalence is a positive difference, or nothing; {bound} was found")
