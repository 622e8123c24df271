"""Remarks: what to look at before a corpus is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from samestory import tables

__all__ = ["remarks"]

_CORPUS = "the corpus"
_GAP = 0.2  # difference of shares between outlets from on which one should look
_MIXED = 0.1  # share of articles with either kind of marks from on which an outlet mixes them
_HALF = 2.0  # how many times longer the articles of one outlet are than those of another


def remarks(
    quality: Mapping[str, pd.DataFrame], n_articles: int, *, sources_known: bool = True
) -> pd.DataFrame:
    """Say in words what stands out in the other tables.

    Parameters
    ----------
    quality : mapping of str to DataFrame
        ``outlet_quality``, ``quality_counts`` and ``duplicates``.
    n_articles : int
        Articles of the corpus.

    Returns
    -------
    DataFrame
        ``quality_warnings``, the gravest first.
    """
    outlets = quality["outlet_quality"]
    rows = [
        *_whole(quality, n_articles),
        *(row for _, o in outlets.iterrows() for row in _of_outlet(o.to_dict(), sources_known)),
        *_gaps(outlets),
    ]
    return pd.DataFrame(rows, columns=list(tables.QUALITY_WARNINGS.columns)).astype("str")


def _whole(quality: Mapping[str, pd.DataFrame], n_articles: int) -> Iterator[tuple[str, str, str]]:
    counts = quality["quality_counts"]
    flags = counts[counts["kind"] == "flag"].set_index("value")["n"]
    if len(quality["outlet_quality"]) < 2:
        yield "one_outlet", _CORPUS, "there is one outlet; a comparison needs two"
    if "ambiguous_date" in flags:
        n = int(flags["ambiguous_date"])
        yield (
            "ambiguous_date",
            _CORPUS,
            f'{n} dates such as 03/04/2024 can be two days; write date_order = "dmy" or "mdy" in corpus.toml',
        )
    if len(quality["duplicates"]):
        n = len(quality["duplicates"])
        yield (
            "duplicates",
            _CORPUS,
            f"{n} of {n_articles} articles repeat the words or address of an earlier one",
        )


def _of_outlet(o: Mapping[Any, Any], sources_known: bool) -> Iterator[tuple[str, str, str]]:
    name, n = str(o["outlet"]), int(str(o["n_articles"]))
    if sources_known and pd.notna(o["stance"]) and pd.isna(o["stance_source"]):
        yield "stance_source", name, f"the stance '{o['stance']}' is a claim without a source"
    elif sources_known and pd.notna(o["stance"]) and pd.isna(o["stance_date"]):
        yield "stance_date", name, f"the stance '{o['stance']}' has a source but no date; stances change"
    for column, what in {
        "n_undated": "have no date and are aligned by their words alone",
        "n_not_english": "are not in English and in no measure",
    }.items():
        if o[column]:
            yield column, name, f"{o[column]} of {n} articles {what}"
    if int(str(o["n_short"])) > 0.1 * n:
        yield "n_short", name, f"{o['n_short']} of {n} articles have fewer than 50 words; are they complete?"
    curly, straight = float(str(o["curly_share"])), float(str(o["straight_share"]))
    if curly > _MIXED and straight > _MIXED:
        yield (
            "mixed_typography",
            name,
            f"curly marks in {curly:.0%} and straight ones in {straight:.0%} of the articles; "
            "measures read both alike, other tools may not",
        )


def _gaps(outlets: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """Say where the outlets differ in form, since form can look like tone."""
    for column, what in {
        "furniture_share": "share of page furniture",
        "curly_share": "share of articles with curly marks",
    }.items():
        shares = outlets.set_index("outlet")[column].dropna()
        if len(shares) > 1 and shares.max() - shares.min() >= _GAP:
            yield (
                f"{column}_gap",
                _CORPUS,
                f"the {what} is {shares.max():.0%} in {shares.idxmax()} and {shares.min():.0%} in "
                f"{shares.idxmin()}; look whether the texts come from the same kind of source",
            )
    lengths = outlets.set_index("outlet")["words_median"].dropna()
    if len(lengths) > 1 and lengths.max() > _HALF * lengths.min():
        yield (
            "length_gap",
            _CORPUS,
            f"the median article has {lengths.max():,.0f} words in {lengths.idxmax()} and "
            f"{lengths.min():,.0f} in {lengths.idxmin()}; are the short ones previews?",
        )
