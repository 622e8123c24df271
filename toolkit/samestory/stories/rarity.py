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

__all__ = ["rarity_now"]

# Weeks around: so many days before and after. So many articles count as having been expected besides.
WINDOW_DAYS, PRIOR_ARTICLES = 14, 3.0
# A word in MOST times as many articles as expected, or more, has MOST ** -POWER of its weight.
POWER, MOST = 0.5, 16.0


def rarity_now(
    words: npt.NDArray[np.int32],
    ends: npt.NDArray[np.int64],
    days: npt.NDArray[np.float64],
    *,
    n_words: int,
) -> npt.NDArray[np.float32]:
    """Give each word of each article a factor for how rare it is at the time.

    Parameters
    ----------
    words : array of int, shape (cells,)
        Numbers of the words of each article, each once, those of one article after those of the other.
    ends : array of int, shape (articles + 1,)
        Article ``i`` has the words from ``ends[i]`` to ``ends[i + 1]``.
    days : array, shape (articles,)
        Publication time in days, NaN where unknown.
    n_words : int
        How many words there are.

    Returns
    -------
    array, shape (cells,)
        The factors of ``words``: 1 for a word that is no more frequent than ever, down to 0.25; 1 throughout
        for an undated article.

    Examples
    --------
    Twelve articles on a strike in one month and twelve without a word of it a year later:

    >>> words, ends = np.array([0, 1] * 12 + [0] * 12), np.array([*range(0, 25, 2), *range(25, 37)])
    >>> rarity_now(words, ends, np.repeat([0.0, 365.0], 12), n_words=2)[:2].astype(float).round(2).tolist()
    [1.0, 0.77]
    """
    factors = np.ones(len(words), dtype=np.float32)
    dated = np.flatnonzero(np.isfinite(days))
    order = dated[np.argsort(days[dated], kind="stable")]
    day = np.floor(days[order])
    cells = [slice(ends[i], ends[i + 1]) for i in order]
    share = np.zeros(n_words)
    for place in cells:
        share[words[place]] += 1 / len(order)
    # The window slides from day to day; its word counts are kept up as articles enter and leave.
    around = np.zeros(n_words, dtype=np.int64)
    left = np.searchsorted(day, day - WINDOW_DAYS, side="left")
    right = np.searchsorted(day, day + WINDOW_DAYS, side="right")
    gone = come = 0
    for i, place in enumerate(cells):
        for entering in cells[come : right[i]]:
            around[words[entering]] += 1
        for leaving in cells[gone : left[i]]:
            around[words[leaving]] -= 1
        gone, come = left[i], right[i]
        own = words[place]
        expected = (come - gone) * share[own]
        times = (around[own] + PRIOR_ARTICLES) / (expected + PRIOR_ARTICLES)
        factors[place] = np.clip(times, 1.0, MOST) ** -POWER
    return factors
