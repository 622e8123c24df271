"""Whole tables out of the pieces of the batches."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from samestory import tables
from samestory.study.batches.steps import Tables

__all__ = ["joined", "measured_tables"]

# Which columns of the article travel with its rows, and where they stand: after a column, or at the end.
_TRAVELS = {
    "scores": ("text", ("outlet", "stance", "published", "story_id", "reprint_of")),
    "quotes": (None, ("outlet", "stance", "published", "story_id", "reprint_of")),
    "topic_shares": (None, ("outlet", "stance", "story_id", "reprint_of")),
}


def joined(pieces: Sequence[Tables], name: str) -> pd.DataFrame:
    """Put the pieces of one table together and let go of them.

    Examples
    --------
    >>> joined([{"n": pd.DataFrame({"a": [1]})}, {"n": pd.DataFrame({"a": [2]})}], "n")["a"].tolist()
    [1, 2]
    """
    parts = [piece.pop(name) for piece in pieces]
    some = [p for p in parts if len(p)] or parts[:1]
    return pd.concat(some, ignore_index=True)


def measured_tables(pieces: Sequence[Tables], articles: pd.DataFrame) -> Tables:
    """Make whole tables of what the batches measured, and let the articles' columns travel with them.

    Parameters
    ----------
    pieces : sequence of dict of str to DataFrame
        What :func:`~samestory.study.batches.steps.measure` gave for each batch, in order; they are emptied.
    articles : DataFrame
        The articles measured, with the columns that travel.

    Returns
    -------
    dict of str to DataFrame
        The tables by name, in the order of the articles; topic shares by topic, then article.
    """
    place = pd.Index(articles["article_id"])
    out: Tables = {}
    for name in list(pieces[0]):
        whole = joined(pieces, name)
        out[name] = _with_context(whole, name, articles, place) if name in _TRAVELS else whole
    shares = out["topic_shares"]
    topics = {t: i for i, t in enumerate(shares["topic"].drop_duplicates())}
    order = shares["topic"].map(topics).argsort(kind="stable")
    out["topic_shares"] = shares.iloc[order].reset_index(drop=True)
    tables.check(out["scores"], tables.SCORES)
    tables.check(out["quotes"], tables.QUOTES)
    return out


def _with_context(whole: pd.DataFrame, name: str, articles: pd.DataFrame, place: pd.Index) -> pd.DataFrame:
    after, columns = _TRAVELS[name]
    rows = place.get_indexer(pd.Index(whole["article_id"]))
    present = [c for c in columns if c in articles.columns]
    context = articles[present].iloc[rows].reset_index(drop=True)
    at = list(whole.columns).index(after) + 1 if after else len(whole.columns)
    return pd.concat([whole.iloc[:, :at], context, whole.iloc[:, at:]], axis=1)
