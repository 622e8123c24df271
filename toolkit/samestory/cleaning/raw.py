"""From the cleaned text back to the text as it was read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from samestory import tables
from samestory.cleaning.characters import trace_characters
from samestory.cleaning.edits import Trace
from samestory.cleaning.steps import check_steps
from samestory.errors import TableError

__all__ = ["raw_offsets"]


@dataclass(frozen=True)
class _Kept:
    """The lines of one article that stayed: where each begins in the cleaned text and in the raw one."""

    starts: list[int]
    ends: list[int]
    places: list[int]
    traces: list[Trace]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Lead a span back; the line breaks between lines belong to the line before."""
        first, _ = self._boundary(start, start + 1)
        _, last = self._boundary(end - 1, end) if end > start else (first, first)
        return first, last

    def _boundary(self, start: int, end: int) -> tuple[int, int]:
        i = max(0, bisect_right(self.starts, start) - 1)
        start, end = min(start, self.ends[i]), min(end, self.ends[i])
        a, b = self.traces[i].raw_span(start - self.starts[i], end - self.starts[i])
        return a + self.places[i], b + self.places[i]


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
    skipped = check_steps(without) if without else ()
    found = {}
    for name, rows in lines[lines["kept"]].groupby("article_id", sort=False):
        text = raw.get(str(name), "")
        traces = [
            _trace(text[a:b], plain, skipped)
            for a, b, plain in zip(rows["raw_start"], rows["raw_end"], rows["text"], strict=True)
        ]
        found[str(name)] = _Kept(
            rows["start"].astype(int).tolist(),
            rows["end"].astype(int).tolist(),
            rows["raw_start"].tolist(),
            traces,
        )
    return found


def _trace(raw: str, plain: str, without: Collection[str]) -> Trace:
    """Repeat the character steps on one line."""
    if raw == plain:
        return Trace([])
    again, trace = trace_characters(raw, without=without)
    if again != plain:
        raise TableError(
            "the lines are not those of these articles, or were cleaned with other steps",
            hint="give the articles as they were before cleaning, and the same without=",
        )
    return trace
