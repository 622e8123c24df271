"""story_coverage: which outlet told which story, at what length and how soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from samestory import tables
from samestory.errors import OptionError
from samestory.text import total_words

__all__ = ["SAMPLING", "coverage_blocks", "story_coverage"]


#: How a corpus can be drawn, and what a story that an outlet lacks then says.
SAMPLING: Mapping[str, str | None] = MappingProxyType(
    {
        "all": None,
        "query": "the corpus was drawn by a query, which may have missed the outlet's article",
        "story": "the corpus was drawn story by story, so the gap may be the drawer's choice",
        "unknown": "the corpus does not say how it was drawn",
    }
)


#: Columns that say where an article stood, in the order told.
PLACEMENT = ("page", "position", "section")


def story_coverage(
    articles: pd.DataFrame, *, sampling: Literal["all", "query", "story", "unknown"] = "unknown"
) -> pd.DataFrame:
    """Count, for every story and every outlet of the corpus, what the outlet wrote on it.

    Parameters
    ----------
    articles : DataFrame
        Articles table with ``story_id``, for instance from ``align_stories``.
    sampling : {"all", "query", "story", "unknown"}, optional
        How the articles were drawn: everything the outlets published, what a query found, or story by
        story. Only from ``"all"`` can a story that is not told be read as the outlet's selection.

    Returns
    -------
    DataFrame
        Coverage table: one row per story × outlet, also where the outlet did not tell the story
        (``n_articles`` and ``words`` 0, times NA). ``lag_hours`` counts from the first article of any outlet
        and is NA where no date is known. ``reason`` says, where the outlet did not tell the story, why this
        cannot be read as its selection; it is NA where the story is told, and everywhere for ``"all"``.
        ``covered`` says whether the outlet told the story. ``placement`` tells where its articles stood, the
        first published first, as far as the corpus has the columns ``page``, ``position`` (on the home page)
        or ``section``; where it is NA, ``placement_reason`` says why. ``title`` is the headline of the
        story's first article. Stories stand in the order of their first publication, undated ones last.

    Raises
    ------
    TableError
        ``articles`` is not an articles table, or has no ``story_id``.
    OptionError
        ``sampling`` is none of these.

    Notes
    -----
    Not told means not told in this corpus. Articles without a story or without an outlet are not counted;
    an outlet whose articles all lack a story still has its rows.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c"], "outlet": ["Harbour", "Herald", "Herald"],
    ...     "story_id": ["s1", "s1", "s2"], "text": ["Crews strike.", "Ferries stand idle.", "Rates fall."],
    ...     "published": pd.to_datetime(["2025-03-04T06:00Z", "2025-03-04T09:30Z", "2025-03-07T10:00Z"])})
    >>> story_coverage(articles)[["story_id", "outlet", "n_articles", "words", "lag_hours"]]
      story_id   outlet  n_articles  words  lag_hours
    0       s1  Harbour           1      2        0.0
    1       s1   Herald           1      3        3.5
    2       s2  Harbour           0      0        NaN
    3       s2   Herald           1      2        0.0
    """
    tables.check(articles, tables.ARTICLES, need=["story_id"])
    n_words = articles["text"].map(total_words).astype("int64")
    return tables.check(next(coverage_blocks(articles, n_words, sampling=sampling)), tables.COVERAGE)


def coverage_blocks(
    articles: pd.DataFrame,
    n_words: pd.Series[int],
    *,
    sampling: Literal["all", "query", "story", "unknown"],
    most_rows: int | None = None,
) -> Iterator[pd.DataFrame]:
    """Count as :func:`story_coverage` does, some stories at a time, without the texts.

    Parameters
    ----------
    articles : DataFrame
        Articles table with ``story_id``; it needs no ``text``.
    n_words : Series of int
        Words of each article.
    sampling : {"all", "query", "story", "unknown"}
        As in :func:`story_coverage`.
    most_rows : int, optional
        Rows of a block, about; a story stands in one block. By default there is one block.

    Yields
    ------
    DataFrame
        One block of the coverage table after the other, at least one.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "Herald", "story_id": ["s1", "s2"]})
    >>> [len(b) for b in coverage_blocks(articles, pd.Series([3, 4]), sampling="all", most_rows=1)]
    [1, 1]
    """
    if sampling not in SAMPLING:
        raise OptionError(f"sampling is one of {', '.join(SAMPLING)}; '{sampling}' was found")
    named = articles["outlet"].str.strip().ne("").to_numpy(dtype=bool)
    outlets = sorted(set(articles["outlet"][named]))
    placed = (
        named & ~tables.has_flag(articles, "no_outlet").to_numpy() & articles["story_id"].notna().to_numpy()
    )
    told = _told(articles[placed], n_words[placed])
    stories = _stories(told)
    whole = _Grid(
        stories, outlets, _cells(told, stories, outlets), SAMPLING[sampling], _why_unplaced(articles)
    )
    step = max(1, (most_rows or 0) // max(1, len(outlets))) if most_rows else max(1, len(stories))
    for begin in range(0, max(1, len(stories)), step):
        yield whole.block(begin, min(begin + step, len(stories)))


@dataclass(frozen=True)
class _Grid:
    """Stories × outlets, of which only the cells that are told are held."""

    stories: pd.DataFrame
    outlets: list[str]
    cells: pd.DataFrame  # with the place of each in the grid
    gap: str | None
    unplaced: str

    def block(self, begin: int, end: int) -> pd.DataFrame:
        """Return the rows of some stories."""
        n = len(self.outlets)
        low, high = np.searchsorted(self.cells["place"], [begin * n, end * n])
        cells = self.cells.iloc[low:high]
        at = np.full((end - begin) * n, -1)
        at[cells["place"].to_numpy() - begin * n] = np.arange(len(cells))
        told = at >= 0
        story = np.repeat(np.arange(begin, end), n)
        first = self.stories["published"].array.take(story)
        published = cells["published"].array.take(at, allow_fill=True)
        placement = cells["placement"].array.take(at, allow_fill=True)
        return pd.DataFrame(
            {
                "story_id": self.stories["story_id"].array.take(story),
                "outlet": _said(self.outlets, np.tile(np.arange(n), end - begin)),
                "n_articles": np.where(told, cells["n_articles"].array.take(at), 0) if len(cells) else 0,
                "words": np.where(told, cells["words"].array.take(at), 0) if len(cells) else 0,
                "first_published": published,
                "placement": placement,
                "covered": told,
                "placement_reason": _said([self.unplaced], np.where(told & placement.isna(), 0, -1)),
                "lag_hours": (pd.Series(published) - pd.Series(first)).dt.total_seconds() / 3600,
                "reason": _said([self.gap], np.where(told, -1, 0)),
                "title": self.stories["title"].array.take(story),
            }
        ).astype({"n_articles": "int64", "words": "int64"})


def _said(texts: Sequence[str | None], places: NDArray[np.int64]) -> ExtensionArray:
    """Write one of a few texts in each row; none where the place is -1."""
    return pd.array(list(texts), dtype="str").take(places, allow_fill=True)


def _cells(told: pd.DataFrame, stories: pd.DataFrame, outlets: list[str]) -> pd.DataFrame:
    """Add up what each outlet wrote on each story it tells."""
    story = pd.Index(stories["story_id"]).get_indexer(pd.Index(told["story_id"]))
    place = story.astype("int64") * len(outlets) + pd.Index(outlets).get_indexer(pd.Index(told["outlet"]))
    # The sort is stable, so the articles of a cell stay in the order of publication.
    order = np.argsort(place, kind="stable")
    rows = told.iloc[order].reset_index(drop=True)
    cells, first = np.unique(place[order], return_index=True)
    size = np.diff(np.append(first, len(rows)))
    number = np.repeat(np.arange(len(cells)), size)
    known = rows["placement"].notna().to_numpy()
    together = rows["placement"][known].groupby(number[known]).agg(_together)
    return pd.DataFrame(
        {
            "place": cells,
            "n_articles": size,
            "words": np.add.reduceat(rows["words"].to_numpy(), first) if len(first) else size,
            "published": rows["published"].array.take(first),
            "placement": together.reindex(np.arange(len(cells))).astype("str").array,
        }
    )


def _told(articles: pd.DataFrame, n_words: pd.Series[int]) -> pd.DataFrame:
    """Articles with a story, the first published first, with the columns that coverage needs."""
    nothing = pd.Series(pd.NA, index=articles.index)
    out = pd.DataFrame(
        {
            "article_id": articles["article_id"],
            "story_id": articles["story_id"].astype("str"),
            "outlet": articles["outlet"].astype("str"),
            "title": articles.get("title", nothing).astype("str"),
            "published": pd.to_datetime(articles.get("published", nothing), utc=True),
            "placement": _placements(articles),
            "words": n_words,
        }
    )
    return out.sort_values(["published", "article_id"], na_position="last")


def _placements(articles: pd.DataFrame) -> pd.Series:
    """Where each article stood, such as ``page 1, section Home``; NA where the corpus does not say."""
    place = pd.Series("", index=articles.index, dtype="str")
    for name in PLACEMENT:
        if name in articles.columns:
            said = articles[name].map(
                lambda value, name=name: f", {name} {_plain(value)}" if _plain(value) else ""
            )
            place += said.astype("str")
    return place.str.removeprefix(", ").where(place.ne(""))


def _plain(value: object) -> str:
    """Write a page or position as one does; empty for nothing."""
    if value is None or value is pd.NA or value != value:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _together(placements: pd.Series) -> str:
    return "; ".join(dict.fromkeys(placements))


def _why_unplaced(articles: pd.DataFrame) -> str:
    """Say why there is no placement, where an outlet told a story."""
    if any(name in articles.columns for name in PLACEMENT):
        return "the corpus has no placement for these articles"
    return f"the corpus has none of the columns {', '.join(PLACEMENT)}"


def _stories(told: pd.DataFrame) -> pd.DataFrame:
    """First publication and headline of each story, in the order of first publication."""
    # The rows are in the order of publication, so the first row of a story is its first article.
    return told.drop_duplicates("story_id").sort_values(["published", "story_id"])
