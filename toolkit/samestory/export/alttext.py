"""A figure in words, from the table it shows: kind of chart, axes, n, largest contrast."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from samestory import tables
from samestory.errors import OptionError

__all__ = ["figure_alt", "plain", "whole"]


def whole(figure: Axes | Figure) -> Figure:
    """Return the figure that axes belong to, or the figure itself."""
    if isinstance(figure, Figure):
        return figure
    found = figure.get_figure(root=True)
    if found is None:
        raise OptionError("the axes to save belong to no figure", hint="save what a plot_ function returned")
    return found


def figure_alt(figure: Axes | Figure, data: pd.DataFrame) -> str:
    """Describe a figure in words, for those who cannot see it.

    Parameters
    ----------
    figure : Axes or Figure
        The figure; its axis labels are quoted.
    data : DataFrame
        The table that was drawn.

    Returns
    -------
    str
        The kind of chart, its axes, its number of rows and its largest contrast.

    Examples
    --------
    >>> figure_alt(Figure(), pd.DataFrame({"n": [1, 2]}))
    'Chart of a table with 2 rows.'
    """
    said = [t for a in whole(figure).axes for t in (a.get_xlabel(), a.get_ylabel()) if t]
    kind = next((k for k in _KINDS if _is(data, tables.TABLES[k])), None)
    rows = f"{len(data):,} {'row' if len(data) == 1 else 'rows'}"
    head = f"{_KINDS[kind][0] if kind else 'Chart of a table'} with {rows}."
    contrast = _KINDS[kind][1](data) if kind and len(data) else ""
    axes = f"Axes: {'; '.join(map(_unwrapped, said))}." if said else ""
    return plain(" ".join(part for part in (head, axes, contrast) if part))


def _unwrapped(label: str) -> str:
    """Return the label of an axis, which is a line, and below it notes that are wrapped."""
    what, *notes = label.split("\n")
    return "; ".join([what, " ".join(notes)] if notes else [what])


def plain(text: str) -> str:
    """Leave out what has no place in XML, PDF and JSON read by people.

    These are control characters, and marks that turn writing round.
    """
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn"})


def _is(data: pd.DataFrame, table: tables.Table) -> bool:
    return all(c in data.columns for c, column in table.columns.items() if column.required)


def _largest_difference(data: pd.DataFrame) -> str:
    size = pd.to_numeric(data["estimate"], errors="coerce").abs()
    if size.isna().all():
        return "No pair shares a story, so there is no difference to show."
    tested = size.where(data["tier"].eq("tested"))
    row = data.iloc[int(np.nanargmax(size if tested.isna().all() else tested))]
    ends = [pd.to_numeric(row[c], errors="coerce") for c in ("low", "high")]
    interval = f", interval {ends[0]:.2f} to {ends[1]:.2f}" if not pd.isna(ends).any() else ", no interval"
    which = "Largest difference" if tested.isna().all() else "Largest tested difference"
    return (
        f"{which}: {row['measure']}, {row['group']} minus {row['reference']}, "
        f"{row['estimate']:+.2f}{interval}, n = {row['n_stories']:.0f} stories ({row['tier']})."
    )


def _row_of_most(data: pd.DataFrame, column: str) -> pd.Series[Any]:
    return data.iloc[int(np.nanargmax(data[column].to_numpy(dtype=float)))]


def _largest_share(data: pd.DataFrame) -> str:
    named = data.dropna(subset=["speaker", "share"])
    if named.empty:
        return "No speaker is named."
    row = _row_of_most(named, "share")
    n = named.loc[named["outlet"] == row["outlet"], "n_quotes"].sum()
    interval = ""
    if {"low", "high"} <= set(data.columns) and not pd.isna(row["low"]):
        interval = f" (interval {100 * row['low']:.0f} to {100 * row['high']:.0f} %)"
    return (
        f"Largest share: {row['speaker']} in {row['outlet']}, {100 * row['share']:.0f} %{interval} "
        f"of the attributions with a speaker (n = {n:.0f})."
    )


def _largest_odds(data: pd.DataFrame) -> str:
    row = _row_of_most(data, "z")
    return (
        f"Most distinctive term: “{row['term']}” in {row['outlet']}, log-odds {row['log_odds']:.2f} "
        f"({row['low']:.2f} to {row['high']:.2f}), "
        f"n = {row['count']:.0f} uses in {row['n_articles']:.0f} articles."
    )


def _most_words(data: pd.DataFrame) -> str:
    row = _row_of_most(data, "words")
    told, n = data["n_articles"].gt(0).groupby(data["story_id"]).sum(), data["outlet"].nunique()
    return (
        f"{len(told):,} stories, {int(told.eq(n).sum()):,} of them told by all {n} outlets. "
        f"Most words: {row['outlet']} on {row.get('title') or row['story_id']}, {row['words']:,.0f}."
    )


def _largest_slope(data: pd.DataFrame) -> str:
    known = data.dropna(subset=["difference"])
    if known.empty:
        return "No story is shared."
    row = known.loc[known["difference"].abs().sort_values(kind="stable").index[-1]]
    return (
        f"{row['measure']}, {row['group']} and {row['reference']}, n = {len(known):,} stories. "
        f"Largest difference: {row['difference']:+.2f} ({row['group_mean']:.2f} against "
        f"{row['reference_mean']:.2f}) on {row.get('title') or row['story_id']}."
    )


def _widest_voices(data: pd.DataFrame) -> str:
    body = data[data["part"].eq("body")].pivot(index="group", columns="voice", values="mean")
    if not {"own", "quoted"} <= set(body.columns) or body[["own", "quoted"]].isna().any(axis=1).all():
        return "No outlet has both own and quoted voice."
    gap = (body["quoted"] - body["own"]).dropna()
    group = str(gap.abs().sort_values(kind="stable").index[-1])
    quoted = float(body["quoted"].loc[[group]].iloc[0])
    own = data[data["group"].eq(group) & data["part"].eq("body") & data["voice"].eq("own")].iloc[0]
    return (
        f"Largest gap between voices: {group}, own {own['mean']:+.2f} "
        f"({own['low']:+.2f} to {own['high']:+.2f}), quoted {quoted:+.2f}, "
        f"n = {own['n_articles']:.0f} articles."
    )


def _largest_mean(data: pd.DataFrame) -> str:
    known = data.dropna(subset=["mean"])
    if known.empty:
        return "No outlet has a value."
    spread = known.groupby("measure")["mean"].agg(lambda m: m.max() - m.min()).sort_values(kind="stable")
    mine = known[known["measure"].eq(spread.index[-1])].sort_values(["mean", "group"])
    most, least = mine.iloc[-1], mine.iloc[0]
    return (
        f"Largest contrast: {most['measure']}, {most['group']} {most['mean']:.3f} "
        f"(n = {most['n_articles']:.0f} articles) against {least['group']} {least['mean']:.3f} "
        f"(n = {least['n_articles']:.0f}); no intervals."
    )


def _largest_period(data: pd.DataFrame) -> str:
    known = data.dropna(subset=["mean"])
    if known.empty:
        return "No period has a value."
    top, low = (known.sort_values(["mean", "group"]).iloc[i] for i in (-1, 0))
    said = [f"{r['group']} in the period from {r['start']:%Y-%m-%d}, {r['mean']:+.2f}" for r in (top, low)]
    ends = [top["low"], top["high"]]
    interval = "no interval" if pd.isna(ends).any() else f"interval {ends[0]:+.2f} to {ends[1]:+.2f}"
    return f"Highest: {said[0]} ({interval}, n = {top['n_articles']:.0f} articles). Lowest: {said[1]}."


def _largest_word(data: pd.DataFrame) -> str:
    row = data.loc[data["contribution"].abs().sort_values(kind="stable").index[-1]]
    return (
        f"{row['group']} minus {row['reference']}: all words together {data['contribution'].sum():+.3f}. "
        f"Largest part: “{row['word']}”, {row['contribution']:+.3f}, "
        f"n = {row['n_group']:.0f} uses against {row['n_reference']:.0f}; no interval."
    )


# How the chart of each table is described, and what is said of its contrasts.
_KINDS: Mapping[str, tuple[str, Callable[[pd.DataFrame], str]]] = MappingProxyType(
    {
        "estimates": ("Forest chart of paired differences", _largest_difference),
        "pairs": ("Slope chart of stories that two outlets share", _largest_slope),
        "speakers": ("Dot chart of speakers by outlet", _largest_share),
        "terms": ("Dot chart of distinctive terms by outlet", _largest_odds),
        "coverage": ("Heat map of stories by outlet", _most_words),
        "sentiment": ("Dot chart of tone by outlet and voice", _widest_voices),
        "word_shift": ("Bar chart of the words behind a difference in tone", _largest_word),
        "over_time": ("Line charts over time, one panel per outlet", _largest_period),
        "groups": ("Dot chart of means by outlet", _largest_mean),
    }
)
