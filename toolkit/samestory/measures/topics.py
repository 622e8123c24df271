"""Topic emphasis by codebook: the share of an article that speaks of a topic."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from samestory import tables, text
from samestory.errors import OptionError

__all__ = ["topic_share"]


def topic_share(sentences: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Measure how much of each article speaks of each topic of a codebook.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    codebook : DataFrame
        Codebook table with the columns ``topic`` and ``term``. A term is a whole word (``tax``), a word with
        ``*`` for any run of letters (``econom*``), or a phrase (``interest rate*``). Case and typography do
        not count. A term may belong to several topics.

    Returns
    -------
    DataFrame
        Topic shares: one row per article and topic. ``share`` is the share of the article's sentences with at
        least one term of the topic; ``word_share`` the share of its words that belong to such terms.

    Raises
    ------
    TableError
        ``sentences`` or ``codebook`` lacks a column.
    OptionError
        A term holds nothing but ``*``.

    Notes
    -----
    A dictionary count in the sense of Krippendorff (2018, chapter 11): it says which vocabulary is present,
    not what is said with it. Look at the sentences behind a share before building on it.

    References
    ----------
    Krippendorff, K. (2018). Content Analysis: An Introduction to Its Methodology (4th ed.). Sage.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a", "a"], "start": [0, 20], "end": [19, 40],
    ...                           "text": ["Taxes fell again.", "Nobody cheered."]})
    >>> codebook = pd.DataFrame({"topic": ["economy"], "term": ["tax*"]})
    >>> topic_share(sentences, codebook)[["article_id", "topic", "n_sentences", "n_hits", "share"]]
      article_id    topic  n_sentences  n_hits  share
    0          a  economy            2       1    0.5
    """
    tables.check(sentences, tables.SENTENCES)
    tables.check(codebook, tables.CODEBOOK)
    plain = sentences["text"].map(lambda s: text.normalise_typography(s).lower())
    n_words = plain.map(lambda s: len(text.word_spans(s)))
    travels = ["outlet", "stance", "story_id", "reprint_of"]
    by_article = sentences.groupby("article_id", sort=False)
    articles = by_article.agg(n_sentences=("text", "size")).assign(
        words=n_words.groupby(sentences["article_id"], sort=False).sum(),
        **{c: by_article[c].first() for c in travels if c in sentences.columns},
    )
    frames = []
    for topic, terms in codebook.groupby("topic", sort=False)["term"]:
        matched = plain.map(_counter(_pattern(str(topic), list(terms))))
        found = matched.groupby(sentences["article_id"], sort=False)
        hits, words = found.agg(lambda m: int((m > 0).sum())), found.sum()
        frames.append(articles.assign(topic=topic, n_hits=hits, matched=words).reset_index())
    out = pd.concat(frames, ignore_index=True) if frames else articles.reset_index().assign(topic="")[:0]
    out = out.assign(
        share=out["n_hits"] / out["n_sentences"],
        word_share=(out["matched"] / out["words"]).replace([np.inf, -np.inf], np.nan),
    )
    columns = ["article_id", "topic", "n_sentences", "n_hits", "share", "word_share"]
    return tables.check(out[columns + [c for c in travels if c in out.columns]], tables.TOPIC_SHARES)


def _pattern(topic: str, terms: list[str]) -> re.Pattern[str]:
    """One pattern per topic, longest terms first, so that a phrase wins over its first word."""
    parts = []
    for term in sorted(dict.fromkeys(terms), key=lambda t: (-len(t), t)):
        words = text.normalise_typography(term).lower().split()
        if not words or any(not w.strip("*") for w in words):
            raise OptionError(
                f"the term '{term}' of the topic '{topic}' matches every word",
                hint="write at least one letter beside the *",
            )
        parts.append(r"\s+".join(re.escape(w).replace(r"\*", r"[\w'-]*") for w in words))
    return re.compile(rf"(?<![\w'-])(?:{'|'.join(parts)})(?![\w-])")


def _counter(pattern: re.Pattern[str]) -> Callable[[str], int]:
    return lambda s: sum(len(text.word_spans(m.group())) for m in pattern.finditer(s))
