"""Who is heard: the speakers quoted most, and the share of each outlet's attributions they have."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style

__all__ = ["plot_speakers", "speakers_shown"]

_ROW_MM = 6.5
_TOP = 10


def plot_speakers(
    speakers: pd.DataFrame, *, top: int = _TOP, preset: str = "page", ax: Axes | None = None
) -> Axes:
    """Draw the share of attributions that the most quoted speakers have in each outlet.

    Parameters
    ----------
    speakers : DataFrame
        Speakers table; ``share`` is a share of the group's attributions with a speaker, 0 to 1, and ``low``
        to ``high`` its interval, drawn where the table has one.
    top : int, default 10
        How many speakers, those with the most attributions over all groups first.
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says.

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
    shown, n_speakers = speakers_shown(speakers, top=top), speakers["speaker"].nunique()
    groups = sorted(set(speakers["outlet"]))
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if not shown:
            return style.say_why_empty(ax, _why_empty(speakers), chart="plot_speakers", preset=preset)
        width = style.letters(ax, 0.25)
        texts = lettering.labels(shown, longest=2 * width - 8)
        place = {name: float(i) for i, name in enumerate(shown)}
        legend = _legend_labels(speakers, groups, longest=style.letters(ax, 0.3))
        _draw_marks(ax, speakers[speakers["speaker"].isin(shown)], place, groups, legend)
        lettering.label_rows(
            ax, [(y, lettering.wrapped(texts[name], width, lines=2)) for name, y in place.items()]
        )
        lettering.legend_above(ax)
        _label_axes(ax, speakers, hidden=n_speakers - len(shown))
        row_mm = _ROW_MM + 0.75 * max(len(groups) - 3, 0)
        body_mm = row_mm * (len(shown) + 0.4)
        return style.settle(ax, body_mm=body_mm, chart="plot_speakers", preset=preset, top=top)


def speakers_shown(speakers: pd.DataFrame, *, top: int = _TOP) -> list[str]:
    """Name the speakers with the most attributions over all groups.

    Examples
    --------
    >>> speakers = pd.DataFrame({"speaker": ["Orla Finch", "Ida Moss", None], "n_quotes": [2, 5, 9]})
    >>> speakers_shown(speakers, top=1)
    ['Ida Moss']
    """
    ranked = speakers.dropna(subset=["speaker"]).groupby("speaker")["n_quotes"].sum().reset_index()
    ordered = ranked.sort_values(["n_quotes", "speaker"], ascending=[False, True])
    return [str(name) for name in ordered["speaker"].head(top)]


def _why_empty(speakers: pd.DataFrame) -> str:
    if speakers.empty:
        return "No speaker to show: no quotation was found."
    n = lettering.count(speakers["n_quotes"].sum(), "attribution", "attributions")
    return f"No speaker to show: no speaker is named for the {n} found."


def _legend_labels(speakers: pd.DataFrame, groups: list[str], *, longest: int) -> dict[str, str]:
    texts = lettering.labels(groups, longest=longest)
    heard = speakers.dropna(subset=["speaker"]).groupby("outlet")["n_quotes"].sum()
    return {g: f"{lettering.isolated(texts[g])} (n = {int(heard.get(g, 0)):,})" for g in groups}


def _draw_marks(
    ax: Axes, rows: pd.DataFrame, place: dict[str, float], groups: list[str], texts: dict[str, str]
) -> None:
    for y in place.values():
        ax.axhline(y, color="#e4e4e4", linewidth=0.6, zorder=0)
    look = style.looks(groups)
    # Marks of one row stand apart, in the order of the legend.
    step = min(0.2, 0.76 / max(len(groups) - 1, 1))
    for i, group in enumerate(groups):
        mine = rows[rows["outlet"] == group].sort_values("speaker")
        shift = (i - (len(groups) - 1) / 2) * step
        heights = [place[s] + shift for s in mine["speaker"]]
        if _has_interval(rows):
            faint = style.whiter(look[group].colour, 0.6)
            ax.hlines(heights, mine["low"], mine["high"], color=faint, linewidth=0.8, zorder=2)
        ax.scatter(
            mine["share"],
            heights,
            s=14,
            color=look[group].colour,
            marker=look[group].marker,
            linewidths=0.3,
            edgecolors="white",
            label=texts[group],
            zorder=3,
        )


def _has_interval(speakers: pd.DataFrame) -> bool:
    return {"low", "high"} <= set(speakers.columns) and bool(speakers["low"].notna().any())


def _label_axes(ax: Axes, speakers: pd.DataFrame, *, hidden: int) -> None:
    unnamed = speakers.loc[speakers["speaker"].isna(), "n_quotes"].sum()
    left_out = []
    if hidden:
        left_out.append(lettering.count(hidden, "more speaker", "more speakers"))
    if unnamed:
        left_out.append(f"{lettering.count(unnamed, 'attribution', 'attributions')} without a named speaker")
    notes = [
        *(
            ["bar: 95 % interval (Wilson), as if attributions were independent"]
            if _has_interval(speakers)
            else []
        ),
        "no mark: not heard there",
        *([f"not shown: {', '.join(left_out)}"] if left_out else []),
    ]
    lettering.explain(ax, "share of the outlet’s attributions with a named speaker (n)", notes)
    most = float(speakers["high" if _has_interval(speakers) else "share"].max()) or 1.0
    ax.xaxis.set_major_formatter(FuncFormatter(lettering.percent))
    ax.set_xlim(left=0, right=1.04 * most)
    style.few_ticks(ax)
    ax.spines["left"].set_visible(False)
