"""What may carry a claim about a term: tests on articles and stories; dispersion; ranks of the bootstrap."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from samestory.measures.terms.counting import Counts
from samestory.measures.terms.keyness import log_odds

__all__ = ["article_test", "group_dispersion", "rank_intervals", "story_differences", "story_test"]

STORIES_TO_TEST = 6
MOST_RANKED = 1_000  # the place of the ten-thousandth word says nothing
_AT_ONCE = 20
Array = NDArray[np.float64]


def _rates(counts: Counts) -> sparse.csr_matrix:
    """Occurrences per 1,000 words of each unit."""
    scale = np.divide(1000.0, counts.words, out=np.zeros(len(counts.words)), where=counts.words > 0)
    return (sparse.diags(scale) @ counts.matrix).tocsr()


def article_test(counts: Counts, group: str) -> Array:
    """Two-sided p of Welch's t test on the articles' rates, the group against all other articles."""
    rates, inside = _rates(counts), (counts.units["group"] == group).to_numpy()
    parts = [rates[np.flatnonzero(side)] for side in (inside, ~inside)]
    sizes = [p.shape[0] for p in parts]
    if min(sizes) < 2:
        return np.full(rates.shape[1], np.nan)
    means, squares = zip(*(_moments(p) for p in parts), strict=True)
    errors = [np.maximum(s - m**2, 0) / (n - 1) for m, s, n in zip(means, squares, sizes, strict=True)]
    both = errors[0] + errors[1]
    flat = both <= 1e-18
    safe = np.where(flat, 1.0, both)
    t = (means[0] - means[1]) / np.sqrt(safe)
    df = safe**2 / np.maximum(sum(e**2 / (n - 1) for e, n in zip(errors, sizes, strict=True)), 1e-300)
    return np.asarray(np.where(flat, np.nan, 2 * stats.t.sf(np.abs(t), np.where(flat, 1.0, df))))


def _moments(rows: sparse.csr_matrix) -> tuple[Array, Array]:
    n = rows.shape[0]
    return np.asarray(rows.sum(axis=0)).ravel() / n, np.asarray(rows.multiply(rows).sum(axis=0)).ravel() / n


def story_differences(counts: Counts, group: str) -> sparse.csr_matrix:
    """Rate of the group less the mean rate of all others that tell the story; one row per shared story.

    Articles are averaged within story and group first, so that each outlet counts once in a story.
    """
    units = counts.units
    told = units[units["story"].notna()]
    inside = told["group"] == group
    shared = np.intersect1d(told.loc[inside, "story"].astype(str), told.loc[~inside, "story"].astype(str))
    told = told[told["story"].isin(shared)]
    inside = told["group"] == group
    articles = told.groupby(["story", "group"])["group"].transform("size")
    others = told[~inside].groupby("story")["group"].nunique().reindex(told["story"]).to_numpy(dtype=float)
    weight = np.where(inside, 1.0, -1.0 / np.where(inside, 1.0, others)) / articles.to_numpy(dtype=float)
    row = np.searchsorted(shared, told["story"].to_numpy(dtype=object).astype(str))
    average = sparse.csr_matrix((weight, (row, told.index.to_numpy())), shape=(len(shared), len(units)))
    return (average @ _rates(counts)).tocsr()


def story_test(differences: sparse.csr_matrix) -> tuple[Array, Array]:
    """Mean difference over stories and its two-sided p; p is missing below six shared stories.

    The p is that of the paired t test, and never below 2^(1-k), the smallest p that k stories with a
    difference allow in a sign-flip test: a word of few stories cannot be significant by its shape alone. With
    fewer than six stories that differ no p below .05 is possible; then none is given, and none is counted in
    the adjustment.
    """
    n, terms = differences.shape
    if n == 0:
        return np.full(terms, np.nan), np.full(terms, np.nan)
    mean, square = _moments(differences)
    if n < STORIES_TO_TEST:
        return mean, np.full(terms, np.nan)
    error = np.sqrt(np.maximum(square - mean**2, 0) / (n - 1))
    different = np.asarray((abs(differences) > 1e-12).sum(axis=0)).ravel()
    t = np.divide(mean, error, out=np.zeros(terms), where=error > 1e-12)
    p = np.where(error > 1e-12, 2 * stats.t.sf(np.abs(t), n - 1), 0.0)
    p = np.minimum(1.0, np.maximum(p, 2.0 ** (1.0 - different)))
    return mean, np.where(different >= STORIES_TO_TEST, p, np.nan)


def group_dispersion(counts: Counts, group: str) -> Array:
    """Gries's deviation of proportions of each term over the group's articles; missing without any."""
    members = counts.members(group)
    rows, sizes = counts.matrix[members], counts.words[members].astype(float)
    total = np.asarray(rows.sum(axis=0), dtype=float).ravel()
    share = (rows @ sparse.diags(1 / np.maximum(total, 1))).tocoo()
    size = sizes[share.row] / sizes.sum()
    touched = np.bincount(share.col, np.abs(share.data - size) - size, minlength=rows.shape[1])
    return np.asarray(np.where(total > 0, 0.5 * (touched + 1.0), np.nan))


def rank_intervals(
    counts: Counts, groups: list[str], prior_words: float, *, resamples: int, seed: int
) -> dict[str, pd.DataFrame]:
    """Ranks of the terms by z in corpora of stories drawn with replacement: the middle 95 % per group.

    Given for the first 1,000 terms of each group; all terms take part in the ranking.
    """
    names = counts.units["story"].astype(object)
    own = pd.Series([f"\x00{i}" for i in range(len(names))], dtype=object)
    code, distinct = pd.factorize(names.where(names.notna(), own), sort=True)
    if resamples < 1 or len(distinct) < STORIES_TO_TEST or not counts.terms.size:
        return {}
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(distinct), np.full(len(distinct), 1 / len(distinct)), size=resamples)
    members = {g: counts.members(g) for g in counts.units["group"].unique()}
    by_group = {g: counts.matrix[m].T.tocsr().astype(np.float64) for g, m in members.items()}
    whole = {
        g: (np.asarray(m.sum(axis=1)).ravel(), counts.totals[members[g]].sum()) for g, m in by_group.items()
    }
    every = _pooled(whole)
    first = {g: np.argsort(-_z(whole, g, prior_words, every), kind="stable")[:MOST_RANKED] for g in groups}
    ranks: dict[str, list[NDArray[np.int64]]] = {g: [] for g in groups}
    for start in range(0, resamples, _AT_ONCE):
        weight = drawn[start : start + _AT_ONCE][:, code].T.astype(float)
        parts = {g: by_group[g] @ weight[m] for g, m in members.items()}
        sizes = {g: counts.totals[m] @ weight[m] for g, m in members.items()}
        for i in range(weight.shape[1]):
            one = {g: (np.ascontiguousarray(parts[g][:, i]), float(sizes[g][i])) for g in members}
            every = _pooled(one)
            for group in groups:
                z = _z(one, group, prior_words, every)
                mine = z[first[group]]
                above = np.sort(z[z >= mine.min()])  # what lies below all of these has no say in their ranks
                ranks[group].append(above.size + 1 - np.searchsorted(above, mine, side="right"))
    out = {}
    for group, found in ranks.items():
        low, high = np.quantile(np.stack(found), [0.025, 0.975], axis=0, method="nearest")
        frame = pd.DataFrame(np.nan, index=range(counts.terms.size), columns=["rank_low", "rank_high"])
        frame.loc[first[group]] = np.column_stack([low, high])
        out[group] = frame
    return out


def _pooled(parts: dict[str, tuple[Array, float]]) -> tuple[Array, float]:
    """Sum the counts and totals of all groups."""
    counts, totals = zip(*parts.values(), strict=True)
    return np.asarray(sum(counts)), float(sum(totals))


def _z(
    parts: dict[str, tuple[Array, float]], group: str, prior_words: float, every: tuple[Array, float]
) -> Array:
    """Log-odds over their standard errors, the group against all others; ``parts`` are counts and totals."""
    (mine, n), (pooled, total) = parts[group], every
    prior = np.maximum(prior_words * pooled / max(total, 1.0), 1e-6)
    value, error = log_odds(mine, pooled - mine, prior, totals=(n, total - n, prior_words))
    return np.asarray(value / error)
