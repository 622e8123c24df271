"""review_sheet: the least certain links, for a reader to decide."""

from __future__ import annotations

import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.stories.links import least_certain_links

__all__ = ["review_sheet"]

LEDE_WORDS = 40


def review_sheet(articles: pd.DataFrame, *, most: int = 100) -> pd.DataFrame:
    """List the links whose chance is nearest to one half, with what a reader needs to decide them.

    Parameters
    ----------
    articles : DataFrame
        Articles table; where it has ``story_id``, the sheet says whether the two are in one story now.
    most : int, optional
        Most links listed, at least 1.

    Returns
    -------
    DataFrame
        One row per pair, the least certain first: ``link`` (empty, for ``must`` or ``cannot``),
        ``article_id``, ``other_id``, ``probability``, ``together`` (yes, no, or empty where there is no
        ``story_id``), ``days_apart``, ``outlet``, ``other_outlet``, ``title``, ``other_title``, ``lede``,
        ``other_lede``, ``terms``. With ``link`` filled in it is a corrections table for ``align_stories``.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``most`` is below 1.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c"], "outlet": ["Herald", "Harbour", "Herald"],
    ...     "text": ["Ferry crews began a strike.", "A strike by ferry crews began.", "The rate was cut."]})
    >>> review_sheet(articles)[["article_id", "other_id", "lede"]]
      article_id other_id                         lede
    0          a        b  Ferry crews began a strike.
    """
    tables.check(articles, tables.ARTICLES)
    if most < 1:
        raise OptionError(f"a sheet has at least 1 link, most = {most} was found")
    links = least_certain_links(articles, most)
    by_id = articles.set_index("article_id")
    one, other = by_id.loc[links["article_id"]], by_id.loc[links["other_id"]]
    told = {
        "link": "",
        "article_id": links["article_id"],
        "other_id": links["other_id"],
        "probability": links["probability"].round(3),
        "together": _together(one, other),
        "days_apart": links["days_apart"].round(1),
    }
    for name, column in (("outlet", "outlet"), ("title", "title")):
        for prefix, side in (("", one), ("other_", other)):
            values = side[column] if column in side.columns else pd.Series(pd.NA, index=side.index)
            told[prefix + name] = values.astype("str").to_numpy()
    told |= {"lede": _ledes(one), "other_lede": _ledes(other), "terms": links["terms"]}
    return pd.DataFrame(told, index=links.index)


def _together(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    if "story_id" not in one.columns:
        return [""] * len(one)
    return ["yes" if a == b else "no" for a, b in zip(one["story_id"], other["story_id"], strict=True)]


def _ledes(articles: pd.DataFrame) -> list[str]:
    return [" ".join(text.split()[:LEDE_WORDS]) for text in articles["text"]]
