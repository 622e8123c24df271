"""How well runs agree, and how well the words of a topic go together."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = ["coherence", "matched", "medoid", "pairwise_agreement"]

Top = list[list[int]]


def matched(one: Top, other: Top) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Match the topics of two runs one to one: for each topic of the first its match, and their overlap.

    Examples
    --------
    >>> order, overlap = matched([[1, 2], [3, 4]], [[3, 5], [1, 2]])
    >>> order.tolist(), overlap.tolist()
    ([1, 0], [1.0, 0.5])
    """
    from scipy.optimize import linear_sum_assignment

    shared = np.array([[len(set(a) & set(b)) / len(a) for b in other] for a in one])
    rows, columns = linear_sum_assignment(-shared)
    return columns, shared[rows, columns]


def pairwise_agreement(runs: list[Top]) -> float:
    """Mean overlap of matched topics over all pairs of runs."""
    return float(np.mean([matched(a, b)[1].mean() for a, b in combinations(runs, 2)]))


def medoid(runs: list[Top]) -> int:
    """Find the run that agrees best with all others; the first one of equals."""
    total = np.zeros(len(runs))
    for i, j in combinations(range(len(runs)), 2):
        value = matched(runs[i], runs[j])[1].mean()
        total[[i, j]] += value
    return int(total.argmax())


def coherence(present: sparse.csc_matrix, terms: list[int]) -> float:
    """Mean normalised pointwise mutual information of a topic's words, over articles that hold them.

    Examples
    --------
    >>> present = sparse.csc_matrix(np.array([[1, 1, 0], [1, 1, 0], [0, 0, 1], [0, 0, 1]], dtype=bool))
    >>> coherence(present, [0, 1]), coherence(present, [0, 2])
    (1.0, -1.0)
    """
    rows = present[:, terms].toarray().astype(float)
    n, single = rows.shape[0], rows.mean(axis=0)
    both = rows.T @ rows / n
    values = []
    for i, j in combinations(range(len(terms)), 2):
        joint = both[i, j]
        if joint <= 0:
            values.append(-1.0)
        elif joint >= 1:
            values.append(1.0)
        else:
            values.append(float(np.log(joint / (single[i] * single[j])) / -np.log(joint)))
    return float(np.mean(values))
