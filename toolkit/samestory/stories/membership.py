"""How surely each article belongs to its story."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from samestory.stories.chances import Chances, probability
from samestory.stories.likeness import Likeness
from samestory.stories.linkage import Floats, Pairs, Rows

__all__ = ["RIVAL", "membership", "noting_likest"]

# Chance below which a neighbour is no rival of an article that is alone.
RIVAL = 0.005
_BLOCK = 256


def noting_likest(pairs: Pairs, chances: Chances, likest: Floats) -> Iterator[tuple[Rows, Rows, Floats]]:
    """Pass pairs on, and keep in ``likest`` the relative likeness of each article's likest neighbour."""
    for one, other, likeness in pairs:
        relative = chances.relative(one, other, likeness)
        np.maximum.at(likest, one, relative)
        np.maximum.at(likest, other, relative)
        yield one, other, likeness


def membership(labels: Rows, articles: Likeness, chances: Chances, likest: Floats) -> Floats:
    """Chance of belonging, per article.

    Parameters
    ----------
    labels : array of int
        The cluster of each article.
    articles : Likeness
        The articles.
    chances : Chances
        Their even likenesses, to which all likenesses are relative.
    likest : array
        The relative likeness of each article's likest neighbour, where its chance is ``RIVAL`` or more.

    Returns
    -------
    array
        0 to 1: by the mean relative likeness to the other members; for an article alone, 1 less the chance of
        its likest neighbour.
    """
    together = np.bincount(labels)[labels] > 1
    chance = 1 - probability(likest)
    grouped = np.flatnonzero(together)
    chance[grouped] = probability(_mean_to_others(labels, grouped, articles, chances))
    return chance


def _mean_to_others(labels: Rows, grouped: Rows, articles: Likeness, chances: Chances) -> Floats:
    """Mean relative likeness of articles to the others of their clusters, in blocks of clusters."""
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
            likeness = chances.relative(order[block][:, None], order[beside][None, :], likeness)
            other = (label[block][:, None] == label[beside][None, :]) & (
                order[block][:, None] != order[beside][None, :]
            )
            total[order[block]] += np.where(other, likeness, 0.0).sum(axis=1)
    size = np.bincount(labels)[labels]
    return np.asarray(total[grouped] / (size[grouped] - 1))
