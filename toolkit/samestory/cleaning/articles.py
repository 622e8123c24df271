"""Cleaning of an articles table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from samestory import tables
from samestory.cleaning.characters import trace_characters
from samestory.cleaning.edits import Trace
from samestory.cleaning.finder import FurnitureFinder, furniture_finder
from samestory.cleaning.lexicon import Furniture, furniture
from samestory.cleaning.lines import Line, mark_furniture, read_lines
from samestory.cleaning.page import Page, clean_page
from samestory.cleaning.recurrence import mark_lines, recurring_in, recurring_marks
from samestory.cleaning.steps import check_steps

__all__ = [
    "clean_articles",
    "clean_batch",
    "clean_with_lines",
    "cleaning_lines",
    "mark_articles",
    "removed_lines",
]

#: By outlet, the marks of the lines that recur in the corpus.
Recurring = Mapping[str, frozenset[int]]


class _Cleaned(NamedTuple):
    page: Page
    trace: Trace


def _cleaned(
    articles: pd.DataFrame,
    without: Collection[str],
    known: Sequence[Furniture] | None,
    recurring: Recurring | None = None,
) -> list[_Cleaned]:
    """Clean every article; the one path that all public functions take."""
    tables.check(articles, tables.ARTICLES)
    skipped = check_steps(without, known)
    find = _finder(known, skipped)
    traced = [trace_characters(text, without=skipped) for text in articles["text"]]
    pages = [read_lines(plain) for plain, _ in traced]
    if "recurring" in skipped:
        recurring = {}
    elif recurring is None:
        recurring = recurring_marks(mark_lines(pages), articles["outlet"].tolist())
    titles = articles["title"].tolist() if "title" in articles.columns else [None] * len(articles)
    return [
        _Cleaned(
            clean_page(
                mark_furniture(lines, find),
                title=title if isinstance(title, str) else None,
                recurring=_recurring_in(lines, outlet, recurring),
                without=skipped,
            ),
            trace,
        )
        for lines, (_, trace), title, outlet in zip(pages, traced, titles, articles["outlet"], strict=True)
    ]


def _finder(known: Sequence[Furniture] | None, skipped: Collection[str]) -> FurnitureFinder:
    listed = furniture() if known is None else known
    entries = [f for f in listed if f.reason not in skipped]
    whole = known is None and len(entries) == len(listed)
    return furniture_finder() if whole else FurnitureFinder(entries)


def _recurring_in(lines: Sequence[Line], outlet: object, recurring: Recurring) -> frozenset[str]:
    return recurring_in(lines, recurring.get(outlet, ())) if isinstance(outlet, str) else frozenset()


def clean_articles(
    articles: pd.DataFrame, *, without: Collection[str] = (), furniture: Sequence[Furniture] | None = None
) -> pd.DataFrame:
    """Take page furniture out of the articles and make their characters plain.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    without : collection of str, optional
        Names of steps to leave out; :func:`cleaning_steps` lists them.
    furniture : sequence of Furniture, optional
        A furniture list of :func:`read_furniture`, for lines of your own besides those of the package.

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
    OptionError
        ``without`` names a step that there is not.

    Notes
    -----
    A line is furniture when it stands in ``lexicons/furniture.toml``, belongs to a list, box or appeal that
    such a line opens, recurs in the outlet's articles, or stands outside the stretch of the page that holds
    the most prose. Line by line, :func:`cleaning_lines` says what went and why.

    Examples
    --------
    >>> lines = ["Sign in", "Ferry sails again", "The ferry left at noon, crews said.", "Back to top"]
    >>> page = chr(10).join(lines)
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [page]})
    >>> clean_articles(articles)[["title", "text"]].iloc[0].tolist()
    ['Ferry sails again', 'The ferry left at noon, crews said.']
    """
    articles = tables.whole_characters(tables.check(articles, tables.ARTICLES))
    return _articles(articles, _cleaned(articles, without, furniture))


def cleaning_lines(
    articles: pd.DataFrame, *, without: Collection[str] = (), furniture: Sequence[Furniture] | None = None
) -> pd.DataFrame:
    """List every line of the articles and what :func:`clean_articles` does with it.

    Parameters
    ----------
    articles : DataFrame
        Articles table, as given to :func:`clean_articles`.
    without, furniture
        As given to :func:`clean_articles`.

    Returns
    -------
    DataFrame
        Lines table: one row per line that is not blank, with ``kept``, the ``reason`` where it went, its
        place in the text as given (``raw_start``, ``raw_end``) and, where it stayed, in the cleaned text
        (``start``, ``end``).

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``without`` names a step that there is not.

    Examples
    --------
    >>> page = chr(10).join(["The ferry sailed again on Monday, crews said.", "Back to top"])
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [page]})
    >>> cleaning_lines(articles)[["line", "kept", "reason", "raw_start", "raw_end"]]
       line   kept      reason  raw_start  raw_end
    0     1   True         NaN          0       45
    1     2  False  navigation         46       57
    """
    articles = tables.whole_characters(tables.check(articles, tables.ARTICLES))
    return _lines(articles, _cleaned(articles, without, furniture))


def clean_with_lines(
    articles: pd.DataFrame, *, without: Collection[str] = (), furniture: Sequence[Furniture] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what :func:`clean_articles` and :func:`cleaning_lines` return, at the cost of one of them."""
    articles = tables.whole_characters(tables.check(articles, tables.ARTICLES))
    cleaned = _cleaned(articles, without, furniture)
    return _articles(articles, cleaned), _lines(articles, cleaned)


def mark_articles(
    articles: pd.DataFrame, *, without: Collection[str] = (), furniture: Sequence[Furniture] | None = None
) -> pd.DataFrame:
    """Mark the lines of some articles of a corpus; see :func:`~samestory.cleaning.recurrence.mark_lines`."""
    tables.check(articles, tables.ARTICLES)
    skipped = check_steps(without, furniture)
    return mark_lines([read_lines(trace_characters(t, without=skipped)[0]) for t in articles["text"]])


def clean_batch(
    articles: pd.DataFrame,
    *,
    recurring: Recurring,
    without: Collection[str] = (),
    furniture: Sequence[Furniture] | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Clean some articles of a corpus whose recurring lines are known.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    recurring : mapping of str to frozenset of int
        By outlet, the marks of the lines that recur in the corpus
        (:func:`~samestory.cleaning.recurrence.recurring_marks`).
    without, furniture
        As given to :func:`clean_articles`.

    Returns
    -------
    (DataFrame, DataFrame)
        What :func:`clean_articles` and :func:`cleaning_lines` give for these articles in their corpus.
    """
    cleaned = _cleaned(articles, without, furniture, recurring)
    return _articles(articles, cleaned), _lines(articles, cleaned)


def removed_lines(
    articles: pd.DataFrame, *, without: Collection[str] = (), furniture: Sequence[Furniture] | None = None
) -> pd.DataFrame:
    """List every line that :func:`clean_articles` takes out.

    Parameters
    ----------
    articles : DataFrame
        Articles table, as given to :func:`clean_articles`.
    without, furniture
        As given to :func:`clean_articles`.

    Returns
    -------
    DataFrame
        The rows of :func:`cleaning_lines` that were not kept, with ``article_id``, ``line``, ``text`` and
        ``reason``.

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
    lines = cleaning_lines(articles, without=without, furniture=furniture)
    gone = lines.loc[~lines["kept"], ["article_id", "line", "text", "reason"]]
    return gone.reset_index(drop=True)


def _articles(articles: pd.DataFrame, cleaned: Sequence[_Cleaned]) -> pd.DataFrame:
    pages = [c.page for c in cleaned]
    new = {
        "text": pd.Series([p.text for p in pages], index=articles.index, dtype="str"),
        "title": _text([p.title for p in pages], articles, "title"),
        "byline": _text([p.byline for p in pages], articles, "byline"),
        "credit": _text([p.credit for p in pages], articles, "credit"),
    }
    emptied = (new["text"] == "") & (articles["text"].str.strip() != "")
    return tables.check(tables.add_flag(articles.assign(**new), emptied, "furniture_only"), tables.ARTICLES)


def _text(found: list[str | None], articles: pd.DataFrame, column: str) -> pd.Series[str]:
    """Return what was found, else what the table had."""
    new = pd.Series(found, index=articles.index, dtype="str")
    return (
        new.fillna(articles[column]) if column in articles.columns and articles[column].notna().any() else new
    )


def _lines(articles: pd.DataFrame, cleaned: Sequence[_Cleaned]) -> pd.DataFrame:
    pages = [one.page for one in cleaned]
    lines = [line for page in pages for line in page.lines]
    starts = [place for page in pages for place in page.places]
    why = [reason for page in pages for reason in page.taken]
    raw = [
        one.trace.raw_span(line.start, line.start + len(line.text))
        for one in cleaned
        for line in one.page.lines
    ]
    columns = {
        "article_id": [
            name for name, page in zip(articles["article_id"], pages, strict=True) for _ in page.lines
        ],
        "line": [line.number + 1 for line in lines],
        "text": [line.text for line in lines],
        "kept": [reason is None for reason in why],
        "reason": why,
        "start": starts,
        "end": [
            None if start is None else start + len(line.text)
            for start, line in zip(starts, lines, strict=True)
        ],
        "raw_start": [span[0] for span in raw],
        "raw_end": [span[1] for span in raw],
    }
    kinds = {"text": "str", "number": "int64", "truth": "bool"}
    types = {c: kinds[k.kind] for c, k in tables.LINES.columns.items() if not k.nullable}
    types |= {"reason": "str", "start": "Int64", "end": "Int64"}
    frame = pd.DataFrame({name: pd.Series(columns[name], dtype=types[name]) for name in tables.LINES.columns})
    return tables.check(frame, tables.LINES)
