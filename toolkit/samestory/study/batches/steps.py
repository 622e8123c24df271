"""What is done to one batch of articles: a table in, tables out, nothing else read or written.

A step must not look beyond its batch. To add a table: make it here, from the batch alone; say in
``merging`` which columns of the article travel with it.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from samestory.cleaning import clean_batch, mark_articles
from samestory.measures.quotes import find_quotes, label_voice
from samestory.measures.sentiment import score_sentiment
from samestory.measures.topics import topic_share
from samestory.text import split_sentences

__all__ = ["Tables", "clean", "mark", "measure"]

Tables = dict[str, pd.DataFrame]


def mark(articles: pd.DataFrame) -> Tables:
    """Mark the lines of the articles, to see which recur in the corpus."""
    return {"marks": mark_articles(articles)}


def clean(articles: pd.DataFrame, *, recurring: Mapping[str, frozenset[int]]) -> Tables:
    """Take page furniture out."""
    cleaned, removed = clean_batch(articles, recurring=recurring)
    return {"articles": cleaned, "removed_lines": removed}


def measure(articles: pd.DataFrame, *, codebook: pd.DataFrame) -> Tables:
    """Split into sentences, find quotes, label voices, score sentiment, look for topics.

    Parameters
    ----------
    articles : DataFrame
        ``article_id``, ``title`` and ``text``: nothing here depends on outlet, date or story.
    codebook : DataFrame
        The topics.

    Returns
    -------
    dict of str to DataFrame
        ``scores``; ``quotes``, whose speakers are not yet linked across articles; ``topic_shares``; and
        ``news_neutral``, the compound of each sentence with the names of the news masked.
    """
    given = articles.assign(outlet="")
    quotes = find_quotes(given)
    voiced = label_voice(split_sentences(given), quotes).drop(columns="outlet")
    masked = score_sentiment(voiced, news_neutral=True)
    return {
        "scores": score_sentiment(voiced),
        "quotes": quotes.drop(columns="outlet"),
        "topic_shares": topic_share(voiced, codebook),
        "news_neutral": masked[["compound"]],
    }
