"""Forest of paired differences: one row per measure and pair of groups, zero in the middle."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any
from zlib import crc32

import pandas as pd
from matplotlib.axes import Axes

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style

__all__ = ["plot_estimates", "rows_shown"]

_ROW_MM, _DENSE_ROW_MM = 7.0, 4.6
_NARROW = 100  # letters over the width of the chart, below which notes take two lines
_MANY = 12  # above this, rows stand closer, and the group stands once above its rows
# What the tiers of the estimates table read as, next to a greyed row.
_TIER_NOTES = {"descriptive": "description only"}
_TESTED = "tested"
_PAIR = ["group", "reference"]
_NUMBERS = ("estimate", "low", "high", "level", "n_stories")


def plot_estimates(
    estimates: pd.DataFrame,
    *,
    pairs: pd.DataFrame | None = None,
    most: int | None = None,
    preset: str = "page",
    ax: Axes | None = None,
) -> Axes:
    """Draw the paired differences between groups, each with its interval and its number of stories.

    Parameters
    ----------
    estimates : DataFrame
        Estimates table; differences are group - reference, in the unit of the measure.
    pairs : DataFrame, optional
        Pairs table; each story is drawn as a small dot in the row of its pair.
    most : int, optional
        Rows at most: the pairs of groups that share most stories, each with all its measures; how many pairs
        are left out stands below the axis. By default all.
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says.

    Returns
    -------
    Axes
        The axes drawn on. A full mark with a solid bar is tested; a hollow grey mark with a dashed bar is
        described only, and the note next to it says what its stories allow. Pairs without a shared story have
        nothing to draw and are counted below the axis.

    Raises
    ------
    TableError
        ``estimates`` or ``pairs`` is not the table it should be.

    Examples
    --------
    >>> row = {"measure": "compound", "group": "Herald", "reference": "Tribune", "estimate": -0.1,
    ...        "low": -0.2, "high": 0.0, "level": 0.95, "p": 0.05, "p_adjusted": 0.05, "effect_size": -0.8,
    ...        "n_stories": 8, "method": "t", "tier": "tested", "reason": None, "seed": 1}
    >>> plot_estimates(pd.DataFrame([row])).get_xlabel().splitlines()[0]
    'difference in compound (group − reference)'
    """
    tables.check(estimates, tables.ESTIMATES)
    if pairs is not None:
        tables.check(pairs, tables.PAIRS)
    every = _drawn_rows(estimates)
    rows = rows_shown(estimates, most)
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if rows.empty:
            return style.say_why_empty(ax, _why_empty(estimates), chart="plot_estimates", preset=preset)
        headings, names = _headings(rows), _row_labels(rows, width=style.letters(ax, 0.31))
        places, headers = _places(headings)
        lines = 2 if style.letters(ax) < _NARROW else 1
        decimals = _decimals(rows)
        ax.axvline(0, color=style.INK, linewidth=0.6, zorder=0)
        for y, row in zip(places, rows.to_dict("records"), strict=True):
            _draw_row(ax, y, row, decimals, lines=lines)
        if pairs is not None:
            _draw_stories(ax, rows, places, pairs)
        lettering.label_rows(ax, list(zip(places, names, strict=True)), headers)
        left_out = len(estimates) - len(every), _n_pairs(every) - _n_pairs(rows)
        _label_axes(ax, rows, with_stories=pairs is not None, left_out=left_out)
        tallest = max([lines, *(n.count("\n") + 1 for n in names)])
        roomy = len(rows) <= _MANY or tallest > 1
        row_mm = max(_ROW_MM if roomy else _DENSE_ROW_MM, 3.4 * tallest)
        body_mm = row_mm * (max(places) + 1.4)
        return style.settle(ax, body_mm=body_mm, chart="plot_estimates", preset=preset)


def _drawn_rows(estimates: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that have an estimate, as plain floats."""
    numbers = {c: pd.to_numeric(estimates[c], errors="coerce").astype("float64") for c in _NUMBERS}
    order = {m: i for i, m in enumerate(dict.fromkeys(estimates["measure"]))}
    rows = estimates.assign(**numbers, _order=estimates["measure"].map(order))
    rows = rows.sort_values(["_order", "group", "reference"]).drop(columns="_order")
    return rows[rows["estimate"].notna()].reset_index(drop=True)


def rows_shown(estimates: pd.DataFrame, most: int | None) -> pd.DataFrame:
    """Keep the rows that have an estimate, of the pairs of groups that share most stories.

    Parameters
    ----------
    estimates : DataFrame
        Estimates table.
    most : int or None
        How many rows at most: as many pairs as fit with all their measures; None keeps all.
    """
    rows = _drawn_rows(estimates)
    if most is None:
        return rows
    sizes = rows.groupby(_PAIR).agg(stories=("n_stories", "max"), rows=("estimate", "size")).reset_index()
    sizes = sizes.sort_values(["stories", *_PAIR], ascending=[False, True, True], kind="stable")
    fit = (sizes["rows"].cumsum() <= most).to_numpy(copy=True)
    fit[:1] = True
    kept = pd.MultiIndex.from_frame(sizes.loc[fit, _PAIR])
    return rows[pd.MultiIndex.from_frame(rows[_PAIR]).isin(kept)].reset_index(drop=True)


def _n_pairs(rows: pd.DataFrame) -> int:
    return len(rows[_PAIR].drop_duplicates())


def _why_empty(estimates: pd.DataFrame) -> str:
    if estimates.empty:
        return "No difference to show: no pair of groups was compared."
    n = lettering.count(len(estimates), "pair", "pairs")
    return f"No difference to show: {n} of groups compared, none with a story that both tell."


def _names_group_once(rows: pd.DataFrame) -> bool:
    """With many pairs to a measure, the group stands above its rows and not in each."""
    return int(rows["measure"].value_counts().max() or 0) > _MANY if len(rows) else False


def _headings(rows: pd.DataFrame) -> list[str]:
    """Name the measure above each block where there are several, and the group where it stands once."""
    measures, groups = lettering.labels(rows["measure"]), lettering.labels(rows["group"])
    above = [[measures[m]] if len(measures) > 1 else [] for m in rows["measure"]]
    if _names_group_once(rows):
        above = [[*a, lettering.isolated(groups[g])] for a, g in zip(above, rows["group"], strict=True)]
    return [": ".join(parts) for parts in above]


def _decimals(rows: pd.DataFrame) -> int:
    """Two decimals, or three where two would make a 0 of a number that is none."""
    size = pd.concat([rows[c] for c in ("estimate", "low", "high")]).abs()
    return 3 if (size.gt(0) & size.lt(0.005)).any() or size.max() < 0.1 else 2


def _places(headings: list[str]) -> tuple[list[float], list[tuple[float, str]]]:
    """Put each row on its line, with a header above each block of rows that share a heading."""
    places: list[float] = []
    headers: list[tuple[float, str]] = []
    y, last = -1.0, ""
    for heading in headings:
        if heading != last:
            y += 1.6 if headers else 1.0
            headers.append((y, heading))
            last = heading
        y += 1.0
        places.append(y)
    return places, headers


def _row_labels(rows: pd.DataFrame, *, width: int) -> list[str]:
    names = lettering.labels([*rows["group"], *rows["reference"]])
    once = _names_group_once(rows)
    out = []
    for group, reference in zip(rows["group"], rows["reference"], strict=True):
        less = f"− {lettering.isolated(names[reference])}"
        first = lettering.isolated(names[group])
        if once:
            out.append(lettering.wrapped(less, width))
        elif len(first) + len(less) < width:
            out.append(f"{first} {less}")
        else:
            out.append(f"{lettering.wrapped(first, width)}\n{lettering.wrapped(less, width)}")
    return out


def _draw_row(ax: Axes, y: float, row: dict[Hashable, Any], decimals: int, *, lines: int) -> None:
    tested = row["tier"] == _TESTED
    colour = style.INK if tested else style.MUTED
    estimate, low, high = row["estimate"], row["low"], row["high"]
    interval = ""
    if pd.notna(low) and pd.notna(high):
        ax.plot(
            [low, high],
            [y, y],
            color=colour,
            linewidth=1.4,
            linestyle="-" if tested else (0, (3, 2)),
            zorder=3,
        )
        interval = f" [{lettering.signed(low, decimals)}, {lettering.signed(high, decimals)}]"
    face = colour if tested else "white"
    ax.plot([estimate], [y], "o", markersize=4.6, color=colour, markerfacecolor=face, zorder=4)
    n = lettering.count(row["n_stories"], "story", "stories")
    between = " · " if lines == 1 else "\n"
    said = f"{lettering.signed(estimate, decimals)}{interval}{between}{n}"
    if not tested:
        said += f" · {_TIER_NOTES.get(row['tier'], row['tier'])}"
    lettering.note(ax, 1.02, y, said, colour=style.INK if tested else style.FAINT)


def _draw_stories(ax: Axes, rows: pd.DataFrame, places: list[float], pairs: pd.DataFrame) -> None:
    key = ["measure", "group", "reference"]
    where = rows[key].assign(y=places)
    dots = pairs.merge(where, on=key, how="inner").dropna(subset=["difference"])
    dots = dots.sort_values(["y", "story_id"])
    # Dots stand above the bar, apart by their story's name and not by chance: the same story, the same place.
    spread = [
        -0.17 - 0.24 * (crc32(story.encode("utf-8", "replace")) % 1000 / 999) for story in dots["story_id"]
    ]
    ax.scatter(
        dots["difference"],
        dots["y"] + spread,
        s=7,
        color=style.whiter("#56B4E9", 0.8),
        linewidths=0,
        zorder=2,
        gid="stories",
    )


def _label_axes(ax: Axes, rows: pd.DataFrame, *, with_stories: bool, left_out: tuple[int, int]) -> None:
    measures = lettering.labels(rows["measure"])
    what = next(iter(measures.values())) if len(measures) == 1 else "each measure, in its own unit"
    parts = ["mark: mean over stories"]
    if (rows["low"].notna() & rows["high"].notna()).any():
        parts.append(f"bar: {100 * rows['level'].max():g} % interval")
    if with_stories:
        parts.append("dot: one story")
    if rows["tier"].ne(_TESTED).any():
        parts.append("grey, hollow: described, not tested")
    unshared, further = left_out
    if further:
        parts.append(f"not drawn: {lettering.count(further, 'pair', 'pairs')} that share fewer stories")
    if unshared:
        parts.append(f"not drawn: {lettering.count(unshared, 'pair', 'pairs')} without a shared story")
    lettering.explain(ax, f"difference in {what} (group − reference)", parts)
    ax.margins(x=0.06)
    style.few_ticks(ax)
    ax.spines["left"].set_visible(False)
