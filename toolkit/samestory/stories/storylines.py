"""align_storylines: which stories are chapters of one developing affair."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.preprocessing import normalize

from samestory import tables
from samestory.stories.likeness import Compared, Likeness, Spread, bags_of, likeness_of, usable_rows
from samestory.stories.linkage import Floats, Rows, cluster
from samestory.stories.names import story_names
from samestory.stories.vectors import Bags

__all__ = ["align_storylines", "storylines_counted"]

# Likeness of two stories falls with the time between them as exp(-days / DECAY_DAYS): an affair lasts weeks.
DECAY_DAYS, UNDATED_FACTOR = 60.0, 0.7
# Mean likeness of two groups of stories from which they are one affair.
THRESHOLD = 0.13


def align_storylines(articles: pd.DataFrame) -> pd.DataFrame:
    """Find the stories that are chapters of one affair, and give each affair a ``storyline_id``.

    Parameters
    ----------
    articles : DataFrame
        Articles table with ``story_id``, for instance from ``align_stories``.

    Returns
    -------
    DataFrame
        The articles with ``storyline_id``, in the order given; NA where there is no story. Articles of one
        story are always in one storyline; a storyline of one story is an affair without further chapters.

    Raises
    ------
    TableError
        ``articles`` is not an articles table, or has no ``story_id``.

    Notes
    -----
    A strike and the second strike of the same dispute are two stories and one storyline. Stories are
    compared by the words of all their articles, with a decay that takes weeks, and clustered by
    average linkage. A storyline is a help in reading: what counts as one affair has no sharp edge, and
    no comparison of the toolkit rests on it.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c"], "outlet": ["Herald", "Harbour", "Herald"],
    ...     "story_id": ["one", "two", "three"],
    ...     "text": ["Ferry crews began a strike.", "The strike of ferry crews ends.", "The rate was cut."]})
    >>> align_storylines(articles)["storyline_id"].tolist()
    ['undated-crews-ferry-strike', 'undated-crews-ferry-strike', 'undated-cut-rate']
    """
    tables.check(articles, tables.ARTICLES, need=["story_id"])
    rows = usable_rows(articles)
    rows = rows[articles["story_id"].iloc[rows].notna().to_numpy(dtype=bool)]
    told = articles.iloc[rows]
    return tables.check(storylines_counted(articles, rows, bags_of(told)), tables.ARTICLES)


def storylines_counted(
    articles: pd.DataFrame, rows: Rows, bags: Bags, *, spread: Spread | None = None
) -> pd.DataFrame:
    """Find the storylines of articles whose texts are elsewhere, as :func:`align_storylines` does.

    Parameters
    ----------
    articles : DataFrame
        Articles with ``story_id``, without ``text``.
    rows : array of int
        Places of the articles with a text and a story, in the order of the ids.
    bags : Bags
        The words of these, in this order (:func:`~samestory.stories.likeness.bags_of`).
    spread : callable, optional
        As for :func:`~samestory.stories.alignment.align_counted`.

    Returns
    -------
    DataFrame
        The articles with ``storyline_id``.
    """
    line = pd.Series(pd.NA, index=articles.index, dtype="str")
    if len(rows):
        told = articles.iloc[rows]
        # The articles are weighed twice: they and the stories made of them would be in memory together.
        labels = _storylines(told["story_id"], likeness_of(told, events=False, bags=bags), spread)
        line.iloc[rows] = story_names(labels, likeness_of(told, events=False, bags=bags))
    return articles.assign(storyline_id=line)


def _storylines(stories: pd.Series[str], used: Likeness, spread: Spread | None) -> Rows:
    """Give each article the number of the affair that its story is a chapter of."""
    story: Rows = np.unique(stories.to_numpy(dtype=object), return_inverse=True)[1]
    n = int(story.max()) + 1
    told_by = sp.csr_matrix((np.ones(len(story), dtype=np.float32), (story, np.arange(len(story)))))
    words = sp.csr_matrix(told_by @ used.rows)
    words = normalize(words, copy=False) if words.shape[1] else words
    days = np.full(n, np.inf)
    np.minimum.at(days, story, np.where(np.isnan(used.days), np.inf, used.days))
    days[np.isinf(days)] = np.nan
    del used
    compared = Compared(words, np.ones(n), days, _decay, _reach)
    return cluster(n, compared.pairs(THRESHOLD, spread), compared.among, _need)[story]


def _reach(least: float) -> float:
    return DECAY_DAYS * float(-np.log(least))


def _need(size: Floats) -> Floats:
    return np.full(len(size), THRESHOLD)


def _decay(first: Floats, second: Floats) -> Floats:
    factor = np.exp(-np.abs(first[:, None] - second[None, :]) / DECAY_DAYS)
    return np.asarray(np.where(np.isnan(factor), UNDATED_FACTOR, factor), dtype=np.float64)
