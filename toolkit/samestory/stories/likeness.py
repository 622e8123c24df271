"""How like two articles are: their words, above the background of each, times a decay with time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from samestory import tables
from samestory.stories.background import background_factors
from samestory.stories.embeddings import beside_words, embedded
from samestory.stories.linkage import Floats, Rows, neighbourhoods
from samestory.stories.vectors import Bags, Vectors, article_vectors, count_words

__all__ = [
    "THRESHOLD",
    "Compared",
    "DateBlock",
    "Likeness",
    "Spread",
    "bags_of",
    "decay",
    "has_text",
    "likeness_of",
    "needed",
    "reach_of",
    "usable_rows",
]

# Likeness of two articles falls with the time between them as exp(-(days / DECAY_DAYS) ** DECAY_SHAPE):
# 0.89 after one day, 0.69 after two, 0.15 after five, 0.03 after a week.
DECAY_DAYS, DECAY_SHAPE = 3.5, 1.75
# A pair of which one date is unknown is judged by its words alone, so the words must say more.
UNDATED_FACTOR = 0.43
# Mean likeness from which two articles are one story. A story of n articles needs (n / 2) ** SIZE_POWER times
# that, at most MOST_NEEDED times: most events are told by few articles, the sizes of stories fall off as a
# power, so the larger a story is said to be, the more must speak for it.
THRESHOLD = 0.078
SIZE_POWER, MOST_NEEDED = 0.3, 1.75

# Articles whose rows are sent to a worker together: some tens of megabytes.
_TASK_ROWS = 16_384

#: Does a function of tasks elsewhere, and gives what comes of them in the order of the tasks.
Spread = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]

_NO_TEXT = ("unreadable", "no_text", "furniture_only")


@dataclass(frozen=True)
class Compared:
    """Things ready to be compared: rows, a factor each, days since 1970 (NaN: unknown), effect of time.

    ``fade(a, b)`` is the factor by which time lowers the likeness of two, ``reach(least)`` the days
    beyond which no pair has this likeness.
    """

    rows: sp.csr_matrix
    factors: Floats
    days: Floats
    fade: Callable[[Floats, Floats], Floats]
    reach: Callable[[float], float]

    def among(self, one: Rows, other: Rows) -> Floats:
        """Likeness of every one of ``one`` with every one of ``other``, 0 to 1."""
        likeness = (self.rows[one] @ self.rows[other].T).toarray().astype(np.float64)
        likeness *= self.factors[one][:, None]
        likeness *= self.factors[other][None, :]
        likeness *= self.fade(self.days[one], self.days[other])
        return np.asarray(likeness.clip(0.0, 1.0, out=likeness))

    def pairs(self, least: float, spread: Spread | None = None) -> Iterator[tuple[Rows, Rows, Floats]]:
        """All pairs (first, second, likeness) of at least a likeness, in blocks of days.

        With ``spread``, workers are given blocks of days, each with the rows that it takes.
        """
        order = np.argsort(self.days, kind="stable")  # NaN last
        spots = neighbourhoods(self.days[order], self.reach(least))
        if spread is None:
            yield from (self.linked(order, block, chunk, least) for block, chunk in spots)
        else:
            for found in spread(DateBlock.linked, self._date_blocks(order, spots, least)):
                yield from found

    def linked(self, order: Rows, block: slice, chunk: slice, least: float) -> tuple[Rows, Rows, Floats]:
        """Pairs of at least a likeness, of one in a block and a later one in a chunk of the order."""
        one, other = np.arange(block.start, block.stop), np.arange(chunk.start, chunk.stop)
        likeness = self.among(order[one], order[other])
        a, b = np.nonzero((likeness >= least) & (one[:, None] < other[None, :]))
        return order[one[a]], order[other[b]], likeness[a, b]

    def _date_blocks(
        self, order: Rows, spots: Iterable[tuple[slice, slice]], least: float
    ) -> Iterator[DateBlock]:
        """Put neighbourhoods together, those that follow each other, until they take so many rows."""
        held: list[tuple[slice, slice]] = []
        places = np.zeros(0, dtype=np.intp)
        for block, chunk in spots:
            more = np.unique(np.concatenate([places, *(np.arange(s.start, s.stop) for s in (block, chunk))]))
            if held and len(more) > _TASK_ROWS:
                yield self._date_block(order, places, held, least)
                held, places = [], np.zeros(0, dtype=np.intp)
                more = np.unique(np.concatenate([np.arange(s.start, s.stop) for s in (block, chunk)]))
            held.append((block, chunk))
            places = more
        if held:
            yield self._date_block(order, places, held, least)

    def _date_block(
        self, order: Rows, places: Rows, spots: Sequence[tuple[slice, slice]], least: float
    ) -> DateBlock:
        taken = order[places]
        some = Compared(self.rows[taken], self.factors[taken], self.days[taken], self.fade, self.reach)
        # All places of a neighbourhood are taken, so that they follow each other here, too.
        shifted = [tuple(_moved(s, places) for s in spot) for spot in spots]
        return DateBlock(some, taken, [(block, chunk) for block, chunk in shifted], least)


def _moved(place: slice, places: Rows) -> slice:
    start = int(np.searchsorted(places, place.start))
    return slice(start, start + place.stop - place.start)


@dataclass(frozen=True)
class DateBlock:
    """Articles of neighbouring days, for a worker that compares them."""

    compared: Compared
    numbers: Rows  # of the articles, among all
    spots: list[tuple[slice, slice]]
    least: float

    def linked(self) -> list[tuple[Rows, Rows, Floats]]:
        """Pairs of at least the likeness, neighbourhood by neighbourhood."""
        order = np.arange(len(self.numbers))
        found = (self.compared.linked(order, block, chunk, self.least) for block, chunk in self.spots)
        return [(self.numbers[one], self.numbers[other], likeness) for one, other, likeness in found]


@dataclass(frozen=True)
class Likeness(Compared):
    """Articles ready to be compared, with their headlines and the words behind the rows."""

    titles: list[str]
    vectors: Vectors


def usable_rows(articles: pd.DataFrame) -> Rows:
    """Places of the articles with a text, in the order of the ids.

    Sums, and so ties, then do not depend on the order of the rows.
    """
    usable = has_text(articles) & ~tables.has_flag(articles, *_NO_TEXT).to_numpy()
    rows = np.flatnonzero(usable)
    return rows[np.argsort(articles["article_id"].to_numpy(dtype=object)[rows], kind="stable")]


def has_text(articles: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Say which articles have a text; where the texts are elsewhere, a column ``has_text`` says it."""
    if "text" not in articles.columns:
        return articles["has_text"].to_numpy(dtype=bool)
    return articles["text"].str.strip().ne("").to_numpy(dtype=bool)


def bags_of(articles: pd.DataFrame, texts: Iterable[str] | None = None) -> Bags:
    """Count the words of articles; ``texts`` are theirs, where these are not in the table."""
    return count_words(_titles(articles), articles["text"] if texts is None else texts)


def likeness_of(
    articles: pd.DataFrame,
    *,
    events: bool = True,
    bags: Bags | None = None,
    embeddings: str | Path | None = None,
) -> Likeness:
    """Make the articles ready to be compared, as to their events or (not ``events``) their subjects.

    With ``bags``, their words counted, their texts are not read (but for embeddings).
    """
    titles, days = _titles(articles), _days(articles)
    vectors = article_vectors(bags_of(articles) if bags is None else bags, days if events else None)
    rows = vectors.rows
    if embeddings is not None:
        rows = beside_words(rows, embedded(titles, articles["text"].tolist(), embeddings))
    factors = background_factors(rows, days) if events else np.ones(len(articles))
    return Likeness(rows, factors, days, decay, reach_of, titles, vectors)


def _titles(articles: pd.DataFrame) -> list[str]:
    """Headlines, empty where there is none."""
    return articles["title"].fillna("").tolist() if "title" in articles.columns else [""] * len(articles)


def _days(articles: pd.DataFrame) -> Floats:
    """Publication times in days since 1970, NaN where unknown."""
    if "published" not in articles.columns:
        return np.full(len(articles), np.nan)
    # Microseconds also hold the years that nanoseconds cannot, such as a mistaken year 1.
    published = pd.to_datetime(articles["published"], utc=True)  # a column of nothing but NA has no .dt
    times = published.dt.tz_localize(None).to_numpy(dtype="datetime64[us]")
    return np.where(np.isnat(times), np.nan, times.astype(np.int64) / 86_400e6)


def decay(first: Floats, second: Floats) -> Floats:
    """Factor by which time lowers the likeness, 0 to 1; articles of ``first`` × articles of ``second``."""
    apart = np.abs(first[:, None] - second[None, :])
    factor = np.exp(-((apart / DECAY_DAYS) ** DECAY_SHAPE))
    return np.asarray(np.where(np.isnan(factor), UNDATED_FACTOR, factor), dtype=np.float64)


def needed(size: Floats, threshold: float = THRESHOLD) -> Floats:
    """Mean likeness from which groups of articles make a story of so many.

    Examples
    --------
    >>> needed(np.array([2.0, 3.0, 10.0, 1000.0]), 0.1).round(3).tolist()
    [0.1, 0.113, 0.162, 0.175]
    """
    return np.asarray(threshold * np.minimum((np.maximum(size, 2) / 2) ** SIZE_POWER, MOST_NEEDED))


def reach_of(least: float, *, most: float = 3.0) -> float:
    """Days beyond which no pair reaches a likeness; no scaled dot product is above ``most``."""
    return float(DECAY_DAYS * math.log(most / least) ** (1 / DECAY_SHAPE))
