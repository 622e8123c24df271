"""Cleaning of an articles table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from samestory import tables
from samestory.cleaning.characters import clean_characters
from samestory.cleaning.page import Page, clean_page
from samestory.cleaning.recurrence import mark_lines, recurring_in, recurring_marks

__all__ = ["clean_articles", "clean_batch", "mark_articles", "removed_lines"]


def mark_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Mark the lines of some articles of a corpus; see :func:`~samestory.cleaning.recurrence.mark_lines`."""
    tables.check(articles, tables.ARTICLES)
    return mark_lines([clean_characters(t) for t in articles["text"]])


def clean_batch(
    articles: pd.DataFrame, *, recurring: Mapping[str, frozenset[int]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Clean some articles of a corpus whose recurring lines are known.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    recurring : mapping of str to frozenset of int
        By outlet, the marks of the lines that recur in the corpus
        (:func:`~samestory.cleaning.recurrence.recurring_marks`).

    Returns
    -------
    (DataFrame, DataFrame)
        What :func:`clean_articles` and :func:`removed_lines` give for these articles in their corpus.
    """
    tables.check(articles, tables.ARTICLES)
    texts = [clean_characters(t) for t in articles["text"]]
    none: frozenset[int] = frozenset()
    marks = [recurring.get(o, none) if isinstance(o, str) else none for o in articles["outlet"]]
    titles = articles["title"].tolist() if "title" in articles.columns else [None] * len(articles)
    pages = [
        clean_page(text, title=title if isinstance(title, str) else None, recurring=recurring_in(text, found))
        for text, title, found in zip(texts, titles, marks, strict=True)
    ]
    return _cleaned(articles, pages), _removed(articles, pages)


def _in_one(articles: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Clean a whole corpus; the one path that both public functions take."""
    found = recurring_marks(mark_articles(articles), articles["outlet"].tolist())
    return clean_batch(articles, recurring=found)


def clean_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Take page furniture out of the articles and make their characters plain.

    Parameters
    ----------
    articles : DataFrame
        Articles table.

    Returns
    -------
    DataFrame
        The same rows in the same order. ``text`` is the body: one blank line between paragraphs, quotation
        marks and dashes as typeset. ``title`` is the headline, found in the head of the page where it was
        not known; ``byline`` and ``credit`` hold author and agency lines. An article of which nothing is left
        is flagged ``furniture_only``.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.

    Notes
    -----
    A line is furniture when it stands in ``lexicons/furniture.toml``, belongs to a list, box or appeal that
    such a line opens, recurs in the outlet's articles, or stands outside the stretch of the page that holds
    the most prose. Line by line, :func:`removed_lines` says what went and why.

    Examples
    --------
    >>> lines = ["Sign in", "Ferry sails again", "The ferry left at noon, crews said.", "Back to top"]
    >>> page = chr(10).join(lines)
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [page]})
    >>> clean_articles(articles)[["title", "text"]].iloc[0].tolist()
    ['Ferry sails again', 'The ferry left at noon, crews said.']
    """
    return _in_one(articles)[0]


def removed_lines(articles: pd.DataFrame) -> pd.DataFrame:
    """List every line that :func:`clean_articles` takes out.

    Parameters
    ----------
    articles : DataFrame
        Articles table, as given to :func:`clean_articles`.

    Returns
    -------
    DataFrame
        One row per line: ``article_id``, ``line`` (counted from 1 in the text with plain characters),
        ``text`` and ``reason``.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.

    Examples
    --------
    >>> page = chr(10).join(["The ferry sailed again on Monday, crews said.", "Back to top"])
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [page]})
    >>> removed_lines(articles)
      article_id  line         text      reason
    0          a     2  Back to top  navigation
    """
    return _in_one(articles)[1]


def _cleaned(articles: pd.DataFrame, pages: Sequence[Page]) -> pd.DataFrame:
    new = {
        "text": pd.Series([p.text for p in pages], index=articles.index, dtype="str"),
        "title": _text([p.title for p in pages], articles, "title"),
        "byline": _text([p.byline for p in pages], articles, "byline"),
        "credit": _text([p.credit for p in pages], articles, "credit"),
    }
    emptied = (new["text"] == "") & (articles["text"].str.strip() != "")
    return tables.check(tables.add_flag(articles.assign(**new), emptied, "furniture_only"), tables.ARTICLES)


def _removed(articles: pd.DataFrame, pages: Sequence[Page]) -> pd.DataFrame:
    rows = [
        (name, number + 1, text, reason)
        for name, page in zip(articles["article_id"], pages, strict=True)
        for number, text, reason in page.removed
    ]
    found = pd.DataFrame(rows, columns=["article_id", "line", "text", "reason"])
    return found.astype({"article_id": "str", "line": "int64", "text": "str", "reason": "str"})


def _text(found: list[str | None], articles: pd.DataFrame, column: str) -> pd.Series[str]:
    """Return what was found, else what the table had."""
    new = pd.Series(found, index=articles.index, dtype="str")
    return (
        new.fillna(articles[column]) if column in articles.columns and articles[column].notna().any() else new
    )
