"""How like an article is to articles that cannot tell its event: what a likeness must rise above.

Articles of a long affair share its names and its words whatever the event, so a likeness that proves one
event elsewhere proves nothing there. The background of an article is its mean likeness to the likest
articles published at other times; the likeness of two articles is divided by the geometric mean of their
backgrounds. This is local scaling [1]_, by one factor per article.

References
----------
.. [1] Zelnik-Manor, L., & Perona, P. (2004). Self-tuning spectral clustering. Advances in Neural Information
   Processing Systems, 17.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

__all__ = ["background_factors", "thinning"]

Floats = npt.NDArray[np.float64]

# The likest articles that make the background, of those more than so many days away.
NEIGHBOURS, AWAY_DAYS = 7, 10.0
# Without a date the likest few may tell the same event; they are passed over.
PASSED_OVER = 3
# A background of 0.1 is typical for news; a small corpus says little of it and is mixed with that.
TYPICAL, TYPICAL_ARTICLES = 0.1, 200
OFFSET = 0.05
# A neighbour as like as this tells the same event or is the same text, whatever the dates say.
SAME = 0.5
# Articles that stand for the corpus, evenly over time, so that the work grows with its size only.
MOST_SAMPLED = 3000
_BLOCK = 512


def background_factors(rows: sp.csr_matrix, days: Floats) -> Floats:
    """Factors of articles; the likeness of two, times both factors, is that above the background.

    Parameters
    ----------
    rows : sparse matrix, articles × words
        Rows whose dot product is the likeness.
    days : array
        Publication time in days, NaN where unknown.

    Returns
    -------
    array
        One factor per article: 1 for a typical background, less where the background is dense.

    Examples
    --------
    >>> rows = sp.csr_matrix(np.eye(2, dtype=np.float32))
    >>> background_factors(rows, np.array([0.0, 50.0])).round(2).tolist()
    [1.0, 1.0]
    """
    return np.asarray(np.sqrt((OFFSET + TYPICAL) / (OFFSET + _background(rows, days))))


def thinning(n: int) -> int:
    """Of ``n`` articles, each how manieth stands for the corpus."""
    return max(1, -(-n // MOST_SAMPLED))


def _background(rows: sp.csr_matrix, days: Floats) -> Floats:
    n = rows.shape[0]
    order = np.argsort(days, kind="stable")
    sample = order[:: thinning(n)]
    sampled = sp.csr_matrix(rows[sample].T)
    background = np.zeros(n)
    for start in range(0, n, _BLOCK):
        block = np.arange(start, min(start + _BLOCK, n))
        likeness = (rows[block] @ sampled).toarray()
        apart = np.abs(days[block][:, None] - days[sample][None, :])
        likeness[(apart <= AWAY_DAYS) | (likeness >= SAME) | (block[:, None] == sample[None, :])] = -1.0
        background[block] = _mean_of_likest(likeness, np.isnan(days[block]))
    return background


def _mean_of_likest(likeness: npt.NDArray[np.float32], undated: npt.NDArray[np.bool_]) -> Floats:
    """Mean over the likest neighbours, mixed with the typical value; a negative likeness is no neighbour."""
    most = min(NEIGHBOURS + PASSED_OVER, likeness.shape[1])
    top = -np.sort(-np.partition(likeness, -most, axis=1)[:, -most:].astype(np.float64), axis=1)
    rank = np.arange(most)[None, :]
    skip = np.where(undated, PASSED_OVER, 0)[:, None]
    counted = (rank >= skip) & (rank < skip + NEIGHBOURS) & (top >= 0)
    seen = np.where(counted, top, 0.0).sum(axis=1) / np.maximum(1, counted.sum(axis=1))
    n_seen = np.where(counted.any(axis=1), (likeness >= 0).sum(axis=1), 0)
    return np.asarray((n_seen * seen + TYPICAL_ARTICLES * TYPICAL) / (n_seen + TYPICAL_ARTICLES))
