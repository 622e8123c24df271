"""What may carry a claim about a term, tests on articles and stories, and how evenly a group uses it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse, stats

from samestory.measures.terms.counting import Counts

__all__ = [
    "article_test",
    "article_tests",
    "rates",
    "story_differences",
    "story_test",
    "story_weights",
    "used",
]

STORIES_TO_TEST = 6
_TESTED = 10  # groups at once
Array = NDArray[np.float64]


def rates(counts: Counts) -> sparse.csr_matrix:
    """Occurrences per 1,000 words of each unit."""
    scale = np.divide(1000.0, counts.words, out=np.zeros(len(counts.words)), where=counts.words > 0)
    return (sparse.diags(scale) @ counts.matrix).tocsr()


def article_test(counts: Counts, group: str) -> Array:
    """Two-sided p of Welch's t test on the articles' rates, the group against all other articles."""
    return np.asarray(article_tests(rates(counts), counts.units["group"], [group])[0])


def article_tests(rates: sparse.csr_matrix, group_of: pd.Series[str], groups: Sequence[str]) -> Array:
    """Such tests of several groups, one in each row."""
    values = rates, rates.multiply(rates)
    lots = (groups[start : start + _TESTED] for start in range(0, len(groups), _TESTED))
    return np.concatenate([_welch(values, group_of, lot) for lot in lots])


def _welch(values: Sequence[sparse.csr_matrix], group_of: pd.Series[str], groups: Sequence[str]) -> Array:
    """Test the groups by their rates and the squares of these."""
    inside = np.array([(group_of == g).to_numpy() for g in groups], dtype=np.float64)
    sides = np.ascontiguousarray(np.concatenate([inside, 1 - inside]).T)
    sizes = sides.sum(axis=0)
    # Both sides of all groups in one product; the articles of the other side add zeros.
    means, squares = ((v.T @ sides / sizes.clip(1)).T.reshape(2, len(groups), -1) for v in values)
    n = sizes.reshape(2, len(groups), 1)
    errors = np.maximum(squares - means**2, 0) / np.maximum(n - 1, 1)
    both = errors[0] + errors[1]
    flat = (both <= 1e-18) | (n.min(axis=0) < 2)
    safe = np.where(flat, 1.0, both)
    t = (means[0] - means[1]) / np.sqrt(safe)
    parts = errors**2 / np.maximum(n - 1, 1)
    df = safe**2 / np.maximum(parts[0] + parts[1], 1e-300)
    return np.asarray(np.where(flat, np.nan, 2 * stats.t.sf(np.abs(t), np.where(flat, 1.0, df))))


def _moments(rows: sparse.csr_matrix) -> tuple[Array, Array]:
    n = rows.shape[0]
    return np.asarray(rows.sum(axis=0)).ravel() / n, np.asarray(rows.multiply(rows).sum(axis=0)).ravel() / n


def story_differences(counts: Counts, group: str) -> sparse.csr_matrix:
    """Rate of the group less the mean rate of all others that tell the story; one row per shared story.

    Articles are averaged within story and group first, so that each outlet counts once in a story.
    """
    return (story_weights(counts.units, group) @ rates(counts)).tocsr()


def story_weights(units: pd.DataFrame, group: str) -> sparse.csr_matrix:
    """Return what the rate of each unit counts for in the difference of each story that the group shares."""
    told = units[units["story"].notna()]
    inside = told["group"] == group
    shared = np.intersect1d(told.loc[inside, "story"].astype(str), told.loc[~inside, "story"].astype(str))
    told = told[told["story"].isin(shared)]
    inside = told["group"] == group
    articles = told.groupby(["story", "group"])["group"].transform("size")
    others = told[~inside].groupby("story")["group"].nunique().reindex(told["story"]).to_numpy(dtype=float)
    weight = np.where(inside, 1.0, -1.0 / np.where(inside, 1.0, others)) / articles.to_numpy(dtype=float)
    row = np.searchsorted(shared, told["story"].to_numpy(dtype=object).astype(str))
    return sparse.csr_matrix((weight, (row, told.index.to_numpy())), shape=(len(shared), len(units)))


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


def used(counts: Counts, groups: Sequence[str]) -> dict[str, NDArray[np.int32] | Array]:
    """Say how each group uses each term, one row per group and one column per term.

    Returns
    -------
    dict of str to ndarray
        ``count``, ``n_articles``, ``n_stories`` (0 where no story is known), and ``dispersion``: Gries's
        deviation of proportions over the group's articles, missing where it has none.
    """
    size = counts.terms.size
    shape = len(groups), size
    code = pd.Index(groups).get_indexer(pd.Index(counts.units["group"]))
    story = pd.factorize(counts.units["story"])[0]
    matrix = counts.matrix.tocsc()
    unit, n = matrix.indices, matrix.data.astype(float)
    group = code[unit]
    cell = group * size + np.repeat(np.arange(size), np.diff(matrix.indptr))
    inside = group >= 0
    unit, n, cell = unit[inside], n[inside], cell[inside]
    total = np.bincount(cell, n, minlength=len(groups) * size)
    words = np.bincount(code[code >= 0], counts.words[code >= 0], minlength=len(groups))
    share = counts.words[unit] / words[code[unit]]
    touched = np.bincount(
        cell, np.abs(n * (1 / np.maximum(total, 1))[cell] - share) - share, minlength=len(groups) * size
    )
    told = story[unit] >= 0
    # A cell and story that several articles share is one entry of the matrix.
    of_story = sparse.csr_matrix(
        (np.ones(int(told.sum()), dtype=np.int32), (cell[told], story[unit[told]])),
        shape=(len(groups) * size, int(story.max(initial=-1)) + 1),
    )
    stories = np.diff(of_story.indptr)
    return {
        "count": total.astype(np.int32).reshape(shape),
        "n_articles": np.bincount(cell, minlength=len(groups) * size).astype(np.int32).reshape(shape),
        "n_stories": stories.astype(np.int32).reshape(shape),
        "dispersion": np.where(total > 0, 0.5 * (touched + 1.0), np.nan).reshape(shape),
    }
