"""Sentence sentiment by VADER: the only door to vaderSentiment.

Scores belong to sentences. The compound score of a whole article saturates near -1 and 1 with its length;
the mean of sentence scores does not, and agrees better with human ratings.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from samestory import tables, text

if TYPE_CHECKING:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

__all__ = ["score_sentiment"]

_COLUMNS = ("compound", "neg", "neu", "pos")


@lru_cache(maxsize=1)
def _analyzer() -> SentimentIntensityAnalyzer:
    # Imported late: vaderSentiment pulls in a web client, which nothing here uses.
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()


def score_sentiment(sentences: pd.DataFrame, *, strict: bool = False) -> pd.DataFrame:
    """Score the sentiment of each sentence with VADER.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    strict : bool, default False
        Give VADER the text as typeset. By default typography is normalised first, because VADER knows only
        the straight apostrophe: it reads "wasn’t great" as praise and "wasn't great" as criticism, which
        would turn an outlet's typography into tone.

    Returns
    -------
    DataFrame
        Scores table: the sentences with ``compound`` (-1 to 1) and ``neg``, ``neu``, ``pos`` (shares, 0 to
        1).
        A sentence without any letter or digit has missing scores, not 0.

    Raises
    ------
    TableError
        ``sentences`` is not a sentences table.

    Notes
    -----
    VADER [1]_ as implemented in vaderSentiment 3.3.2. A sentence score says how positive the words are, not
    whether the outlet is for or against someone.

    References
    ----------
    .. [1] Hutto, C. J., & Gilbert, E. (2014). VADER: A parsimonious rule-based model for sentiment analysis
       of social media text. Proceedings of ICWSM, 8(1), 216-225.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a", "a"], "start": [0, 22], "end": [21, 40],
    ...                           "text": ["The plan wasn’t great.", "Crews were happy."]})
    >>> score_sentiment(sentences)[["text", "compound"]]
                         text  compound
    0  The plan wasn’t great.   -0.5096
    1       Crews were happy.    0.5719
    """
    tables.check(sentences, tables.SENTENCES)
    missing = dict.fromkeys(_COLUMNS, np.nan)
    polarity = _analyzer().polarity_scores
    given = sentences["text"] if strict else sentences["text"].map(text.normalise_typography)
    rows = [polarity(s) if any(map(str.isalnum, s)) else missing for s in given]
    scores = pd.DataFrame(rows, columns=list(_COLUMNS), index=sentences.index, dtype="float64")
    return tables.check(sentences.assign(**{c: scores[c] for c in _COLUMNS}), tables.SCORES)
