"""Chances: how surely two articles of a likeness tell one event, which depends on how many others could.

The same likeness proves less where more articles could have it by accident. The prior odds that two articles
tell one event fall with the number of articles published in the same days; the background that a likeness is
measured above rises with the number of articles from which it was taken. Both meet in one figure, the
*crowding* of an article: articles published in the same days, per article that stood for its background. It
is small in an archive of years and near 1 in a corpus of one week.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samestory.stories.background import thinning
from samestory.stories.likeness import DECAY_DAYS
from samestory.stories.linkage import Floats, Rows

__all__ = ["Chances", "chances_of", "crowding", "probability"]

# Log odds are STEEPNESS * ln(likeness / even), where the even likeness is EVEN * crowding ** POWER; for two
# dated articles, and for a pair with an unknown date. Fitted by bench/evaluate_links.py.
STEEPNESS = 7.53
EVEN, POWER = 0.2354, 0.182
UNDATED_EVEN, UNDATED_POWER = 0.0977, 0.104


@dataclass(frozen=True)
class Chances:
    """The likeness from which two articles are as likely as not to tell one event.

    ``even`` is that of two articles as crowded as each (NaN without a date), ``undated`` that of any pair
    with an unknown date.
    """

    even: Floats
    undated: float

    def relative(self, one: Rows, other: Rows, likeness: Floats) -> Floats:
        """Divide the likeness of pairs by their even likeness."""
        even = np.sqrt(self.even[one] * self.even[other])
        return np.asarray(likeness / np.where(np.isnan(even), self.undated, even))

    def least_likeness(self, chance: float) -> float:
        """Likeness below which no pair has this chance."""
        lowest = float(np.where(np.isnan(self.even), self.undated, self.even).min())
        return float(lowest * (chance / (1 - chance)) ** (1 / STEEPNESS))


def chances_of(days: Floats) -> Chances:
    """Even likeness of articles, by their publication times in days (NaN: unknown)."""
    crowded = crowding(days)
    undated = UNDATED_EVEN * thinning(len(days)) ** UNDATED_POWER
    return Chances(np.where(np.isnan(days), np.nan, EVEN * crowded**POWER), float(undated))


def crowding(days: Floats) -> Floats:
    """Articles that each could tell one event with, per article that stood for its background.

    Parameters
    ----------
    days : array
        Publication time in days, NaN where unknown.

    Returns
    -------
    array
        Above 0. Dated articles count those published within ``DECAY_DAYS`` (themselves among them), undated
        ones all.

    Examples
    --------
    >>> crowding(np.array([0.0, 1.0, 100.0, 200.0])).tolist()
    [0.5, 0.5, 0.25, 0.25]
    """
    dated = np.sort(days[~np.isnan(days)])
    near = np.searchsorted(dated, days + DECAY_DAYS, side="right") - np.searchsorted(dated, days - DECAY_DAYS)
    return np.asarray(np.where(np.isnan(days), len(days), near) * thinning(len(days)) / len(days))


def probability(relative: npt.ArrayLike) -> Floats:
    """Chance that two articles tell one event, by their likeness over the even likeness.

    Examples
    --------
    >>> probability([0.0, 1.0, 2.0]).round(3).tolist()
    [0.0, 0.5, 0.995]
    """
    with np.errstate(divide="ignore"):
        return np.asarray(1 / (1 + np.asarray(relative, dtype=np.float64) ** -STEEPNESS))
