"""Topic emphasis by codebook: the share of an article that speaks of a topic."""

from __future__ import annotations

import numpy as np
import pandas as pd

from samestory import tables, text
from samestory.measures.topics.matching import Hits, Topics, compile_topics
from samestory.measures.topics.placement import placed, prominence

__all__ = ["prominence", "shared_terms", "topic_share", "topic_share_and_prominence"]


def topic_share(sentences: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Measure how much of each article speaks of each topic of a codebook.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    codebook : DataFrame
        Codebook table with the columns ``topic`` and ``term``. A term is a whole word (``tax``), a word
        with ``*`` for any run of letters (``econom*``) or ``?`` for one, or a phrase (``interest rate*``).
        Case and typography do not count. A term may belong to several topics
        (:func:`shared_terms` lists these). Where a column ``exclude`` is true, the words of the
        term do not count for the topic.

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
        A term holds nothing but ``*``, or is written as a regular expression.

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
    topics, given = compile_topics(codebook), sentences["text"].tolist()
    found = text.encode_words(given)
    return _shares(sentences, found, topics, topics.find(given, found))


def topic_share_and_prominence(
    articles: pd.DataFrame, sentences: pd.DataFrame, codebook: pd.DataFrame, *, found: text.WordTable
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what :func:`topic_share` and :func:`prominence` return, at the cost of one of them.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    sentences : DataFrame
        Their sentences, as :func:`samestory.split_sentences` gives them.
    codebook : DataFrame
        Codebook table.
    found : WordTable
        The words of the sentences.

    Returns
    -------
    (DataFrame, DataFrame)
        Topic shares and prominence table.
    """
    tables.check(articles, tables.ARTICLES)
    tables.check(sentences, tables.SENTENCES)
    tables.check(codebook, tables.CODEBOOK)
    topics = compile_topics(codebook)
    hits = topics.find(sentences["text"].tolist(), found)
    return _shares(sentences, found, topics, hits), placed(articles, sentences, topics, hits)


def _shares(sentences: pd.DataFrame, found: text.WordTable, topics: Topics, hits: Hits) -> pd.DataFrame:
    """Make the topic shares of what was found in the sentences."""
    number, ids = pd.factorize(sentences["article_id"])
    n, travels = len(ids), ["outlet", "stance", "story_id", "reprint_of"]
    first = sentences.drop_duplicates("article_id")
    # The words stand in the order of their sentences, so that places tell how many there are in each.
    in_sentence = np.diff(np.searchsorted(found.rows, np.arange(len(sentences) + 1, dtype=np.int32)))
    articles = pd.DataFrame(
        {
            "article_id": ids,
            "n_sentences": np.bincount(number, minlength=n),
            "words": np.bincount(number, weights=in_sentence, minlength=n).astype("int64"),
            **{c: first[c].array for c in travels if c in sentences.columns},
        }
    )
    row = hits.topic * n + number[hits.sentence]
    every = len(topics) * n
    out = articles.iloc[np.tile(np.arange(n), len(topics))].reset_index(drop=True)
    out = out.assign(
        topic=pd.Series(np.repeat([t.name for t in topics], n), dtype="str"),
        n_hits=np.bincount(row, minlength=every),
    )
    matched = np.bincount(row, weights=hits.words, minlength=every)
    out = out.assign(
        share=out["n_hits"] / out["n_sentences"],
        word_share=(matched / out["words"]).replace([np.inf, -np.inf], np.nan),
    )
    columns = ["article_id", "topic", "n_sentences", "n_hits", "share", "word_share"]
    return tables.check(out[columns + [c for c in travels if c in out.columns]], tables.TOPIC_SHARES)


def shared_terms(codebook: pd.DataFrame) -> pd.DataFrame:
    """List the terms that stand under several topics: allowed, and good to know.

    Parameters
    ----------
    codebook : DataFrame
        Codebook table.

    Returns
    -------
    DataFrame
        One row per such term: ``term``, ``topics`` (joined by a comma) and ``n_topics``.

    Examples
    --------
    >>> shared_terms(pd.DataFrame({"topic": ["health", "hardship"], "term": ["patients", "patients"]}))
           term            topics  n_topics
    0  patients  health, hardship         2
    """
    tables.check(codebook, tables.CODEBOOK)
    counted = codebook if "exclude" not in codebook.columns else codebook[~codebook["exclude"].astype(bool)]
    topics = counted.groupby(counted["term"].str.lower(), sort=True)["topic"].agg(
        lambda t: list(dict.fromkeys(t))
    )
    shared = topics[topics.map(len) > 1]
    return pd.DataFrame(
        {"term": shared.index, "topics": shared.map(", ".join).array, "n_topics": shared.map(len).array}
    )
