"""story_coverage: which outlet told which story, at what length and how soon."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.text import words

__all__ = ["SAMPLING", "story_coverage"]


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
    if sampling not in SAMPLING:
        raise OptionError(f"sampling is one of {', '.join(SAMPLING)}; '{sampling}' was found")
    named = articles[articles["outlet"].str.strip().ne("").to_numpy(dtype=bool)]
    told = _told(named[~tables.has_flag(named, "no_outlet")])
    stories = _stories(told)
    outlets = sorted(set(named["outlet"]))
    cells = told.groupby(["story_id", "outlet"]).agg(
        n_articles=("words", "size"),
        words=("words", "sum"),
        first_published=("published", "min"),
    )
    placed = told.dropna(subset="placement").groupby(["story_id", "outlet"])["placement"].agg(_together)
    cells = cells.assign(placement=placed.reindex(cells.index).astype("str"))
    grid = pd.MultiIndex.from_product([stories.index, outlets], names=["story_id", "outlet"])
    out = cells.reindex(grid).reset_index()
    first = stories.reindex(out["story_id"]).set_axis(out.index)
    out = out.assign(
        story_id=out["story_id"].astype("str"),
        outlet=out["outlet"].astype("str"),
        n_articles=out["n_articles"].fillna(0).astype("int64"),
        words=out["words"].fillna(0).astype("int64"),
        covered=out["n_articles"].notna(),
        placement=out["placement"].astype("str"),
        placement_reason=_why_unplaced(out, articles),
        lag_hours=(out["first_published"] - first["published"]).dt.total_seconds() / 3600,
        reason=out["n_articles"].map(lambda n: SAMPLING[sampling] if pd.isna(n) else None).astype("str"),
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
            "placement": _placements(told),
            "words": told["text"].map(lambda text: len(words(text))).astype("int64"),
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


def _why_unplaced(coverage: pd.DataFrame, articles: pd.DataFrame) -> pd.Series:
    """Say why there is no placement, where the outlet told the story."""
    if any(name in articles.columns for name in PLACEMENT):
        why = "the corpus has no placement for these articles"
    else:
        why = f"the corpus has none of the columns {', '.join(PLACEMENT)}"
    unplaced = coverage["n_articles"].notna() & coverage["placement"].isna()
    return unplaced.map({True: why, False: None}).astype("str")


def _stories(told: pd.DataFrame) -> pd.DataFrame:
    """First publication and headline of each story, in the order of first publication."""
    # The rows are in the order of publication, so the first row of a story is its first article.
    return told.drop_duplicates("story_id").sort_values(["published", "story_id"]).set_index("story_id")
