"""Two outlets, story by story: one line per story from the one to the other."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style
from samestory.errors import OptionError

__all__ = ["plot_slopes"]

_BODY_MM, _LABEL_MM = 72.0, 3.2


def plot_slopes(
    pairs: pd.DataFrame,
    *,
    estimates: pd.DataFrame | None = None,
    top: int = 5,
    preset: str = "page",
    ax: Axes | None = None,
) -> Axes:
    """Draw each story that two outlets share as a line from the mean of the one to the mean of the other.

    Parameters
    ----------
    pairs : DataFrame
        Pairs table of one measure and one pair of groups; a ``title`` column, where there is one, names the
        stories instead of their ids.
    estimates : DataFrame, optional
        Estimates table; the row of this pair is quoted below the axis.
    top : int, default 5
        How many stories are named and drawn dark: those with the largest differences.
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says.

    Returns
    -------
    Axes
        The axes drawn on: the group on the left, the reference on the right.

    Raises
    ------
    TableError
        ``pairs`` or ``estimates`` is not the table it should be.
    OptionError
        The pairs are of several measures or several pairs of groups.

    Examples
    --------
    >>> pairs = pd.DataFrame({"measure": "compound", "group": "Herald", "reference": "Ledger",
    ...     "story_id": ["s1"], "group_mean": [0.2], "reference_mean": [0.1], "difference": [0.1]})
    >>> [t.get_text() for t in plot_slopes(pairs).get_xticklabels()]
    ['Herald', 'Ledger']
    """
    tables.check(pairs, tables.PAIRS)
    if estimates is not None:
        tables.check(estimates, tables.ESTIMATES)
    kinds = pairs[["measure", "group", "reference"]].drop_duplicates()
    if len(kinds) > 1:
        raise OptionError(
            f"one measure and one pair of groups were needed, {len(kinds)} were found",
            hint="keep the rows of one measure, one group and one reference",
        )
    rows = pairs.dropna(subset=["difference"])
    rows = rows.assign(_size=rows["difference"].abs()).sort_values(
        ["_size", "story_id"], ascending=[False, True]
    )
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if rows.empty:
            why = "No story to show: the two outlets share none."
            return style.say_why_empty(ax, why, chart="plot_slopes", preset=preset)
        _draw_lines(ax, rows, top)
        _name_stories(ax, rows.head(top))
        _label(ax, rows, estimates, named=min(top, len(rows)))
        return style.settle(ax, body_mm=_BODY_MM, chart="plot_slopes", preset=preset, top=top)


def _draw_lines(ax: Axes, rows: pd.DataFrame, top: int) -> None:
    group, reference = rows["group"].iloc[0], rows["reference"].iloc[0]
    look = style.looks([group, reference])
    for i, (left, right) in reversed(
        list(enumerate(zip(rows["group_mean"], rows["reference_mean"], strict=True)))
    ):
        dark = i < top
        colour = style.INK if dark else style.whiter(style.INK, 0.35)
        order = 3 if dark else 2
        ax.plot([0, 1], [left, right], color=colour, linewidth=0.9 if dark else 0.6, zorder=order)
        for x, y, name in ((0, left, group), (1, right, reference)):
            ax.plot(
                [x],
                [y],
                linestyle="none",
                marker=look[name].marker,
                markersize=4.0,
                color=look[name].colour,
                markeredgecolor="white",
                markeredgewidth=0.3,
                zorder=4,
            )


def _name_stories(ax: Axes, rows: pd.DataFrame) -> None:
    """Name stories right of their lines, moved apart where they would overlap."""
    width = style.letters(ax, 0.34 if style.letters(ax) > 100 else 0.4)
    titled = "title" in rows.columns
    names = [
        t if titled and isinstance(t, str) else s
        for t, s in zip(rows["title"] if titled else rows["story_id"], rows["story_id"], strict=True)
    ]
    texts = lettering.labels(names, longest=width)
    said = sorted(
        (y, f"{texts[n]} ({lettering.signed(d)})")
        for y, n, d in zip(rows["reference_mean"], names, rows["difference"], strict=True)
    )
    low, high = ax.get_ylim()
    gap = (high - low) * _LABEL_MM / _BODY_MM
    places: list[float] = []
    for y, _ in said:
        places.append(max(y, places[-1] + gap) if places else y)
    over = max(places[-1] - high, 0.0)
    for (y, text), place in zip(said, places, strict=True):
        moved = max(place - over, low)
        ax.plot([1.02, 1.06], [y, moved], color=style.whiter(style.INK, 0.5), linewidth=0.4, clip_on=False)
        ax.text(1.07, moved, text, fontsize=style.small_size(), va="center", ha="left", parse_math=False)


def _label(ax: Axes, rows: pd.DataFrame, estimates: pd.DataFrame | None, *, named: int) -> None:
    measure, group, reference = (rows[c].iloc[0] for c in ("measure", "group", "reference"))
    texts = lettering.labels([group, reference])
    width = style.letters(ax, 0.22)
    ax.set_xticks(
        [0, 1],
        [lettering.wrapped(lettering.isolated(texts[g]), width) for g in (group, reference)],
        fontsize=style.text_size(),
        fontfamily=list(style.families()),
        parse_math=False,
    )
    ax.set_xlim(-0.12, 1.02)
    ax.set_ylabel(
        f"mean {next(iter(lettering.labels([measure]).values()))}",
        parse_math=False,
        fontsize=style.text_size(),
    )
    notes = [
        f"named: the {named} with the largest differences" if named > 1 else "named: the largest difference"
    ]
    notes += _estimate(rows, estimates)
    lettering.explain(ax, f"{lettering.count(len(rows), 'story', 'stories')}, one line each", notes)


def _estimate(rows: pd.DataFrame, estimates: pd.DataFrame | None) -> list[str]:
    if estimates is None:
        return []
    key = ["measure", "group", "reference"]
    mine = estimates.merge(rows[key].head(1), on=key).dropna(subset=["estimate"])
    if mine.empty:
        return []
    row = mine.iloc[0]
    interval = ""
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        ends = f"{lettering.signed(row['low'], 3)}, {lettering.signed(row['high'], 3)}"
        interval = f" [{ends}], {100 * row['level']:g} % interval"
    return [
        f"mean difference (left − right): {lettering.signed(row['estimate'], 3)}{interval}, {row['tier']}"
    ]
