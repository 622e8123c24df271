"""Whom each outlet lets speak."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from samestory import tables
from samestory.errors import TableError
from samestory.measures.quotes.speaker_kind import SPEAKER_KINDS, speaker_kind

__all__ = ["attribution_rates", "count_speaker_kinds", "count_speakers", "grouped", "kinds_of_speakers"]

#: What is read of a quotes table: the spans of a large corpus need not be in memory to be counted.
_COUNTED = tables.only(
    tables.QUOTES, "article_id", "start", "quoted_words", "speaker_kind", "speaker_resolved"
)
_COUNTS = {"n_quotes": "int64", "quoted_words": "int64", "n_articles": "int64"}


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
        ``speaker_kind`` is the kind most often written of this speaker. ``attribution_rate`` is the share of
        the group's attributions whose speaker has a name: where it differs between groups, so may the errors,
        and small differences of ``share`` mean nothing.

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
    from statsmodels.stats.proportion import proportion_confint  # slow to import, and no worker counts

    known = grouped(quotes, by)
    kinds = kinds_of_speakers(known)
    rates = attribution_rates(known, by)
    counted = _counted(known, by, "speaker_resolved").rename(columns={"speaker_resolved": "speaker"})
    counted["speaker_kind"] = counted["speaker"].map(kinds).astype("str").fillna("none")
    spoken = counted["n_quotes"].where(counted["speaker"].notna()).astype("float64")
    everybody = spoken.groupby(counted[by]).transform("sum")
    counted["share"] = spoken / everybody
    counted["low"], counted["high"] = proportion_confint(spoken, everybody, alpha=0.05, method="wilson")
    counted["attribution_rate"] = counted[by].map(rates).astype("float64")
    counted["_last"] = counted["speaker"].isna()
    out = counted.sort_values(
        [by, "_last", "n_quotes", "speaker"], ascending=[True, True, False, True], kind="stable"
    )
    columns = [
        "speaker",
        "speaker_kind",
        "n_quotes",
        "quoted_words",
        "share",
        "low",
        "high",
        "n_articles",
        "attribution_rate",
    ]
    out = out[[by, *columns]].reset_index(drop=True)
    return out.astype({"speaker": "str", **_COUNTS})


def count_speaker_kinds(quotes: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Count the attributions to each kind of speaker in each group.

    Parameters
    ----------
    quotes : DataFrame
        Quotes table.
    by : str
        The column of ``quotes`` that holds the groups. Quotes with a missing group are left out.

    Returns
    -------
    DataFrame
        Speaker kinds table: one row per group and kind, kinds in the order of ``SPEAKER_KINDS``, those that
        do not occur left out. A pronoun that was resolved counts with what it stands for; "pronoun" are those
        that stand for nobody known. ``share`` is taken over all attributions of the group, "none" included.

    Raises
    ------
    TableError
        ``quotes`` is not a quotes table or has no column ``by``.

    Examples
    --------
    >>> from samestory.measures.quotes import find_quotes
    >>> text = "Ida Moss said it rained. “It poured,” she said. The ministry denied it."
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    >>> count_speaker_kinds(find_quotes(articles))[["outlet", "speaker_kind", "n_quotes", "share"]].round(2)
       outlet  speaker_kind  n_quotes  share
    0  Herald        person         2   0.67
    1  Herald  organisation         1   0.33
    """
    known = grouped(quotes, by)
    counted = _counted(known, by, "kind_counted")
    counted["speaker_kind"] = counted["kind_counted"].astype("str")
    counted["share"] = counted["n_quotes"] / counted.groupby(by)["n_quotes"].transform("sum")
    counted["attribution_rate"] = counted[by].map(attribution_rates(known, by)).astype("float64")
    counted["_order"] = counted["speaker_kind"].map(SPEAKER_KINDS.index)
    out = counted.sort_values([by, "_order"], kind="stable")
    columns = ["speaker_kind", "n_quotes", "quoted_words", "share", "n_articles", "attribution_rate"]
    return out[[by, *columns]].reset_index(drop=True).astype(_COUNTS)


def grouped(quotes: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the quotes that have a group, with the kind of speaker to count them under."""
    tables.check(quotes, _COUNTED, need=[] if "speaker_kind" in quotes.columns else ["speaker"])
    if by not in quotes.columns:
        raise TableError(
            f"quotes have no column '{by}'", hint=f"use one of {', '.join(map(str, quotes.columns))}"
        )
    named = quotes[by].notna()
    known = quotes if named.all() else quotes[named]  # a large table is not copied for nothing
    known = known.assign(speaker_kind=pd.Categorical(_written_kinds(known), categories=SPEAKER_KINDS))
    written = known["speaker_kind"].cat.codes.to_numpy()
    # By name, not by row: a corpus has many times as many attributions as speakers.
    code, names = pd.factorize(known["speaker_resolved"])
    kinds = kinds_of_speakers(known)
    number = {kind: i for i, kind in enumerate(SPEAKER_KINDS)}
    of_name = np.array([*(number[kinds[name]] for name in names), -1], dtype=written.dtype)[code]
    unsaid = (written == number["pronoun"]) | (written == number["none"])
    counted = np.where(unsaid & (code >= 0), of_name, written).astype(np.intp)
    return known.assign(kind_counted=pd.Categorical.from_codes(counted, categories=pd.Index(SPEAKER_KINDS)))


def kinds_of_speakers(quotes: pd.DataFrame) -> dict[str, str]:
    """Return one kind for each resolved speaker: the one most often written, pronouns aside."""
    rows = quotes[["speaker_resolved", "speaker_kind"]].dropna(subset=["speaker_resolved"])
    votes = rows[~rows["speaker_kind"].isin(["pronoun", "none"])]
    votes = tables.without_categories(
        votes.groupby(list(votes.columns), observed=True).size().reset_index(name="n")
    )
    votes = votes.sort_values(["speaker_resolved", "n", "speaker_kind"], ascending=[True, False, True])
    kinds = dict(votes.drop_duplicates("speaker_resolved")[["speaker_resolved", "speaker_kind"]].to_numpy())
    return {name: kinds.get(name) or speaker_kind(name) for name in rows["speaker_resolved"].unique()}


def attribution_rates(quotes: pd.DataFrame, by: str) -> dict[Any, float]:
    """Return the share of each group's attributions whose speaker has a name."""
    return dict(quotes["speaker_resolved"].notna().groupby(quotes[by], observed=True).mean())


def _written_kinds(quotes: pd.DataFrame) -> pd.Series:
    if "speaker_kind" in quotes.columns:
        return quotes["speaker_kind"]
    written = [
        speaker_kind(s if isinstance(s, str) else None, r if isinstance(r, str) else None)
        for s, r in zip(quotes["speaker"], quotes["speaker_resolved"], strict=True)
    ]
    return pd.Series(written, index=quotes.index, dtype="str")


def _counted(quotes: pd.DataFrame, by: str, of: str) -> pd.DataFrame:
    counted = quotes.groupby([by, of], dropna=False, sort=True, observed=True).agg(
        n_quotes=("start", "size"),
        quoted_words=("quoted_words", "sum"),
        n_articles=("article_id", "nunique"),
    )
    return tables.without_categories(counted.reset_index())
