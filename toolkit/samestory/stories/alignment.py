"""align_stories: which articles tell the same event."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.stories.linkage import Floats, Rows, cluster
from samestory.stories.vectors import Vectors, article_vectors
from samestory.text import words

__all__ = ["align_stories"]

# Likeness of two articles falls with the time between them as exp(-(days / DECAY_DAYS) ** DECAY_SHAPE):
# 0.92 after one day, 0.74 after two, 0.23 after five, 0.07 after a week.
DECAY_DAYS, DECAY_SHAPE = 4.0, 1.75
# A pair of which one date is unknown is judged by its words alone, so the words must say more.
UNDATED_FACTOR = 0.6


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
    Likeness is a mean of two cosines of TF-IDF vectors, of body and of headline with opening (see
    ``samestory.stories.vectors``), times a decay with the time between the two publications, which
    keeps a preview and its report, or two strikes of one dispute, apart. Articles are clustered by average
    linkage. A pair with an unknown date counts as if the decay were 0.6.

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
    return _names(labels, days, vectors, titles)


def _days(articles: pd.DataFrame) -> Floats:
    """Publication times in days since 1970, NaN where unknown."""
    if "published" not in articles.columns:
        return np.full(len(articles), np.nan)
    # Microseconds also hold the years that nanoseconds cannot, such as a mistaken year 1.
    published = pd.to_datetime(articles["published"], utc=True)  # a column of nothing but NA has no .dt
    times = published.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    return np.where(np.isnat(times), np.nan, times.astype(np.int64) / 86_400e6)


def _decay(first: Floats, second: Floats) -> Floats:
    apart = np.abs(first[:, None] - second[None, :])
    decay = np.exp(-((apart / DECAY_DAYS) ** DECAY_SHAPE))
    return np.asarray(np.where(np.isnan(decay), UNDATED_FACTOR, decay), dtype=np.float64)


def _names(labels: Rows, days: Floats, vectors: Vectors, titles: list[str]) -> npt.NDArray[np.object_]:
    """Name each cluster by its first day and heaviest words; number the names that clusters share."""
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    groups.sort(key=lambda members: int(members[0]))
    names = np.empty(len(labels), dtype=object)
    taken: Counter[str] = Counter()
    for members in groups:
        known = days[members][np.isfinite(days[members])]
        day = str(np.datetime64(int(known.min() // 1), "D")) if len(known) else "undated"
        name = "-".join([day, *_heaviest_words(members, vectors, titles)])
        taken[name] += 1
        names[members] = name if taken[name] == 1 else f"{name}-{taken[name]}"
    return names


def _heaviest_words(members: Rows, vectors: Vectors, titles: list[str]) -> list[str]:
    """Up to three words of the headlines (where there is none: of the texts), by weight, then alphabet."""
    start, stop = vectors.rows.indptr[members], vectors.rows.indptr[members + 1]
    cells = np.concatenate([np.arange(a, b) for a, b in zip(start, stop, strict=True)])
    n_terms = len(vectors.terms)
    columns, place = np.unique(vectors.rows.indices[cells] % max(1, n_terms), return_inverse=True)
    weights = np.bincount(place, weights=vectors.rows.data[cells], minlength=len(columns)).round(5)
    ranked = [str(w) for w in vectors.terms[columns[np.lexsort((columns, -weights))]]]
    ranked = [w for w in ranked if w.isalpha()]
    headline = {w for i in members for w in words(titles[i])}
    return ([w for w in ranked if w in headline] or ranked)[:3] or ["untitled"]
