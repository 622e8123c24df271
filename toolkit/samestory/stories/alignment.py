"""align_stories: which articles tell the same event."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.stories.chances import chances_of
from samestory.stories.corrections import checked_corrections, corrected
from samestory.stories.likeness import THRESHOLD, Likeness, Spread, likeness_of, needed, usable_rows
from samestory.stories.linkage import Rows, cluster
from samestory.stories.membership import RIVAL, membership, noting_likest
from samestory.stories.names import story_names
from samestory.stories.vectors import Bags

__all__ = ["align_counted", "align_stories"]


def align_stories(
    articles: pd.DataFrame,
    *,
    threshold: float = THRESHOLD,
    corrections: pd.DataFrame | None = None,
    embeddings: str | Path | None = None,
) -> pd.DataFrame:
    """Find the articles that tell the same event, and give each event a ``story_id``.

    Parameters
    ----------
    articles : DataFrame
        Articles table; ``published`` (UTC) and ``title`` are used where there are any.
    threshold : float, optional
        Mean likeness from which two articles are one story, above 0 and below 1; more articles need more.
        Raise it when different events are merged, lower it when one event is torn apart.
    corrections : DataFrame, optional
        Corrections table: pairs of articles that must or cannot be in one story, decided by hand, for
        instance from ``read_corrections``.
    embeddings : str or Path, optional
        Folder of a sentence-transformers model on this machine, to compare articles by embeddings beside
        their words (needs the extra ``embeddings``); nothing is downloaded. The chances in
        ``story_probability`` were fitted without.

    Returns
    -------
    DataFrame
        The articles with ``story_id`` and ``story_probability``, in the order given; such columns that were
        there are replaced. An article without text (or flagged as unreadable, without text or furniture only)
        has none (NA); every other article has one, alone in its story if need be. ``story_probability`` is
        the chance that an article of the mean likeness it has to the others of its story tells their event,
        the lower the more articles were published in the same days (see ``story_links``); for an article
        alone, the chance that its likest neighbour does not.

    Raises
    ------
    TableError
        ``articles`` is not an articles table, or ``corrections`` no corrections table.
    OptionError
        ``threshold`` is not between 0 and 1, or ``embeddings`` is no folder with a model.
    MissingExtraError
        ``embeddings`` without the package sentence-transformers.
    CorpusError
        Two corrections contradict each other (both lines are named), or name an article that is not there.

    Notes
    -----
    Likeness is a mean of three cosines of TF-IDF vectors, of body, opening and headline (see
    ``samestory.stories.vectors``), in which a word counts less where many articles of the weeks around use it
    (``samestory.stories.rarity``), over the background likeness of both articles
    (``samestory.stories.background``), times a decay with the time between the two publications, which
    keeps a preview and its report, or two strikes of one dispute, apart. Articles are clustered by average
    linkage; a story of n articles needs a mean likeness of ``threshold`` times ``(n / 2) ** 0.3`` (at most
    1.75 times), since most events are told by few. A pair with an unknown date counts as if the decay were
    0.43: without dates, events of one affair are often merged.

    A pair that must be together joins its two stories whole. A pair that cannot be together splits its
    story: the two begin stories of their own, and the others go where they are likest.

    A ``story_id`` names day and heaviest words of the story, as in ``2025-03-04-ferry-strike-crews``. It
    depends on the articles alone, not on their order; adding articles to the corpus may change it.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c"], "outlet": ["Herald", "Harbour", "Herald"],
    ...     "text": ["Ferry crews began a strike.", "A strike by ferry crews began.", "The rate was cut."]})
    >>> align_stories(articles)["story_id"].tolist()
    ['undated-began-crews-ferry', 'undated-began-crews-ferry', 'undated-cut-rate']
    """
    tables.check(articles, tables.ARTICLES)
    if not 0 < threshold < 1:
        raise OptionError(f"threshold should lie between 0 and 1, it is {threshold}", hint="leave it out")
    rows = usable_rows(articles)
    used = partial(likeness_of, articles.iloc[rows], embeddings=embeddings)
    placed = _placed(articles, rows, used, threshold=threshold, corrections=corrections)
    return tables.check(placed, tables.ARTICLES)


def align_counted(
    articles: pd.DataFrame,
    rows: Rows,
    bags: Bags,
    *,
    corrections: pd.DataFrame | None = None,
    spread: Spread | None = None,
) -> pd.DataFrame:
    """Align articles whose texts are elsewhere, as :func:`align_stories` does, by the words counted in them.

    Parameters
    ----------
    articles : DataFrame
        Articles, without ``text``.
    rows : array of int
        Places of the articles with a text, in the order of the ids
        (:func:`~samestory.stories.likeness.usable_rows`).
    bags : Bags
        The words of these, in this order.
    corrections : DataFrame, optional
        As for :func:`align_stories`.
    spread : callable, optional
        Gives blocks of dates to workers, which compare the articles of neighbouring days; by default this
        process does.

    Returns
    -------
    DataFrame
        The articles with ``story_id`` and ``story_probability``.
    """
    used = partial(likeness_of, articles.iloc[rows], bags=bags)
    return _placed(articles, rows, used, threshold=THRESHOLD, corrections=corrections, spread=spread)


def _placed(
    articles: pd.DataFrame,
    rows: Rows,
    compared: Callable[[], Likeness],
    *,
    threshold: float,
    corrections: pd.DataFrame | None,
    spread: Spread | None = None,
) -> pd.DataFrame:
    fixes = checked_corrections(articles, corrections)
    story = pd.Series(pd.NA, index=articles.index, dtype="str")
    chance = np.full(len(articles), np.nan)
    if len(rows):
        used = compared()
        need = partial(needed, threshold=threshold)
        likest = np.zeros(len(rows))
        chances = chances_of(used.days)
        least = min(chances.least_likeness(RIVAL), threshold)
        pairs = noting_likest(used.pairs(least, spread), chances, likest)
        labels = cluster(len(rows), pairs, used.among, need)
        labels = corrected(labels, used, fixes.placed(articles["article_id"].iloc[rows]), need)
        story.iloc[rows] = story_names(labels, used)
        chance[rows] = membership(labels, used, chances, likest)
    return articles.assign(story_id=story, story_probability=chance)
