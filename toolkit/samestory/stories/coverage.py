"""story_coverage: which outlet told which story, at what length and how soon."""

from __future__ import annotations

import pandas as pd

from samestory import tables
from samestory.text import words

__all__ = ["story_coverage"]


def story_coverage(articles: pd.DataFrame) -> pd.DataFrame:
    """Count, for every story and every outlet of the corpus, what the outlet wrote on it.

    Parameters
    ----------
    articles : DataFrame
        Articles table with ``story_id``, for instance from ``align_stories``.

    Returns
    -------
    DataFrame
        Coverage table: one row per story × outlet, also where the outlet did not tell the story
        (``n_articles`` and ``words`` 0, times NA). ``lag_hours`` counts from the first article of any outlet
        and is NA where no date is known. ``title`` is the headline of the story's first article. Stories
        stand in the order of their first publication, undated ones last.

    Raises
    ------
    TableError
        ``articles`` is not an articles table, or has no ``story_id``.

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
    named = articles[articles["outlet"].str.strip().ne("").to_numpy(dtype=bool)]
    told = _told(named[~tables.has_flag(named, "no_outlet")])
    stories = _stories(told)
    outlets = sorted(set(named["outlet"]))
    cells = told.groupby(["story_id", "outlet"]).agg(
        n_articles=("words", "size"), words=("words", "sum"), first_published=("published", "min")
    )
    grid = pd.MultiIndex.from_product([stories.index, outlets], names=["story_id", "outlet"])
    out = cells.reindex(grid).reset_index()
    first = stories.reindex(out["story_id"]).set_axis(out.index)
    out = out.assign(
        story_id=out["story_id"].astype("str"),
        outlet=out["outlet"].astype("str"),
        n_articles=out["n_articles"].fillna(0).astype("int64"),
        words=out["words"].fillna(0).astype("int64"),
        lag_hours=(out["first_published"] - first["published"]).dt.total_seconds() / 3600,
        title=first["title"].astype("str"),
    )
    return tables.check(out, tables.COVERAGE)


def _told(articles: pd.DataFrame) -> pd.DataFrame:
    """Articles with a story, the first published first, with the columns that coverage needs."""
    told = articles[articles["story_id"].notna()]
    nothing = pd.Series(pd.NA, index=told.index)
    out = pd.DataFrame(
        {
            "article_id": told["article_id"],
            "story_id": told["story_id"].astype("str"),
            "outlet": told["outlet"],
            "title": told.get("title", nothing).astype("str"),
            "published": pd.to_datetime(told.get("published", nothing), utc=True),
            "words": told["text"].map(lambda text: len(words(text))).astype("int64"),
        }
    )
    return out.sort_values(["published", "article_id"], na_position="last")


def _stories(told: pd.DataFrame) -> pd.DataFrame:
    """First publication and headline of each story, in the order of first publication."""
    # The rows are in the order of publication, so the first row of a story is its first article.
    return told.drop_duplicates("story_id").sort_values(["published", "story_id"]).set_index("story_id")
