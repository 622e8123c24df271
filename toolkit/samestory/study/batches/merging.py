"""Whole tables out of the pieces of the batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from samestory.study.batches.pieces import Pieces, Stored
from samestory.study.batches.steps import Tables

__all__ = ["articles_with", "measured_tables"]

# Which columns of the article travel with its rows, and where they stand: after a column, or at the end.
_TRAVELS = {
    "scores": ("text", ("outlet", "stance", "published", "story_id", "reprint_of")),
    "quotes": (None, ("outlet", "stance", "published", "story_id", "reprint_of")),
    "topic_shares": (None, ("outlet", "stance", "story_id", "reprint_of")),
    "prominence": ("n_hits", ("outlet", "story_id", "stance", "reprint_of")),
    "tone": (None, ("outlet", "published", "story_id", "reprint_of")),
}


def measured_tables(results: Sequence[Tables | Stored], articles: pd.DataFrame) -> dict[str, Pieces]:
    """Join what the batches measured with the articles' columns that travel with it.

    Parameters
    ----------
    results : sequence
        What :func:`~samestory.study.batches.steps.measure` gave for each batch, in order.
    articles : DataFrame
        The articles measured, with the columns that travel.

    Returns
    -------
    dict of str to Pieces
        The tables by name, in the order of the articles. To ``words`` nothing is joined.
    """
    needed = sorted({"article_id", *(c for _, columns in _TRAVELS.values() for c in columns)})
    context = articles[[c for c in needed if c in articles.columns]].reset_index(drop=True)
    place = pd.Index(context["article_id"])
    joined = {name: Pieces(name, results, _WithContext(name, context, place)) for name in _TRAVELS}
    return joined | {"words": Pieces("words", results)}


def articles_with(pieces: Pieces, known: pd.DataFrame, *, columns: Sequence[str]) -> Pieces:
    """Give cleaned articles in pieces the columns that are known of them in the end.

    Parameters
    ----------
    pieces : Pieces
        The articles as they were cleaned, with their texts.
    known : DataFrame
        What is known of them.
    columns : sequence of str
        Columns of the table.
    """
    return replace(pieces, finish=_AsKnown(known, pd.Index(known["article_id"]), tuple(columns)))


@dataclass(frozen=True)
class _AsKnown:
    """Puts the texts of a piece beside what is known of its articles."""

    known: pd.DataFrame
    place: pd.Index
    columns: tuple[str, ...]

    def __call__(self, piece: pd.DataFrame) -> pd.DataFrame:
        known = self.known.iloc[self.place.get_indexer(pd.Index(piece["article_id"]))].reset_index(drop=True)
        if "text" in piece.columns:
            known = known.assign(text=piece["text"].array)
        return known[[c for c in self.columns if c in known.columns]]


@dataclass(frozen=True)
class _WithContext:
    """Joins a piece of a table with its articles' columns; a class, so that it can be sent to a worker."""

    name: str
    articles: pd.DataFrame
    place: pd.Index

    def __call__(self, piece: pd.DataFrame) -> pd.DataFrame:
        after, columns = _TRAVELS[self.name]
        present = [c for c in columns if c in self.articles.columns]
        rows = self.place.get_indexer(pd.Index(piece["article_id"]))
        context = self.articles[present].iloc[rows].reset_index(drop=True)
        names = list(piece.columns)
        at = names.index(after) + 1 if after is not None and after in names else len(names)
        piece = piece.reset_index(drop=True)
        return pd.concat([piece.iloc[:, :at], context, piece.iloc[:, at:]], axis=1)
