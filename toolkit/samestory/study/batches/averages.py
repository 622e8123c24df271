"""The means over the sentences of each article and voice, from which outlets are compared."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.measures.sentiment import averages, headlines, sentence_values

__all__ = ["article_means"]

_VOICES = pd.Index(["all", "own", "quoted", "mixed"])
_STEP = len(_VOICES) + 1  # from article to article; the last place is that of other voices, which are -1
_MEANS, _NUMBERS = ["masked", "quoted_share"], ["n_masked", "n_quoted_share", "n_not_english"]


def article_means(scores: pd.DataFrame, masked: pd.Series, articles: pd.DataFrame) -> pd.DataFrame:
    """Average the sentences of each article, by voice and all together.

    Parameters
    ----------
    scores : DataFrame
        Scores table with voices.
    masked : Series
        Compound of each sentence with the names of the news masked.
    articles : DataFrame
        The articles; their headlines (``title``) have rows of their own.

    Returns
    -------
    DataFrame
        As :func:`samestory.measures.sentiment.tone_of_articles`, without the group, and for the body:
        ``masked`` and ``quoted_share``, means over the sentences that have a value, with their numbers
        (``n_masked``, ``n_quoted_share``); ``n_not_english``, sentences not scored for their language.

    Examples
    --------
    >>> from samestory.measures.quotes import find_quotes, label_voice
    >>> from samestory.measures.sentiment import score_sentiment
    >>> from samestory.text import split_sentences
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": [""], "text": "Fine day. “Bad,” Moss said."})
    >>> scores = score_sentiment(label_voice(split_sentences(articles), find_quotes(articles)))
    >>> article_means(scores, scores["compound"], articles)[["voice", "compound", "n_values"]].round(2)
       voice  compound  n_values
    0    all     -0.17         2
    1    own      0.20         1
    2  quoted     -0.54         1
    """
    body = averages(sentence_values(scores), ["article_id"])
    articles_of = pd.Index(body["article_id"].drop_duplicates())
    more = pd.DataFrame(
        {
            "masked": masked,
            "n_masked": masked.notna().astype("int64"),
            "quoted_share": scores["quoted_share"],
            "n_quoted_share": scores["quoted_share"].notna().astype("int64"),
            "n_not_english": (scores["not_scored"] == "not_english").astype("int64"),
        }
    )
    # Article and voice as one number: it is quicker to group than their names.
    article, voice = _places(articles_of, scores["article_id"]), _places(_VOICES, scores["voice"])
    cell = np.concatenate([article * _STEP, article * _STEP + voice])
    grouped = pd.concat([more, more], ignore_index=True).groupby(cell, sort=False)
    added = pd.concat([grouped[_MEANS].mean(), grouped[_NUMBERS].sum()], axis=1)
    article, voice = _places(articles_of, body["article_id"]), _places(_VOICES, body["voice"])
    added = added.loc[article * _STEP + voice].reset_index(drop=True)
    parts = [pd.concat([body.assign(part="body"), added], axis=1)]
    if "title" in articles.columns:
        parts.append(averages(sentence_values(headlines(articles, "outlet")), ["article_id"]))
        parts[1]["part"] = "headline"
    out = pd.concat(parts)
    out[_NUMBERS] = out[_NUMBERS].fillna(0).astype("int64")
    order = ["article_id", "part", "voice"]
    order += [c for c in body.columns if c not in order]
    out = out[[*order, *_MEANS, *_NUMBERS]]
    return out.sort_values("article_id", kind="stable", ignore_index=True)


def _places(names: pd.Index, column: pd.Series) -> NDArray[np.intp]:
    return names.get_indexer(pd.Index(column))
