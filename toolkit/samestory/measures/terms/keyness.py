"""Keyness: how much more one corpus uses a term than another. These describe; none of them is a test here."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["dispersion", "dunning", "log_likelihood", "log_odds", "log_ratio"]


def log_odds(
    own: NDArray[np.float64],
    other: NDArray[np.float64],
    prior: NDArray[np.float64],
    *,
    totals: tuple[float, float, float] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds of each term in one group against another, and its standard error.

    Parameters
    ----------
    own, other : ndarray of shape (terms,)
        Counts of the terms in the two groups.
    prior : ndarray of shape (terms,)
        Pseudo-counts of the Dirichlet prior.
    totals : (float, float, float), optional
        Sums of the three over the whole vocabulary, where the arrays hold a part of it.

    Returns
    -------
    (ndarray, ndarray)
        The difference of log-odds and its approximate standard error (Monroe et al. 2008, eq. 16 and 20).

    Examples
    --------
    >>> value, error = log_odds(np.array([2.0, 1.0]), np.array([1.0, 2.0]), np.array([0.5, 0.5]))
    >>> value.round(3).tolist(), error.round(3).tolist()
    ([1.022, -1.022], [1.033, 1.033])
    """
    n, m, a = totals or (own.sum(), other.sum(), prior.sum())
    first = np.log((own + prior) / (n + a - own - prior))
    second = np.log((other + prior) / (m + a - other - prior))
    return first - second, np.sqrt(1 / (own + prior) + 1 / (other + prior))


def log_ratio(own: ArrayLike, own_total: float, other: ArrayLike, other_total: float) -> NDArray[np.float64]:
    """Binary logarithm of the ratio of two relative frequencies: 1 is twice as frequent.

    Notes
    -----
    A count of 0 is taken as 0.5, so that the ratio stays finite (Hardie 2014).

    Examples
    --------
    >>> log_ratio([52], 50_000, [57], 75_000).round(4).tolist()
    [0.4525]
    """
    a, b = (np.maximum(np.asarray(x, dtype=float), 0.5) for x in (own, other))
    return np.asarray(np.log2((a / own_total) / (b / other_total)))


def log_likelihood(
    own: ArrayLike, own_total: float, other: ArrayLike, other_total: float
) -> NDArray[np.float64]:
    """Two-cell log-likelihood of a term (Rayson & Garside 2000), G² over the term's two counts.

    Examples
    --------
    >>> log_likelihood([52], 50_000, [57], 75_000).round(2).tolist()
    [2.65]
    """
    a, b = np.asarray(own, dtype=float), np.asarray(other, dtype=float)
    rate = (a + b) / (own_total + other_total)
    return 2 * (_g(a, own_total * rate) + _g(b, other_total * rate))


def dunning(own: ArrayLike, own_total: float, other: ArrayLike, other_total: float) -> NDArray[np.float64]:
    """Four-cell log-likelihood of a term (Dunning 1993), G² with the counts of all other words.

    Examples
    --------
    >>> dunning([110], 110 + 2442, [111], 111 + 29114).round(2).tolist()
    [270.72]
    """
    a, b = np.asarray(own, dtype=float), np.asarray(other, dtype=float)
    rate = (a + b) / (own_total + other_total)
    rest = _g(own_total - a, own_total * (1 - rate)) + _g(other_total - b, other_total * (1 - rate))
    return log_likelihood(a, own_total, b, other_total) + 2 * rest


def _g(observed: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    ratio = np.divide(observed, expected, out=np.ones_like(observed), where=(observed > 0) & (expected > 0))
    return np.asarray(observed * np.log(ratio))


def dispersion(counts: NDArray[np.float64], sizes: NDArray[np.float64]) -> float:
    """Deviation of proportions of one term over articles (Gries 2008): 0 even, near 1 in one article only.

    Examples
    --------
    >>> dispersion(np.array([1.0, 1.0]), np.array([100.0, 100.0]))
    0.0
    >>> dispersion(np.array([2.0, 0.0]), np.array([100.0, 100.0]))
    0.5
    """
    return float(0.5 * np.abs(counts / counts.sum() - sizes / sizes.sum()).sum())
