"""Whom each outlet lets speak."""

from __future__ import annotations

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from samestory import tables
from samestory.errors import TableError

__all__ = ["count_speakers"]


def count_speakers(quotes: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Count the attributions of each speaker in each group.

    Parameters
    ----------
    quotes : DataFrame
        Quotes table.
    by : str
        The column of ``quotes`` that holds the groups, such as "outlet" or "stance". Quotes with a missing
        group are left out.

    Returns
    -------
    DataFrame
        Speakers table: one row per group and speaker (``speaker_resolved``), under the group column's own
        name; groups in order, in each the most quoted speaker first, ties by name. Attributions without a
        speaker make one row of their group with ``speaker`` missing, at its end. ``share`` is the speaker's
        attributions over all attributions of the group *with a speaker*; it is missing in the row without.
        ``low`` to ``high`` is its 95 % interval (Wilson, 1927), which takes attributions as independent:
        where an article lets one speaker talk at length, it is too narrow. A description, not a test.

    Raises
    ------
    TableError
        ``quotes`` is not a quotes table or has no column ``by``.

    Examples
    --------
    >>> from samestory.measures.quotes import find_quotes
    >>> text = "Moss said it rained. “It poured,” Moss said. Kerrel denied it."
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    >>> count_speakers(find_quotes(articles))[["outlet", "speaker", "n_quotes", "share"]].round(2)
       outlet speaker  n_quotes  share
    0  Herald    Moss         2   0.67
    1  Herald  Kerrel         1   0.33
    """
    tables.check(quotes, tables.QUOTES)
    if by not in quotes.columns:
        raise TableError(
            f"quotes have no column '{by}'", hint=f"use one of {', '.join(map(str, quotes.columns))}"
        )
    known = quotes[quotes[by].notna()]
    counted = (
        known.groupby([by, "speaker_resolved"], dropna=False, sort=True, observed=True)
        .agg(
            n_quotes=("start", "size"),
            quoted_words=("quoted_words", "sum"),
            n_articles=("article_id", "nunique"),
        )
        .reset_index()
        .rename(columns={"speaker_resolved": "speaker"})
    )
    spoken = counted["n_quotes"].where(counted["speaker"].notna()).astype("float64")
    everybody = spoken.groupby(counted[by]).transform("sum")
    counted["share"] = spoken / everybody
    counted["low"], counted["high"] = proportion_confint(spoken, everybody, alpha=0.05, method="wilson")
    counted["_last"] = counted["speaker"].isna()
    out = counted.sort_values(
        [by, "_last", "n_quotes", "speaker"], ascending=[True, True, False, True], kind="stable"
    )
    columns = [by, "speaker", "n_quotes", "quoted_words", "share", "low", "high", "n_articles"]
    out = out[columns].reset_index(drop=True)
    return out.astype({"speaker": "str", "n_quotes": "int64", "quoted_words": "int64", "n_articles": "int64"})
