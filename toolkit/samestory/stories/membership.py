"""How surely each article belongs to its story."""

from __future__ import annotations

import numpy as np

from samestory.stories.likeness import Likeness, probability
from samestory.stories.linkage import Floats, Rows
from samestory.stories.names import groups_of

__all__ = ["membership"]

# Likeness below which a neighbour is no rival: its chance is under 1 in 200.
LEAST = 0.06
_BLOCK = 1024


def membership(labels: Rows, articles: Likeness) -> Floats:
    """Chance of belonging, per article.

    Parameters
    ----------
    labels : array of int
        The cluster of each article.
    articles : Likeness
        The articles.

    Returns
    -------
    array
        0 to 1: by the mean likeness to the other members; for an article alone, 1 less the chance of its
        likest neighbour.
    """
    chance = np.zeros(len(labels))
    alone = np.ones(len(labels), dtype=bool)
    for members in groups_of(labels):
        if len(members) > 1:
            chance[members] = probability(_mean_to_others(members, articles))
            alone[members] = False
    likest = np.zeros(len(labels))
    for one, other, likeness in articles.pairs(LEAST):
        np.maximum.at(likest, one, likeness)
        np.maximum.at(likest, other, likeness)
    chance[alone] = 1 - probability(likest[alone])
    return chance


def _mean_to_others(members: Rows, articles: Likeness) -> Floats:
    total = np.zeros(len(members))
    for start in range(0, len(members), _BLOCK):
        block = members[start : start + _BLOCK]
        likeness = articles.among(block, members)
        likeness[np.arange(len(block)), np.arange(start, start + len(block))] = 0.0
        total[start : start + _BLOCK] = likeness.sum(axis=1)
    return np.asarray(total / (len(members) - 1))
