"""align_stories: which articles tell the same event."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.stories.linkage import Floats, cluster
from samestory.stories.vectors import Vectors, article_vectors

__all__ = ["align_stories"]

# Likeness of two articles falls with the time between them as exp(-(days / DECAY_DAYS) ** DECAY_SHAPE):
# 0.88 after one day, 0.70 after two, 0.10 after a week.
DECAY_DAYS, DECAY_SHAPE = 4.0, 1.5
# A pair of which one date is unknown is judged by its words alone, so the words must say more.
UNDATED_FACTOR = 0.65


def align_stories(articles: pd.DataFrame, *, threshold: float = 0.14) -> pd.DataFrame:
    """Find the articles that tell the same event, and give each event a ``story_id``.

    Parameters
    ----------
    articles : DataFrame
        Articles table; ``published`` (UTC) and ``title`` are used where there are any.
    threshold : float, optional
        Mean likeness of two groups of articles from which they are one story, above 0 and below 1.
        Raise it when different events are merged, lower it when one event is torn apart.

    Returns
    -------
    DataFrame
        The articles with ``story_id``, in the order given. A ``story_id`` that was there is replaced. An
        article without text (or flagged as unreadable, without text or furniture only) has none (NA);
        every other article has one, alone in its story if need be.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``threshold`` is not between 0 and 1.

    Notes
    -----
    Likeness is the mean of two cosines of TF-IDF vectors, of the whole text and of headline and opening
    (see ``samestory.stories.vectors``), times a decay with the time between the two publications, which
    keeps a preview and its report, or two strikes of one dispute, apart. Articles are clustered by average
    linkage. A pair with an unknown date counts as if the decay were 0.65.

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
    has_text = articles["text"].str.strip().ne("").to_numpy(dtype=bool)
    usable = has_text & ~tables.has_flag(articles, "unreadable", "no_text", "furniture_only").to_numpy()
    story = pd.Series(pd.NA, index=articles.index, dtype="str")
    if usable.any():
        # In the order of the ids, so that sums, and so ties, do not depend on the order of the rows.
        rows = np.flatnonzero(usable)
        rows = rows[np.argsort(articles["article_id"].to_numpy(dtype=object)[rows], kind="stable")]
        story.iloc[rows] = _stories(articles.iloc[rows], threshold)
    return tables.check(articles.assign(story_id=story), tables.ARTICLES)


def _stories(articles: pd.DataFrame, threshold: float) -> npt.NDArray[np.object_]:
    n = len(articles)
    titles = articles["title"].fillna("").tolist() if "title" in articles.columns else [""] * n
    vectors = article_vectors(titles, articles["text"].tolist())
    days = _days(articles)
    reach = DECAY_DAYS * float(-np.log(threshold)) ** (1 / DECAY_SHAPE)
    labels = cluster(vectors.rows, days, decay=_decay, reach=reach, threshold=threshold)
    return _names(labels, days, vectors)


def _days(articles: pd.DataFrame) -> Floats:
    """Publication times in days since 1970, NaN where unknown."""
    if "published" not in articles.columns:
        return np.full(len(articles), np.nan)
    since = pd.to_datetime(articles["published"], utc=True) - pd.Timestamp(0, tz="UTC")
    return (since / pd.Timedelta(days=1)).to_numpy(dtype=np.float64)


def _decay(first: Floats, second: Floats) -> Floats:
    apart = np.abs(first[:, None] - second[None, :])
    decay = np.exp(-((apart / DECAY_DAYS) ** DECAY_SHAPE))
    return np.where(np.isnan(decay), UNDATED_FACTOR, decay)


def _names(labels: npt.NDArray[np.intp], days: Floats, vectors: Vectors) -> npt.NDArray[np.object_]:
    """Name each cluster by its first day and heaviest words; number the names that two clusters share."""
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    groups.sort(key=lambda members: members[0])
    names = np.empty(len(labels), dtype=object)
    taken: dict[str, int] = {}
    for members in groups:
        known = days[members][np.isfinite(days[members])]
        day = str(np.datetime64(int(known.min() // 1), "D")) if len(known) else "undated"
        name = "-".join([day, *(vectors.top_terms(members, 3) or ["untitled"])])
        taken[name] = taken.get(name, 0) + 1
        names[members] = name if taken[name] == 1 else f"{name}-{taken[name]}"
    return names
