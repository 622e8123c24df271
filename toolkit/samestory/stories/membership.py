"""How surely each article belongs to its story."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from samestory.stories.likeness import Likeness, probability
from samestory.stories.linkage import Floats, Pairs, Rows

__all__ = ["LEAST", "membership", "noting_likest"]

# Likeness below which a neighbour is no rival: its chance is under 1 in 200.
LEAST = 0.048
_BLOCK = 256


def noting_likest(pairs: Pairs, likest: Floats) -> Iterator[tuple[Rows, Rows, Floats]]:
    """Pass pairs on, and keep in ``likest`` the likeness of each article's likest neighbour."""
    for one, other, likeness in pairs:
        np.maximum.at(likest, one, likeness)
        np.maximum.at(likest, other, likeness)
        yield one, other, likeness


def membership(labels: Rows, articles: Likeness, likest: Floats) -> Floats:
    """Chance of belonging, per article.

    Parameters
    ----------
    labels : array of int
        The cluster of each article.
    articles : Likeness
        The articles.
    likest : array
        The likeness of each article's likest neighbour, where it is ``LEAST`` or more.

    Returns
    -------
    array
        0 to 1: by the mean likeness to the other members; for an article alone, 1 less the chance of its
        likest neighbour.
    """
    together = np.bincount(labels)[labels] > 1
    chance = 1 - probability(likest)
    grouped = np.flatnonzero(together)
    chance[grouped] = probability(_mean_to_others(labels, grouped, articles))
    return chance


def _mean_to_others(labels: Rows, grouped: Rows, articles: Likeness) -> Floats:
    """Mean likeness of the articles ``grouped`` to the others of their clusters, in blocks of clusters."""
    order = grouped[np.argsort(labels[grouped], kind="stable")]
    label = labels[order]
    total = np.zeros(len(labels))
    for start in range(0, len(order), _BLOCK):
        block = slice(start, start + _BLOCK)
        # The other members of the first and last cluster may lie outside the block.
        left = int(np.searchsorted(label, label[start], side="left"))
        right = int(np.searchsorted(label, label[block][-1], side="right"))
        for low in range(left, right, _BLOCK):
            beside = slice(low, min(low + _BLOCK, right))
            likeness = articles.among(order[block], order[beside])
            other = (label[block][:, None] == label[beside][None, :]) & (
                order[block][:, None] != order[beside][None, :]
            )
            total[order[block]] += np.where(other, likeness, 0.0).sum(axis=1)
    size = np.bincount(labels)[labels]
    return np.asarray(total[grouped] / (size[grouped] - 1))
