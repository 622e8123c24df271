"""Who is heard: the speakers quoted most, and the share of each outlet's attributions they have."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style

__all__ = ["plot_speakers"]

_HEIGHT_MM, _MARGIN_MM = 6.5, 24.0


def plot_speakers(speakers: pd.DataFrame, *, top: int = 10, ax: Axes | None = None) -> Axes:
    """Draw the share of attributions that the most quoted speakers have in each outlet.

    Parameters
    ----------
    speakers : DataFrame
        Speakers table; ``share`` is a share of the group's attributions with a speaker, 0 to 1.
    top : int, default 10
        How many speakers, those with the most attributions over all groups first.
    ax : Axes, optional
        Where to draw; by default a new figure, 180 mm wide.

    Returns
    -------
    Axes
        The axes drawn on: one row per speaker, one mark per group that lets the speaker be heard.

    Raises
    ------
    TableError
        ``speakers`` is not a speakers table.

    Examples
    --------
    >>> speakers = pd.DataFrame({"outlet": ["Herald"], "speaker": ["Mayor Orla Finch"], "n_quotes": [4],
    ...                          "quoted_words": [60], "share": [1.0], "n_articles": [2]})
    >>> [t.get_text() for t in plot_speakers(speakers).get_yticklabels()]
    ['Mayor Orla Finch']
    """
    tables.check(speakers, tables.SPEAKERS, need=["outlet"])
    named = speakers.dropna(subset=["speaker"])
    ranked = named.groupby("speaker")["n_quotes"].sum().reset_index()
    shown = ranked.sort_values(["n_quotes", "speaker"], ascending=[False, True])["speaker"].tolist()[:top]
    groups = sorted(set(speakers["outlet"]))
    legend = _legend_labels(speakers, groups)
    columns = max(1, min(4, int(132 / (9 + 1.3 * max(map(len, legend.values()), default=1)))))
    row_mm = _HEIGHT_MM + 0.35 * max(len(groups) - 3, 0)
    height_mm = _MARGIN_MM + row_mm * max(len(shown), 2) + 3.6 * -(-len(groups) // columns)
    with style.style():
        ax = style.axes_for(ax, height_mm=height_mm)
        if not shown:
            return style.say_why_empty(ax, _why_empty(speakers))
        texts = lettering.labels(shown, longest=56)
        place = {name: float(i) for i, name in enumerate(shown)}
        _draw_marks(ax, named[named["speaker"].isin(shown)], place, groups, legend)
        lettering.label_rows(ax, [(y, lettering.wrapped(texts[name], 32)) for name, y in place.items()])
        _label_axes(ax, speakers, hidden=len(ranked) - len(shown), columns=columns)
    return ax


def _why_empty(speakers: pd.DataFrame) -> str:
    if speakers.empty:
        return "No speaker to show: no quotation was found."
    n = lettering.count(speakers["n_quotes"].sum(), "attribution", "attributions")
    return f"No speaker to show: no speaker is named for the {n} found."


def _legend_labels(speakers: pd.DataFrame, groups: list[str]) -> dict[str, str]:
    texts = lettering.labels(groups, longest=30)
    heard = speakers.dropna(subset=["speaker"]).groupby("outlet")["n_quotes"].sum()
    return {g: f"{lettering.isolated(texts[g])} (n = {int(heard.get(g, 0)):,})" for g in groups}


def _draw_marks(
    ax: Axes, rows: pd.DataFrame, place: dict[str, float], groups: list[str], texts: dict[str, str]
) -> None:
    for y in place.values():
        ax.axhline(y, color="#e4e4e4", linewidth=0.6, zorder=0)
    look = style.looks(groups)
    step = min(
        0.16, 0.62 / max(len(groups) - 1, 1)
    )  # marks of one row stand apart, in the order of the legend
    for i, group in enumerate(groups):
        mine = rows[rows["outlet"] == group].sort_values("speaker")
        shift = (i - (len(groups) - 1) / 2) * step
        heights = [place[s] + shift for s in mine["speaker"]]
        ax.scatter(
            mine["share"],
            heights,
            s=20,
            color=look[group].colour,
            marker=look[group].marker,
            linewidths=0.3,
            edgecolors="white",
            label=texts[group],
            zorder=3,
        )


def _label_axes(ax: Axes, speakers: pd.DataFrame, *, hidden: int, columns: int) -> None:
    unnamed = speakers.loc[speakers["speaker"].isna(), "n_quotes"].sum()
    left_out = []
    if hidden:
        left_out.append(lettering.count(hidden, "more speaker", "more speakers"))
    if unnamed:
        left_out.append(f"{lettering.count(unnamed, 'attribution', 'attributions')} without a named speaker")
    notes = ["no mark: not heard there", *([f"not shown: {', '.join(left_out)}"] if left_out else [])]
    ax.set_xlabel(
        "share of the outlet’s attributions with a named speaker (n)\n"
        + lettering.wrapped("; ".join(notes), 100),
        parse_math=False,
    )
    most = float(speakers["share"].max()) or 1.0
    ax.xaxis.set_major_formatter(PercentFormatter(xmax=1, decimals=0 if most > 0.05 else 1, symbol=" %"))
    ax.tick_params(axis="x", labelfontfamily=list(style.families()))
    ax.set_xlim(left=0, right=1.06 * most)
    ax.spines["left"].set_visible(False)
    legend = ax.legend(
        loc="lower left", bbox_to_anchor=(0.0, 1.0), ncols=columns, handletextpad=0.2, borderaxespad=0.3
    )
    for text in legend.get_texts():
        text.set_parse_math(False)
