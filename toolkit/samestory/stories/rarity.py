"""How rare a word is among the articles of the same weeks: what tells events of one affair apart.

While an affair lasts, its names and words stand in every second article, whatever the event, so two articles
that share them need not tell the same. Over the years of a corpus those words are rare, and inverse document
frequency alone would make them the heaviest. A word that more articles of the weeks around use than the whole
corpus makes one expect is therefore lowered. The window is wide, so that the articles of one event, be they
three or thirty, are a small part of it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["rarity_now"]

# Weeks around: so many days before and after. So many articles count as having been expected besides.
WINDOW_DAYS, PRIOR_ARTICLES = 14, 3.0
# A word in MOST times as many articles as expected, or more, has MOST ** -POWER of its weight.
POWER, MOST = 0.5, 16.0


def rarity_now(counts: sp.csr_matrix, days: npt.NDArray[np.float64]) -> sp.csr_matrix:
    """Give each word of each article a factor for how rare it is at the time.

    Parameters
    ----------
    counts : sparse matrix, articles × words
        How often each word stands in each article.
    days : array
        Publication time in days, NaN where unknown.

    Returns
    -------
    sparse matrix
        The factors, where ``counts`` has cells: 1 for a word that is no more frequent than ever, down to
        0.25; 1 throughout for an undated article.

    Examples
    --------
    Twelve articles on a strike in one month and twelve without a word of it a year later:

    >>> counts = sp.csr_matrix([[1, 1]] * 12 + [[1, 0]] * 12)
    >>> rarity_now(counts, np.repeat([0.0, 365.0], 12)).toarray()[0].astype(float).round(2).tolist()
    [1.0, 0.77]
    """
    factors = np.ones(counts.nnz, dtype=np.float32)
    dated = np.flatnonzero(np.isfinite(days))
    order = dated[np.argsort(days[dated], kind="stable")]
    day = np.floor(days[order])
    cells = [slice(counts.indptr[i], counts.indptr[i + 1]) for i in order]
    share = np.zeros(counts.shape[1])
    for place in cells:
        share[counts.indices[place]] += 1 / len(order)
    # The window slides from day to day; its word counts are kept up as articles enter and leave.
    around = np.zeros(counts.shape[1], dtype=np.int64)
    left = np.searchsorted(day, day - WINDOW_DAYS, side="left")
    right = np.searchsorted(day, day + WINDOW_DAYS, side="right")
    gone = come = 0
    for i, place in enumerate(cells):
        for entering in cells[come : right[i]]:
            around[counts.indices[entering]] += 1
        for leaving in cells[gone : left[i]]:
            around[counts.indices[leaving]] -= 1
        gone, come = left[i], right[i]
        words = counts.indices[place]
        expected = (come - gone) * share[words]
        times = (around[words] + PRIOR_ARTICLES) / (expected + PRIOR_ARTICLES)
        factors[place] = np.clip(times, 1.0, MOST) ** -POWER
    return sp.csr_matrix((factors, counts.indices, counts.indptr), shape=counts.shape)
