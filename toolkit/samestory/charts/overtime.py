"""One measure over time: a small panel for each outlet, with the others faint behind it."""

from __future__ import annotations

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.axes import Axes

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style
from samestory.errors import OptionError

__all__ = ["plot_over_time"]

_PANEL_MM, _GAP_MM = 24.0, 8.0
_GAP_X = 0.04  # between panels, in widths of the chart


def plot_over_time(over_time: pd.DataFrame, *, preset: str = "page", ax: Axes | None = None) -> Axes:
    """Draw one measure over time, outlet by outlet, in small panels with the same axes.

    Parameters
    ----------
    over_time : DataFrame
        Over-time table of one measure (:func:`samestory.describe_over_time`).
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says. The panels stand inside it.

    Returns
    -------
    Axes
        The axes drawn on; ``child_axes`` are the panels. A period without an article is a gap in the line.

    Raises
    ------
    TableError
        ``over_time`` is not an over-time table.
    OptionError
        The table holds several measures.

    Examples
    --------
    >>> table = pd.DataFrame({"measure": "compound", "group": "Herald", "mean": [0.1, 0.2],
    ...     "start": pd.to_datetime(["2031-03-03", "2031-03-10"], utc=True), "low": None, "high": None,
    ...     "level": 0.95, "n_articles": [2, 1], "n_stories": [2, 1]})
    >>> len(plot_over_time(table).child_axes)
    1
    """
    tables.check(over_time, tables.OVER_TIME)
    measures = over_time["measure"].unique()
    if len(measures) > 1:
        raise OptionError(
            f"one measure was needed, {len(measures)} were found", hint="filter the table by one"
        )
    rows = over_time.sort_values(["group", "start"])
    groups = sorted(set(rows["group"]))
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if rows["mean"].notna().sum() == 0:
            why = "No value to show over time: no article has both a date and a value."
            return style.say_why_empty(ax, why, chart="plot_over_time", preset=preset)
        columns = max(1, min(4, len(groups), style.letters(ax) // 30))
        lines = -(-len(groups) // columns)
        body_mm = lines * _PANEL_MM + (lines - 1) * _GAP_MM
        _panels(ax, rows, groups, columns=columns, body_mm=body_mm)
        _label(ax, rows)
        return style.settle(ax, body_mm=body_mm, chart="plot_over_time", preset=preset)


def _panels(ax: Axes, rows: pd.DataFrame, groups: list[str], *, columns: int, body_mm: float) -> None:
    width = (1 - _GAP_X * (columns - 1)) / columns
    names = lettering.labels(groups, longest=style.letters(ax, 0.8 * width))
    look = style.looks(groups)
    ends = pd.concat([rows[c].astype("float64") for c in ("mean", "low", "high")])
    room = 0.06 * (ends.max() - ends.min() or 1.0)
    edge = (rows["start"].max() - rows["start"].min()) * 0.04 or pd.Timedelta(days=1)
    limits = rows["start"].min() - edge, rows["start"].max() + edge
    ticks, dates = _ticks(*limits, shown=_format(rows["start"]))
    # Panels of numbers: matplotlib would read the dates anew for every line.
    rows = rows.assign(start=mdates.date2num(rows["start"]))  # type: ignore[no-untyped-call]
    for i, group in enumerate(groups):
        line, column = divmod(i, columns)
        bottom = 1 - (line * (_PANEL_MM + _GAP_MM) + _PANEL_MM) / body_mm
        panel = ax.inset_axes((column * (width + _GAP_X), bottom, width, _PANEL_MM / body_mm))
        _draw(panel, rows, group, groups, look[group])
        panel.set_title(
            lettering.isolated(names[group]),
            loc="left",
            pad=2.0,
            fontsize=style.text_size(),
            parse_math=False,
        )
        panel.set_xticks(ticks, dates)
        panel.set_xlim(*mdates.date2num(limits))  # type: ignore[no-untyped-call]
        panel.set_ylim(ends.min() - room, ends.max() + room)
        panel.spines[["top", "right"]].set_visible(False)
        panel.tick_params(labelsize=style.small_size(), labelfontfamily=list(style.families()))
        panel.tick_params(labelleft=column == 0, labelbottom=i + columns >= len(groups))


def _ticks(first: pd.Timestamp, last: pd.Timestamp, *, shown: str) -> tuple[list[float], list[str]]:
    """Choose the dates named below a panel, once: matplotlib would do so each time it looks at one."""
    locator = mdates.AutoDateLocator(minticks=2, maxticks=4)  # type: ignore[no-untyped-call]
    places = [float(place) for place in locator.tick_values(first, last)]  # type: ignore[no-untyped-call]
    return places, mdates.DateFormatter(shown).format_ticks(places)  # type: ignore[no-untyped-call]


def _format(when: pd.Series[pd.Timestamp]) -> str:
    days = (when.max() - when.min()).days
    return "%Y" if days > 3 * 365 else "%Y-%m" if days > 180 else "%d %b"


def _draw(panel: Axes, rows: pd.DataFrame, group: str, groups: list[str], look: style.Look) -> None:
    for other in groups:
        if other != group:
            theirs = rows[rows["group"] == other]
            panel.plot(theirs["start"], theirs["mean"], color="#d0d0d0", linewidth=0.6, zorder=1)
    mine = rows[rows["group"] == group]
    ranged = mine.dropna(subset=["low", "high"])
    panel.vlines(
        ranged["start"],
        ranged["low"],
        ranged["high"],
        color=style.whiter(look.colour, 0.6),
        linewidth=0.8,
        zorder=2,
    )
    panel.plot(
        mine["start"],
        mine["mean"],
        color=look.colour,
        linestyle=look.line,
        marker=look.marker,
        markersize=3.2,
        linewidth=1.0,
        zorder=3,
    )


def _label(ax: Axes, rows: pd.DataFrame) -> None:
    ax.spines[:].set_visible(False)
    ax.set_xticks([])
    ax.set_yticks([])
    name = next(iter(lettering.labels(rows["measure"]).values()))
    ax.set_ylabel(
        f"mean {name}", labelpad=4.5 * style.small_size(), fontsize=style.text_size(), parse_math=False
    )
    n = lettering.count(rows["n_articles"].sum(), "article", "articles")
    notes = [*(["grey: the other outlets"] if len(ax.child_axes) > 1 else []), "gap: no article"]
    if rows["low"].notna().any():
        notes.insert(0, f"bar: {100 * rows['level'].max():g} % interval over articles, a description")
    lettering.explain(ax, f"date of publication; mean over articles, {n}", notes)
    ax.xaxis.labelpad = 2.7 * style.small_size()
