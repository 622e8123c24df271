"""Sentence sentiment by VADER.

Scores belong to sentences. The compound score of a whole article saturates near -1 and 1 with its length;
the mean of sentence scores does not, and agrees better with human ratings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from samestory import tables, text
from samestory.errors import OptionError
from samestory.measures.sentiment.language import foreign_sentences
from samestory.measures.sentiment.news import mask_news
from samestory.measures.sentiment.vader import Vader

__all__ = ["engine", "prepared", "score_plain_and_masked", "score_sentiment"]

# compound, neg, neu, pos, n_hits, coverage
_Row = tuple[float, float, float, float, int, float]
_NO_ROW: _Row = (np.nan, np.nan, np.nan, np.nan, 0, np.nan)


@lru_cache(maxsize=1)
def _plain_engine() -> Vader:
    return Vader()


def engine(lexicon: Mapping[str, float] | None) -> Vader:
    """Return an engine with VADER's lexicon, or with another."""
    if lexicon is None:
        return _plain_engine()
    if not isinstance(lexicon, Mapping):
        raise OptionError(
            f"lexicon is a mapping of words to valences; {type(lexicon).__name__} was found",
            hint="read a file with read_sentiment_lexicon",
        )
    vader = Vader()
    vader.lexicon = lexicon  # the setter copies any mapping
    return vader


def prepared(sentence: str, *, strict: bool, news_neutral: bool) -> str:
    """Return a sentence as VADER gets it."""
    if strict:
        return sentence
    plain = text.normalise_typography(sentence)
    return mask_news(plain) if news_neutral else plain


def score_sentiment(
    sentences: pd.DataFrame,
    *,
    strict: bool = False,
    news_neutral: bool = False,
    lexicon: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Score the sentiment of each sentence with VADER.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    strict : bool, default False
        Give VADER the text as typeset. By default typography is normalised first, because VADER knows only
        the straight apostrophe: it reads "wasn’t great" as praise and "wasn't great" as criticism, which
        would turn an outlet's typography into tone.
    news_neutral : bool, default False
        Mask names and fixed phrases of the news that VADER misreads, such as "Justice Secretary" or "interest
        rates" (``lexicons/news_neutral.csv``, each entry with its reason). Off by default, so that scores are
        those of the published VADER; a study reports both when they differ.
    lexicon : mapping of str to float, optional
        Words and valences in place of VADER's; see :func:`samestory.read_sentiment_lexicon`.

    Returns
    -------
    DataFrame
        Scores table: the sentences with ``compound`` (-1 to 1); ``neg``, ``neu``, ``pos`` (shares, 0 to 1);
        ``n_hits``, the words that the lexicon knows, and ``coverage``, their share of all words. A sentence
        without any letter or digit (``not_scored`` is "no_words") or in another language than English
        ("not_english") has missing scores, not 0.

    Raises
    ------
    TableError
        ``sentences`` is not a sentences table.
    OptionError
        ``strict`` and ``news_neutral`` exclude each other; ``lexicon`` is no mapping.

    Notes
    -----
    VADER [1]_, with the scores of vaderSentiment 3.3.2 to the last bit. A sentence score says how positive
    the words are, not whether the outlet is for or against someone; for that see
    :func:`samestory.score_targets`.

    References
    ----------
    .. [1] Hutto, C. J., & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis
       of social media text. Proceedings of ICWSM, 8(1), 216-225.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a", "a"], "start": [0, 22], "end": [21, 40],
    ...                           "text": ["The plan wasn’t great.", "Crews were happy."]})
    >>> score_sentiment(sentences)[["text", "compound", "n_hits"]]
                         text  compound  n_hits
    0  The plan wasn’t great.   -0.5096       1
    1       Crews were happy.    0.5719       1
    """
    tables.check(sentences, tables.SENTENCES)
    if strict and news_neutral:
        raise OptionError(
            "strict gives VADER the text as typeset, news_neutral masks words of it: choose one"
        )
    vader = engine(lexicon)
    texts = sentences["text"].tolist()
    reasons = _reasons(sentences, texts, None)
    rows = [
        _NO_ROW if reason else _row(vader, prepared(t, strict=strict, news_neutral=news_neutral))
        for t, reason in zip(texts, reasons, strict=True)
    ]
    return _scores(sentences, rows, reasons)


def score_plain_and_masked(
    sentences: pd.DataFrame, found: text.WordTable
) -> tuple[pd.DataFrame, pd.Series[float]]:
    """Score sentences as they are and with the names of the news masked, hardly slower than once.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    found : WordTable
        The words of the sentences.

    Returns
    -------
    (DataFrame, Series)
        What :func:`score_sentiment` gives, and the ``compound`` that it gives with ``news_neutral=True``.

    Examples
    --------
    >>> from samestory.text import encode_words
    >>> given = ["The Justice Secretary met crews.", "Crews were happy."]
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 33], "end": [32, 50], "text": given})
    >>> scores, masked = score_plain_and_masked(sentences, encode_words(given))
    >>> scores["compound"].tolist(), masked.tolist()
    ([0.5267, 0.5719], [0.0, 0.5719])
    """
    tables.check(sentences, tables.SENTENCES)
    vader, masked, rows = engine(None), [], []
    texts = sentences["text"].tolist()
    reasons = _reasons(sentences, texts, found)
    for sentence, reason in zip(texts, reasons, strict=True):
        if reason:
            rows.append(_NO_ROW)
            masked.append(np.nan)
            continue
        plain = text.normalise_typography(sentence)
        neutral = mask_news(plain)
        row = _row(vader, plain)
        rows.append(row)
        masked.append(row[0] if neutral == plain else vader.polarity_scores(neutral)["compound"])
    return _scores(sentences, rows, reasons), pd.Series(masked, index=sentences.index, dtype="float64")


def _reasons(sentences: pd.DataFrame, texts: Sequence[str], found: text.WordTable | None) -> list[str | None]:
    """Say why a sentence has no score."""
    foreign = foreign_sentences(sentences["article_id"].tolist(), texts, found)
    return [
        "no_words" if not any(map(str.isalnum, t)) else "not_english" if f else None
        for t, f in zip(texts, foreign, strict=True)
    ]


def _row(vader: Vader, sentence: str) -> _Row:
    score, n_hits, n = vader.counted(sentence)
    return score["compound"], score["neg"], score["neu"], score["pos"], n_hits, n_hits / n


def _scores(sentences: pd.DataFrame, rows: list[_Row], reasons: list[str | None]) -> pd.DataFrame:
    found = np.array(rows, dtype=np.float64).reshape(-1, 6).T
    compound, neg, neu, pos, n_hits, coverage = found
    out = sentences.assign(
        compound=compound,
        neg=neg,
        neu=neu,
        pos=pos,
        coverage=coverage,
        n_hits=n_hits.astype("int64"),
        not_scored=pd.Series(reasons, index=sentences.index, dtype="str"),
    )
    return tables.check(out, tables.SCORES)
