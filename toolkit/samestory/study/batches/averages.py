"""The means over the sentences of each article and voice, from which outlets are compared."""

from __future__ import annotations

import pandas as pd

from samestory.measures.sentiment import tone_of_articles

__all__ = ["article_means"]

_KEY = ["article_id", "voice"]


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
    given = scores.assign(outlet="")
    titled = articles.assign(outlet="") if "title" in articles.columns else None
    tone = tone_of_articles(given, articles=titled).drop(columns="outlet")
    more = pd.DataFrame(
        {
            "article_id": scores["article_id"],
            "voice": scores["voice"],
            "masked": masked,
            "n_masked": masked.notna().astype("int64"),
            "quoted_share": scores["quoted_share"],
            "n_quoted_share": scores["quoted_share"].notna().astype("int64"),
            "n_not_english": (scores["not_scored"] == "not_english").astype("int64"),
        }
    )
    both = pd.concat([more.assign(voice="all"), more], ignore_index=True)
    means = both.groupby(_KEY, sort=False)[["masked", "quoted_share"]].mean()
    counts = both.groupby(_KEY, sort=False)[["n_masked", "n_quoted_share", "n_not_english"]].sum()
    added = pd.concat([means, counts], axis=1).reset_index().assign(part="body")
    out = tone.merge(added, on=["article_id", "part", "voice"], how="left")
    numbers = ["n_masked", "n_quoted_share", "n_not_english"]
    out[numbers] = out[numbers].fillna(0).astype("int64")
    order = pd.Series(out["part"].eq("headline")).map({False: 0, True: 1})
    ranked = out.assign(_part=order).sort_values(["article_id", "_part"], kind="stable", ignore_index=True)
    return ranked.drop(columns="_part")
