"""From the cleaned text back to the text as it was read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from samestory import tables
from samestory.cleaning.characters import trace_characters
from samestory.cleaning.edits import Trace
from samestory.cleaning.lines import read_lines
from samestory.cleaning.steps import check_steps
from samestory.errors import TableError

__all__ = ["raw_offsets"]


@dataclass(frozen=True)
class _Kept:
    """The lines of one article that stayed: their places in the cleaned text and in the plain one."""

    starts: list[int]
    ends: list[int]
    plain: list[int]
    trace: Trace

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Lead a span back; the line breaks between lines belong to the line before."""
        first, _ = self._character(start)
        _, last = self._character(end - 1) if end > start else (first, first)
        return first, last

    def _character(self, at: int) -> tuple[int, int]:
        i = max(0, bisect_right(self.starts, at) - 1)
        inside = self.plain[i] + min(at, self.ends[i] - 1) - self.starts[i]
        return self.trace.raw_span(inside, inside + 1)


def raw_offsets(
    table: pd.DataFrame, lines: pd.DataFrame, articles: pd.DataFrame, *, without: Collection[str] = ()
) -> pd.DataFrame:
    """Say where the sentences or quotes of cleaned articles stand in the texts as they were read.

    Parameters
    ----------
    table : DataFrame
        Any table with ``article_id``, ``start`` and ``end``, in characters of the cleaned text.
    lines : DataFrame
        What :func:`cleaning_lines` made of ``articles``.
    articles : DataFrame
        Articles table before it was cleaned.
    without : collection of str, optional
        As given to :func:`cleaning_lines`.

    Returns
    -------
    DataFrame
        ``table`` with ``raw_start`` and ``raw_end``: the span, in characters of ``articles.text``, from the
        first to the last character. Furniture that stood in between lies within it.

    Raises
    ------
    TableError
        A table lacks a column, or an article of ``table`` has no line that was kept.

    Examples
    --------
    >>> raw = "Back to top" + chr(10) + "The fer\u00adry left."
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [raw]})
    >>> from samestory.cleaning import cleaning_lines
    >>> span = pd.DataFrame({"article_id": ["a"], "start": [4], "end": [9]})
    >>> found = raw_offsets(span, cleaning_lines(articles), articles).iloc[0]
    >>> raw[found["raw_start"] : found["raw_end"]].replace("\u00ad", "~")
    'fer~ry'
    """
    tables.check(lines, tables.LINES)
    tables.check(articles, tables.ARTICLES)
    absent = [c for c in ("article_id", "start", "end") if c not in table.columns]
    if absent:
        raise TableError(f"the table needs the column {absent[0]}", hint="give sentences, scores or quotes")
    kept = _kept(lines, dict(zip(articles["article_id"], articles["text"], strict=True)), without)
    unknown = set(table["article_id"]) - kept.keys()
    if unknown:
        raise TableError(f"no line of the article '{min(unknown)}' was kept", hint="clean the same articles")
    spans = [
        kept[name].back(int(start), int(end))
        for name, start, end in zip(table["article_id"], table["start"], table["end"], strict=True)
    ]
    places = pd.DataFrame(spans, columns=["raw_start", "raw_end"], index=table.index, dtype="int64")
    return table.assign(**places)


def _kept(lines: pd.DataFrame, raw: Mapping[str, str], without: Collection[str]) -> dict[str, _Kept]:
    """Repeat the character steps on each article, and find its lines again."""
    skipped = check_steps(without) if without else ()
    found = {}
    for name, rows in lines[lines["kept"]].groupby("article_id", sort=False):
        plain, trace = trace_characters(raw.get(str(name), ""), without=skipped)
        again = {line.number + 1: line for line in read_lines(plain)}
        here = [again.get(number) for number in rows["line"]]
        if [line and line.text for line in here] != rows["text"].tolist():
            raise TableError(
                f"the lines of '{name}' are not those of these articles, or were cleaned with other steps",
                hint="give the articles as they were before cleaning, and the same without=",
            )
        found[str(name)] = _Kept(
            rows["start"].astype(int).tolist(),
            rows["end"].astype(int).tolist(),
            [line.start for line in here if line],
            trace,
        )
    return found
