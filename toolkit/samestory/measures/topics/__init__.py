"""Topic emphasis by codebook: the share of an article that speaks of a topic."""

from __future__ import annotations

import numpy as np
import pandas as pd

from samestory import tables, text
from samestory.measures.topics.matching import compile_topics, count_words
from samestory.measures.topics.placement import prominence

__all__ = ["prominence", "shared_terms", "topic_share"]


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
    given = sentences["text"].tolist()
    found = text.encode_words(given)
    number, ids = pd.factorize(sentences["article_id"])
    travels = ["outlet", "stance", "story_id", "reprint_of"]
    first = sentences.drop_duplicates("article_id")
    # The words stand in the order of their sentences, so that places tell how many there are in each.
    in_sentence = np.diff(np.searchsorted(found.rows, np.arange(len(given) + 1, dtype=np.int32)))
    articles = pd.DataFrame(
        {
            "article_id": ids,
            "n_sentences": np.bincount(number, minlength=len(ids)),
            "words": np.bincount(number, weights=in_sentence, minlength=len(ids)).astype("int64"),
            **{c: first[c].array for c in travels if c in sentences.columns},
        }
    )
    frames = []
    topics = compile_topics(codebook)
    for topic, matched in zip(topics, count_words(topics, given, found), strict=True):
        hits = np.bincount(number, weights=matched > 0, minlength=len(ids)).astype("int64")
        words = np.bincount(number, weights=matched, minlength=len(ids))
        frames.append(articles.assign(topic=topic.name, n_hits=hits, matched=words))
    out = (
        pd.concat(frames, ignore_index=True)
        if frames
        else articles.assign(topic="", n_hits=0, matched=0.0)[:0]
    )
    out = out.assign(
        share=out["n_hits"] / out["n_sentences"],
        word_share=(out["matched"] / out["words"]).replace([np.inf, -np.inf], np.nan),
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
