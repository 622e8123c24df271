"""Prominence: where in an article a topic stands. Headline, lede and body apart, without weights."""

from __future__ import annotations

import numpy as np
import pandas as pd

from samestory import tables, text
from samestory.errors import OptionError
from samestory.measures.topics.matching import Topic, compile_topics, count_words

__all__ = ["prominence"]

_TRAVELS = ("outlet", "stance", "story_id", "reprint_of")


def prominence(articles: pd.DataFrame, codebook: pd.DataFrame, *, lede_sentences: int = 2) -> pd.DataFrame:
    """Say where in each article each topic of a codebook stands.

    Parameters
    ----------
    articles : DataFrame
        Articles table; ``title`` is the headline.
    codebook : DataFrame
        Codebook table, as for :func:`samestory.topic_share`.
    lede_sentences : int, default 2
        Sentences that make the lede.

    Returns
    -------
    DataFrame
        Prominence table: one row per article with a text and topic. ``in_headline`` (missing without a
        headline) and ``in_lede`` are 0 or 1, ``body_share`` is the share of the sentences after the lede with
        a term (missing where there is none), ``first_mention`` the share of the article's sentences that
        stand before the first one with a term (missing where there is none: a topic that is never mentioned
        has no place). Each is a measure of its own for :func:`samestory.compare_groups`.

    Raises
    ------
    TableError
        ``articles`` or ``codebook`` lacks a column.
    OptionError
        ``lede_sentences`` is below 1, or a term cannot be used.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "title": ["Taxes fall"],
    ...     "text": ["Rain fell. Wind rose. Taxes fell too. Nobody cheered."]})
    >>> codebook = pd.DataFrame({"topic": ["economy"], "term": ["tax*"]})
    >>> prominence(articles, codebook)[["in_headline", "in_lede", "body_share", "first_mention"]]
       in_headline  in_lede  body_share  first_mention
    0          1.0        0         0.5            0.5
    """
    tables.check(articles, tables.ARTICLES)
    tables.check(codebook, tables.CODEBOOK)
    if lede_sentences < 1:
        raise OptionError(f"the lede has at least one sentence; {lede_sentences} was found")
    sentences = text.split_sentences(articles)
    kept = articles[articles["article_id"].isin(sentences["article_id"])].reset_index(drop=True)
    row = sentences["article_id"].map(pd.Series(kept.index, index=kept["article_id"])).to_numpy(dtype=int)
    place = sentences.groupby("article_id", sort=False).cumcount().to_numpy()
    given = sentences["text"].tolist()
    found = text.encode_words(given)
    columns = {c: kept[c] for c in ("article_id", *(c for c in _TRAVELS if c in kept.columns))}
    topics = compile_topics(codebook)
    frames = [
        pd.DataFrame(columns | {"topic": topic.name})
        .assign(in_headline=_headline(kept, topic))
        .assign(**_places(matched > 0, row, place, len(kept), lede_sentences))
        for topic, matched in zip(topics, count_words(topics, given, found), strict=True)
    ]
    out = pd.concat(frames, ignore_index=True)
    order = [c for c in tables.PROMINENCE.columns if c in out.columns]
    return tables.check(out[order + [c for c in out.columns if c not in order]], tables.PROMINENCE)


def _headline(articles: pd.DataFrame, topic: Topic) -> list[float]:
    titles = articles["title"] if "title" in articles.columns else pd.Series(pd.NA, index=articles.index)
    return [
        float(topic.count(text.normalise_typography(t).lower()) > 0)
        if isinstance(t, str) and t.strip()
        else np.nan
        for t in titles
    ]


def _places(
    hit: np.ndarray, row: np.ndarray, place: np.ndarray, n: int, lede: int
) -> dict[str, np.ndarray | list[float]]:
    """Count, per article, the sentences with a term in the lede and after it, and find the first."""
    total, body = np.bincount(row, minlength=n), np.bincount(row[place >= lede], minlength=n)
    in_body = np.bincount(row[hit & (place >= lede)], minlength=n)
    first = np.full(n, np.inf)
    np.minimum.at(first, row[hit], place[hit])
    return {
        "in_lede": (np.bincount(row[hit & (place < lede)], minlength=n) > 0).astype("int64"),
        "body_share": np.where(body > 0, in_body / np.maximum(body, 1), np.nan),
        "first_mention": np.where(np.isfinite(first), first / np.maximum(total, 1), np.nan),
        "n_sentences": total,
        "n_hits": np.bincount(row[hit], minlength=n),
    }
