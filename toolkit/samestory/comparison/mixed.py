"""Mixed model: the same question asked of articles, with the story as a random intercept."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.comparison.pairs import group_pairs
from samestory.errors import TableError

__all__ = ["STORIES_TO_FIT", "RandomIntercepts", "mixed_model", "random_intercepts"]

STORIES_TO_FIT = 6  # a variance between fewer stories is a guess
_COLUMNS = ("estimate", "low", "high", "p", "story_sd", "residual_sd")


def mixed_model(
    table: pd.DataFrame,
    measure: str,
    *,
    by: str = "outlet",
    within: str = "story_id",
    groups: Iterable[str] | None = None,
    reference: str | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Estimate each difference by a linear mixed model of articles: a sensitivity analysis.

    Parameters
    ----------
    table, measure, by, within, groups, reference, level
        As in :func:`samestory.compare_groups`.

    Returns
    -------
    DataFrame
        One row per pair of groups: ``measure``, ``group``, ``reference``, ``estimate`` (group - reference, in
        the measure's unit), ``low``, ``high``, ``p`` (Wald, normal), ``story_sd`` and ``residual_sd`` (what
        articles of different stories, and of one story, differ by), ``n_articles``, ``n_stories``,
        ``n_shared_stories`` and ``reason`` where a number is missing.

    Raises
    ------
    TableError
        A column is absent or the measure is not numeric.
    OptionError
        More than 20 groups would be compared pair by pair.

    Notes
    -----
    ``value = b0 + b1 [group] + u(story) + e``, fitted by restricted maximum likelihood (statsmodels
    ``MixedLM``) [1]_ to the article means of the two groups. Other than :func:`samestory.compare_groups` it
    also uses stories that only one of the two tells, which helps when these are told by chance, and misleads
    when they are chosen. It assumes normal effects and gives a p that is too small with few stories; so it
    stands beside the paired comparison and never instead of it. Refused are fewer than six stories, fewer
    than two told by both groups, and a measure that is constant. ``MixedLM`` reports convergence on almost
    anything, so a fit whose variance between stories lies at zero is told in ``reason``.

    References
    ----------
    .. [1] Laird, N. M., & Ware, J. H. (1982). Random-effects models for longitudinal data. Biometrics, 38(4),
       963-974.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "article_id": [f"{o}{s}" for s in range(8) for o in "AB"], "outlet": ["A", "B"] * 8,
    ...     "story_id": [f"s{s}" for s in range(8) for o in "AB"],
    ...     "tone": [.1, .0, .4, .2, -.2, -.4, .3, .3, .6, .3, .0, -.1, .2, .2, -.1, -.2]})
    >>> mixed_model(table, "tone")[["group", "reference", "estimate", "n_stories"]].round(2)
      group reference  estimate  n_stories
    0     A         B      0.12          8
    """
    absent = [c for c in ("article_id", measure, by, within) if c not in table.columns]
    if absent or not pd.api.types.is_numeric_dtype(table[measure]):
        raise TableError(
            f"the mixed model needs article_id, {by}, {within} and the numeric measure {measure}; "
            f"the table has {', '.join(map(str, table.columns))}"
        )
    known = table.dropna(subset=[measure, by, within])
    articles = known.groupby([within, by, "article_id"], sort=True)[measure].mean().reset_index()
    rows = []
    for group, other in group_pairs(table, by, groups, reference):
        part = articles[articles[by].isin([group, other])]
        told = part.groupby(within)[by].nunique()
        row: dict[str, object] = {"measure": measure, "group": group, "reference": other}
        row |= {"n_articles": len(part), "n_stories": len(told), "n_shared_stories": int((told == 2).sum())}
        reason = _refused(part[measure].to_numpy(dtype=float), len(told), int((told == 2).sum()))
        row |= {"reason": reason} | dict.fromkeys(_COLUMNS, np.nan)
        rows.append(row if reason else row | _fitted(part, measure, by, within, group, level))
    columns = ["measure", "group", "reference", *_COLUMNS]
    columns += ["n_articles", "n_stories", "n_shared_stories", "reason"]
    out = pd.DataFrame(rows, columns=columns)
    return out.astype({**dict.fromkeys(_COLUMNS, "float64"), "reason": "str"})


def _refused(values: NDArray[np.float64], stories: int, shared: int) -> str | None:
    """Say why no model is fitted."""
    if stories < STORIES_TO_FIT:
        return f"{stories} stories: the variance between fewer than {STORIES_TO_FIT} stories is a guess"
    if shared < 2:
        return f"{shared} shared stories: groups and stories cannot be told apart"
    if np.ptp(values) <= 1e-12 * max(1.0, float(np.abs(values).max())):
        return "the measure is the same in every article"
    return None


def _fitted(
    part: pd.DataFrame, measure: str, by: str, within: str, group: str, level: float
) -> dict[str, object]:
    from scipy import stats  # slow to import, needed only here

    design = np.column_stack([np.ones(len(part)), (part[by] == group).to_numpy(dtype=float)])
    try:
        found = random_intercepts(part[measure].to_numpy(dtype=float), design, part[within].to_numpy())
    except (np.linalg.LinAlgError, ValueError) as problem:
        return dict.fromkeys(_COLUMNS, np.nan) | {"reason": f"the model could not be fitted: {problem}"}
    estimate, error = float(found.effects[1]), float(found.errors[1])
    half = float(stats.norm.ppf((1 + level) / 2)) * error
    out: dict[str, object] = {"estimate": estimate, "low": estimate - half, "high": estimate + half}
    out |= {"p": float(2 * stats.norm.sf(abs(estimate / error))) if error > 0 else np.nan}
    out |= {"story_sd": found.story_sd, "residual_sd": found.residual_sd}
    if not found.converged:
        out["reason"] = "the fit did not converge; read the paired comparison"
    elif found.story_sd < 1e-4 * found.residual_sd:
        out["reason"] = "stories differ by nothing beyond chance: the model is that of unrelated articles"
    return out


class RandomIntercepts(NamedTuple):
    """Fixed effects with their standard errors, the two standard deviations, and whether the fit ended."""

    effects: NDArray[np.float64]
    errors: NDArray[np.float64]
    story_sd: float
    residual_sd: float
    converged: bool


def random_intercepts(
    values: NDArray[np.float64], design: NDArray[Any], stories: NDArray[Any]
) -> RandomIntercepts:
    """Fit fixed effects and one random intercept per story by restricted maximum likelihood."""
    from statsmodels.regression.mixed_linear_model import MixedLM  # slow to import, needed only here

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they say is in the result
        found = MixedLM(values, design, groups=stories).fit(reml=True)
    between, within = max(float(np.asarray(found.cov_re)[0, 0]), 0.0), float(found.scale)
    effects, errors = np.asarray(found.fe_params), np.asarray(found.bse_fe)
    return RandomIntercepts(effects, errors, between**0.5, within**0.5, bool(found.converged))
