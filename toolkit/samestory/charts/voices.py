"""Tone in the outlet's own voice and in the voices it quotes, side by side."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style

__all__ = ["plot_voices"]

_ROW_MM = 9.0
_VOICES = {"own": -0.18, "quoted": 0.18}  # where a voice stands in the row of its outlet


def plot_voices(sentiment: pd.DataFrame, *, preset: str = "page", ax: Axes | None = None) -> Axes:
    """Draw the mean tone of each outlet's own sentences and of the speech it quotes.

    Parameters
    ----------
    sentiment : DataFrame
        Sentiment table (:func:`samestory.summarise_sentiment`) with rows by voice; the body is drawn.
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says.

    Returns
    -------
    Axes
        The axes drawn on: a full mark with a solid bar is the outlet's own voice, a hollow mark with a dashed
        bar quoted voice. A description: differences are compared story by story, in :func:`plot_estimates`.

    Raises
    ------
    TableError
        ``sentiment`` is not a sentiment table.

    Examples
    --------
    >>> table = pd.DataFrame({"group": "Herald", "part": "body", "voice": ["own", "quoted"],
    ...     "mean": [0.1, 0.0], "low": [0.0, -0.1], "high": [0.2, 0.1], "level": 0.95,
    ...     "positive": 0.3, "neutral": 0.4, "negative": 0.3, "intensity": 0.2, "coverage": 0.1,
    ...     "n_sentences": 20, "n_not_scored": 0, "n_articles": 5, "warnings": "few_articles",
    ...     "method": "bootstrap", "seed": 1})
    >>> [t.get_text() for t in plot_voices(table).get_yticklabels()]
    ['Herald']
    """
    tables.check(sentiment, tables.SENTIMENT)
    rows = sentiment[sentiment["part"].eq("body") & sentiment["voice"].isin(list(_VOICES))]
    rows = rows.dropna(subset=["mean"]).sort_values(["group", "voice"])
    groups = sorted(set(rows["group"]))
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if rows.empty:
            why = "No tone to show: no sentence has both a voice and a score."
            return style.say_why_empty(ax, why, chart="plot_voices", preset=preset)
        look = style.looks(sentiment["group"])
        width = style.letters(ax, 0.26)
        names = lettering.labels(groups, longest=2 * width - 8)
        brief = style.letters(ax) < 100
        ax.axvline(0, color=style.INK, linewidth=0.6, zorder=0)
        for row in rows.to_dict("records"):
            _draw_voice(ax, row, float(groups.index(row["group"])), look[row["group"]], brief=brief)
        lettering.label_rows(
            ax,
            [
                (float(i), lettering.wrapped(lettering.isolated(names[g]), width, lines=2))
                for i, g in enumerate(groups)
            ],
        )
        _label(ax, rows)
        return style.settle(ax, body_mm=_ROW_MM * (len(groups) + 0.4), chart="plot_voices", preset=preset)


def _draw_voice(ax: Axes, row: dict[Hashable, Any], y: float, look: style.Look, *, brief: bool) -> None:
    own = row["voice"] == "own"
    y += _VOICES[row["voice"]]
    said = lettering.signed(row["mean"])
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        line = "-" if own else (0, (3, 2))
        ax.plot([row["low"], row["high"]], [y, y], color=look.colour, linewidth=1.2, linestyle=line, zorder=2)
        said += f" [{lettering.signed(row['low'])}, {lettering.signed(row['high'])}]"
    face = look.colour if own else "white"
    ax.plot(
        [row["mean"]], [y], look.marker, markersize=4.6, color=look.colour, markerfacecolor=face, zorder=3
    )
    n = (
        f"{row['n_sentences']:,.0f}"
        if brief
        else lettering.count(row["n_sentences"], "sentence", "sentences")
    )
    m = f"{row['n_articles']:,.0f}" if brief else lettering.count(row["n_articles"], "article", "articles")
    lettering.note(ax, 1.02, y, f"{said} · {n} / {m}", colour=style.FAINT)


def _label(ax: Axes, rows: pd.DataFrame) -> None:
    handles = [
        Line2D([], [], color=style.INK, marker="o", markersize=4.6, linewidth=1.2, label="own voice"),
        Line2D(
            [],
            [],
            color=style.INK,
            marker="o",
            markersize=4.6,
            markerfacecolor="white",
            linewidth=1.2,
            linestyle=(0, (3, 2)),
            label="quoted voice",
        ),
    ]
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.3)
    notes = ["mark: mean over articles"]
    if rows["low"].notna().any():
        notes.append(f"bar: {100 * rows['level'].max():g} % interval over articles, a description")
    notes.append("right: mean [interval] · sentences / articles")
    lettering.explain(ax, "tone of sentences (compound, −1 to 1)", notes)
    ax.margins(x=0.06)
    style.few_ticks(ax)
    ax.spines["left"].set_visible(False)
