"""Pairs of group means within stories: the points behind every estimate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables
from samestory.errors import OptionError, TableError

__all__ = [
    "ALL_OTHERS",
    "MAX_GROUPS",
    "describe_groups",
    "group_pairs",
    "left_out_of",
    "pair_stories",
    "story_pairs",
]

Means = NDArray[np.float64]

MAX_GROUPS = 20  # 190 pairs; beyond this a table of all pairs answers no question
ALL_OTHERS = "all others"  # the reference when each group is compared with the rest


def pair_stories(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    within: str = "story_id",
    groups: Iterable[str] | None = None,
    reference: str | None = None,
    against: Literal["pairs", "rest"] = "pairs",
    label: str | None = None,
) -> pd.DataFrame:
    """Pair the groups' means within each story: the points behind an estimate.

    Parameters
    ----------
    table, measure, by, within, groups, reference, against, label
        As in :func:`samestory.compare_groups`.

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
    pairs = list(
        story_pairs(table, measure, by=by, within=within, groups=groups, reference=reference, against=against)
    )
    if not pairs:
        out = _empty_pairs()
    else:
        own, rest, stories = zip(*(points for _, _, points in pairs), strict=True)
        shared = [len(told) for told in stories]
        out = pd.DataFrame(
            {
                "measure": label or measure,
                "group": pd.Index([group for group, _, _ in pairs]).repeat(shared),
                "reference": pd.Index([other for _, other, _ in pairs]).repeat(shared),
                "story_id": stories[0].append(list(stories[1:])),
                "group_mean": np.concatenate(own),
                "reference_mean": np.concatenate(rest),
            }
        )
    return tables.check(out.assign(difference=out["group_mean"] - out["reference_mean"]), tables.PAIRS)


def story_pairs(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str,
    within: str,
    groups: Iterable[str] | None,
    reference: str | None,
    against: Literal["pairs", "rest"],
) -> Iterator[tuple[str, str, tuple[Means, Means, pd.Index]]]:
    """Give each pair of groups with the story means of both and the stories that both tell."""
    _check(table, measure, by, within)
    means = _story_means(table, measure, by, within)
    values, place = means.to_numpy(dtype=np.float64), {g: i for i, g in enumerate(means.columns)}
    nothing = np.full(len(means), np.nan)
    for group, other in group_pairs(table, by, groups, reference, against=against):
        own = values[:, place[group]] if group in place else nothing
        if against == "rest":  # each other outlet counts once in a story, however many articles it has
            others = means.drop(columns=group, errors="ignore")
            rest = others.mean(axis=1).to_numpy(dtype=np.float64) if others.shape[1] else nothing
        else:
            rest = values[:, place[other]] if other in place else nothing
        both = np.flatnonzero(~(np.isnan(own) | np.isnan(rest)))
        yield group, other, (own[both], rest[both], means.index[both])


def left_out_of(table: pd.DataFrame, measure: str, by: str, within: str) -> int:
    """Count the values that a comparison leaves out: where the value, its group or its story is missing.

    A row that stands for several sentences says in ``n_values`` and ``n_missing`` how many have a value.
    """
    _check(table, measure, by, within)
    unknown = table[[by, within]].isna().any(axis=1)
    if "n_missing" in table.columns:
        return int(table["n_missing"].sum() + table.loc[unknown, "n_values"].sum())
    return int((unknown | table[measure].isna()).sum())


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
        As in :func:`samestory.compare_groups`.

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


def group_pairs(
    table: pd.DataFrame,
    by: str,
    groups: Iterable[str] | None,
    reference: str | None,
    *,
    against: Literal["pairs", "rest"] = "pairs",
) -> list[tuple[str, str]]:
    """List the pairs to compare: all of them, each group against the reference, or each against the rest."""
    if isinstance(groups, str):
        raise OptionError(f"groups is a list of names, the text '{groups}' was found", hint="groups=[…]")
    if against not in ("pairs", "rest"):
        raise OptionError(f"against is 'pairs' or 'rest'; '{against}' was found")
    names = sorted(table[by].dropna().unique() if groups is None else set(groups))
    if against == "rest":
        if reference is not None:
            raise OptionError(
                "each group is compared with the rest or with a reference, not with both",
                hint="leave out reference=… or against='rest'",
            )
        return [(g, ALL_OTHERS) for g in names] if len(names) > 1 else []
    if reference is None:
        if len(names) > MAX_GROUPS:
            raise OptionError(
                f"{len(names)} groups would make {len(names) * (len(names) - 1) // 2} pairs",
                hint="give reference=… to compare each with one group, against='rest' to compare each with "
                f"all others, or keep at most {MAX_GROUPS} groups",
            )
        return list(combinations(names, 2))
    if reference not in names:
        raise OptionError(f"the reference '{reference}' is none of the groups: {_some(names)}")
    return [(g, reference) for g in names if g != reference]


def _some(names: list[str]) -> str:
    listed = ", ".join(map(str, names[:MAX_GROUPS]))
    return listed if len(names) <= MAX_GROUPS else f"{listed} and {len(names) - MAX_GROUPS} more"


def _check(table: pd.DataFrame, measure: str, by: str, within: str) -> None:
    if not isinstance(table, pd.DataFrame):
        raise TableError(f"the comparison needs a table (DataFrame), a {type(table).__name__} was found")
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
        raise TableError(
            f"the measure '{measure}' must be numeric, its dtype is {table[measure].dtype}",
            hint="pd.to_numeric(…, errors='coerce') makes numbers, and what is none missing",
        )
    if endless := int(np.isinf(table[measure].to_numpy(dtype=float, na_value=np.nan)).sum()):
        raise TableError(
            f"the measure '{measure}' must be finite, {endless} of its {len(table)} values are infinite",
            hint="a rate over nothing is missing: replace infinity by NA",
        )


def _story_means(table: pd.DataFrame, measure: str, by: str, within: str) -> pd.DataFrame:
    """Sentence → article → (story, group); rows are stories, columns are groups."""
    known = table.dropna(subset=[measure, by, within])
    articles = known.groupby([within, by, "article_id"], sort=True)[measure].mean()
    return articles.groupby(level=[0, 1]).mean().unstack(by).sort_index()


def _empty_pairs() -> pd.DataFrame:
    text = dict.fromkeys(["measure", "group", "reference", "story_id"], "str")
    numbers = dict.fromkeys(["group_mean", "reference_mean"], "float64")
    return pd.DataFrame(columns=[*text, *numbers]).astype({**text, **numbers})
