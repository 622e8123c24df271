"""Emphasis: how much of its articles each outlet gives to each topic."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style

__all__ = ["plot_topics"]

_ROW_MM = 6.0


def plot_topics(groups: pd.DataFrame, *, preset: str = "page", ax: Axes | None = None) -> Axes:
    """Draw the mean share of sentences that each outlet gives to each topic.

    Parameters
    ----------
    groups : DataFrame
        Groups table (:func:`samestory.describe_groups`) with one measure per topic, each a share from 0 to 1.
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says.

    Returns
    -------
    Axes
        The axes drawn on: one row per topic, the largest share on top; one mark per outlet, and a line from
        the least to the most. A description: :func:`plot_estimates` compares outlets story by story.

    Raises
    ------
    TableError
        ``groups`` is not a groups table.

    Examples
    --------
    >>> groups = pd.DataFrame({"measure": ["emphasis, trade", "emphasis, war"], "group": "Herald",
    ...     "mean": [0.1, 0.3], "sd": [0.1, 0.1], "n_articles": 9, "n_stories": 9})
    >>> [t.get_text() for t in plot_topics(groups).get_yticklabels()]
    ['war', 'trade']
    """
    tables.check(groups, tables.GROUPS)
    rows = groups.dropna(subset=["mean"])
    outlets = sorted(set(groups["group"]))
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if rows.empty:
            why = "No topic to show: no sentence was looked through for topics."
            return style.say_why_empty(ax, why, chart="plot_topics", preset=preset)
        most = rows.groupby("measure")["mean"].max().reset_index().sort_values(["mean", "measure"])
        topics = most["measure"].tolist()[::-1]
        place = {t: float(i) for i, t in enumerate(topics)}
        _draw(ax, rows, place, outlets)
        _name_topics(ax, place)
        lettering.legend_above(ax)
        _label(ax, rows)
        row_mm = _ROW_MM + 0.5 * max(len(outlets) - 4, 0)
        return style.settle(ax, body_mm=row_mm * (len(topics) + 0.4), chart="plot_topics", preset=preset)


def _draw(ax: Axes, rows: pd.DataFrame, place: dict[str, float], outlets: list[str]) -> None:
    look = style.looks(outlets)
    names = lettering.labels(outlets, longest=style.letters(ax, 0.3))
    n = rows.groupby("group")["n_articles"].max()
    for topic, mine in rows.groupby("measure"):
        ends = [mine["mean"].min(), mine["mean"].max()]
        ax.plot(ends, [place[str(topic)]] * 2, color="#d5d5d5", linewidth=1.0, zorder=1)
    step = min(0.1, 0.5 / max(len(outlets) - 1, 1))
    for i, outlet in enumerate(outlets):
        mine = rows[rows["group"] == outlet].sort_values("measure")
        shift = (i - (len(outlets) - 1) / 2) * step  # equal shares stay apart, in the order of the legend
        ax.scatter(
            mine["mean"],
            [place[m] + shift for m in mine["measure"]],
            s=18,
            color=look[outlet].colour,
            marker=look[outlet].marker,
            linewidths=0.3,
            edgecolors="white",
            label=f"{lettering.isolated(names[outlet])} (n = {int(n.get(outlet, 0)):,})",
            zorder=3,
        )


def _name_topics(ax: Axes, place: dict[str, float]) -> None:
    """Name the topics, without what all their names begin with."""
    heads = {m.split(", ", 1)[0] for m in place if ", " in m}
    common = f"{heads.pop()}, " if len(heads) == 1 and all(", " in m for m in place) else ""
    width = style.letters(ax, 0.28)
    names = lettering.labels([m.removeprefix(common) for m in place], longest=2 * width - 8)
    lettering.label_rows(
        ax, [(y, lettering.wrapped(names[m.removeprefix(common)], width, lines=2)) for m, y in place.items()]
    )


def _label(ax: Axes, rows: pd.DataFrame) -> None:
    notes = ["mark: mean over the outlet’s articles (n)", "a sentence may be on several topics or none"]
    lettering.explain(ax, "share of sentences on the topic", notes)
    most = float(rows["mean"].max()) or 1.0
    ax.xaxis.set_major_formatter(FuncFormatter(lettering.percent))
    ax.set_xlim(left=-0.02 * most, right=1.06 * most)
    style.few_ticks(ax)
    ax.spines["left"].set_visible(False)
