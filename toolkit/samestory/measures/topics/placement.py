"""Prominence: where in an article a topic stands. Headline, lede and body apart, without weights."""

from __future__ import annotations

import numpy as np
import pandas as pd

from samestory import tables, text
from samestory.errors import OptionError
from samestory.measures.topics.matching import Hits, Topics, compile_topics

__all__ = ["placed", "prominence"]

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
    sentences, topics = text.split_sentences(articles), compile_topics(codebook)
    given = sentences["text"].tolist()
    hits = topics.find(given, text.encode_words(given))
    return placed(articles, sentences, topics, hits, lede_sentences=lede_sentences)


def placed(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    topics: Topics,
    hits: Hits,
    *,
    lede_sentences: int = 2,
) -> pd.DataFrame:
    """Make the prominence table of what was found in the sentences.

    Parameters
    ----------
    articles, sentences : DataFrame
        Articles table, and the sentences of these articles in order.
    topics : Topics
        The topics.
    hits : Hits
        What ``topics.find`` gives for the sentences.
    lede_sentences : int
        As in :func:`prominence`.

    Returns
    -------
    DataFrame
        Prominence table.
    """
    kept = articles[articles["article_id"].isin(sentences["article_id"])].reset_index(drop=True)
    n, every = len(kept), len(kept) * len(topics)
    article = pd.Index(kept["article_id"]).get_indexer(pd.Index(sentences["article_id"]))
    place = sentences.groupby("article_id", sort=False).cumcount().to_numpy()
    total, body = (np.bincount(a, minlength=n) for a in (article, article[place >= lede_sentences]))
    row, at = hits.topic * n + article[hits.sentence], place[hits.sentence]
    first = np.full(every, np.inf)
    np.minimum.at(first, row, at)
    in_body = np.bincount(row[at >= lede_sentences], minlength=every)
    totals, bodies = np.tile(total, len(topics)), np.tile(body, len(topics))
    columns = [c for c in ("article_id", *_TRAVELS) if c in kept.columns]
    out = kept[columns].iloc[np.tile(np.arange(n), len(topics))].reset_index(drop=True)
    out = out.assign(
        topic=pd.Series(np.repeat([t.name for t in topics], n), dtype="str"),
        in_headline=_headlines(kept, topics),
        in_lede=(np.bincount(row[at < lede_sentences], minlength=every) > 0).astype("int64"),
        body_share=np.where(bodies > 0, in_body / np.maximum(bodies, 1), np.nan),
        first_mention=np.where(np.isfinite(first), first / np.maximum(totals, 1), np.nan),
        n_sentences=totals,
        n_hits=np.bincount(row, minlength=every),
    )
    order = [c for c in tables.PROMINENCE.columns if c in out.columns]
    return tables.check(out[order + [c for c in out.columns if c not in order]], tables.PROMINENCE)


def _headlines(articles: pd.DataFrame, topics: Topics) -> list[float]:
    """Say, topic by topic, whether the headline of each article holds it; missing without one."""
    titles = articles["title"].tolist() if "title" in articles.columns else [None] * len(articles)
    given = [
        text.normalise_typography(t).lower() if isinstance(t, str) and t.strip() else None for t in titles
    ]
    return [np.nan if t is None else float(topic.count(t) > 0) for topic in topics for t in given]
