"""What is done to one batch of articles: a table in, tables out, nothing else read or written.

A step must not look beyond its batch. To add a table: make it here, from the batch alone; say in
``merging`` which columns of the article travel with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from samestory.cleaning import Furniture, clean_batch, mark_articles
from samestory.language import mark_language
from samestory.measures.quotes import find_quotes, label_voice
from samestory.measures.sentiment import score_plain_and_masked
from samestory.measures.terms.by_article import article_words
from samestory.measures.topics import topic_share_and_prominence
from samestory.study.batches.averages import article_means
from samestory.text import encode_words, split_sentences, total_words

__all__ = ["SIZES", "Cleaning", "Tables", "clean", "mark", "measure"]

Tables = dict[str, pd.DataFrame]
#: What is known of a text without having it: whether there is one, and of how many words.
SIZES = ("has_text", "n_words")


@dataclass(frozen=True)
class Cleaning:
    """How articles are cleaned; see :func:`samestory.clean_articles`."""

    clean: bool = True
    without: frozenset[str] = frozenset()
    furniture: tuple[Furniture, ...] | None = None

    def __repr__(self) -> str:
        """Say all that makes a difference: a compiled pattern would show its beginning only."""
        own = self.furniture and [
            (
                (f.reason, f.place, f.opens, f.longest, f.alone, f.pattern and f.pattern.pattern),
                [(one.words, one.pattern.pattern, one.never_ends) for one in f.guarded],
            )
            for f in self.furniture
        ]
        return f"Cleaning({self.clean}, {sorted(self.without)}, {own})"


def mark(articles: pd.DataFrame, *, how: Cleaning) -> Tables:
    """Mark the lines of the articles, to see which recur in the corpus."""
    return {"marks": mark_articles(articles, without=how.without, furniture=how.furniture)}


def clean(articles: pd.DataFrame, *, recurring: Mapping[str, frozenset[int]], how: Cleaning) -> Tables:
    """Take page furniture out, unless told not to, and say in which language and how long each article is."""
    batch = articles if how.clean else articles[:0]
    cleaned, lines = clean_batch(batch, recurring=recurring, without=how.without, furniture=how.furniture)
    known = mark_language(cleaned if how.clean else articles)
    return {"articles": known, "sizes": _sizes(known["text"]), "lines": lines}


def _sizes(texts: pd.Series[str]) -> pd.DataFrame:
    """Say which articles have a text, and of how many words, so that nobody needs the texts for it."""
    counts = [total_words(text) for text in texts]
    sizes = {"has_text": texts.str.strip().ne("").array, "n_words": counts}
    return pd.DataFrame(sizes, columns=list(SIZES)).astype({"has_text": "bool", "n_words": "int64"})


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
        ``scores``; ``quotes``, whose speakers are not yet linked across articles; ``topic_shares`` and
        ``prominence``; ``tone``, the means over the sentences of each article and voice, and ``words``, the
        words of each article, from which outlets are compared: a corpus of any size is compared without its
        sentences in memory.
    """
    given = articles.assign(outlet="")
    quotes = find_quotes(given)
    voiced = label_voice(split_sentences(given), quotes).drop(columns="outlet")
    found = encode_words(voiced["text"])
    scores, masked = score_plain_and_masked(voiced, found)
    shares, places = topic_share_and_prominence(given, voiced, codebook, found=found)
    return {
        "scores": scores,
        "quotes": quotes.drop(columns="outlet"),
        # By article, so that tables in pieces have the order of the whole.
        "topic_shares": shares.sort_values("article_id", kind="stable", ignore_index=True),
        "prominence": places.drop(columns="outlet").sort_values(
            "article_id", kind="stable", ignore_index=True
        ),
        "tone": article_means(scores, masked, given),
        "words": article_words(voiced, found),
    }
