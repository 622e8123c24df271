"""What each outlet dwells on: the words it uses more than the others, with their intervals."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style

__all__ = ["plot_terms"]

_HEIGHT_MM, _MARGIN_MM = 3.9, 20.0


def plot_terms(terms: pd.DataFrame, *, top: int = 12, ax: Axes | None = None) -> Axes:
    """Draw the most distinctive terms of each outlet, in rows grouped by outlet.

    Parameters
    ----------
    terms : DataFrame
        Terms table; ``log_odds`` against all other groups, ``low`` to ``high`` its interval.
    top : int, default 12
        How many terms per outlet, those with the highest ``z`` first; only terms that the outlet uses
        more than the others (``log_odds`` above 0).
    ax : Axes, optional
        Where to draw; by default a new figure, 180 mm wide.

    Returns
    -------
    Axes
        The axes drawn on. Right of each row stand the uses of the term and the articles that hold it.

    Raises
    ------
    TableError
        ``terms`` is not a terms table.

    Examples
    --------
    >>> terms = pd.DataFrame({"outlet": ["Herald"], "term": ["harbour"], "count": [9], "rate": [2.1],
    ...                       "log_odds": [1.2], "z": [3.0], "low": [0.4], "high": [2.0], "n_articles": [3]})
    >>> [t.get_text() for t in plot_terms(terms).get_yticklabels()]
    ['harbour', 'Herald']
    """
    tables.check(terms, tables.TERMS, need=["outlet"])
    rows = (
        terms[terms["log_odds"] > 0]
        .sort_values(["outlet", "z", "term"], ascending=[True, False, True])
        .groupby("outlet")
        .head(top)
    )
    groups = sorted(set(rows["outlet"]))
    with style.style():
        ax = style.axes_for(ax, height_mm=_MARGIN_MM + _HEIGHT_MM * max(len(rows) + 1.6 * len(groups), 4))
        if rows.empty:
            return style.say_why_empty(ax, _why_empty(terms))
        look, texts = (
            style.looks(terms["outlet"]),
            {g: lettering.isolated(t) for g, t in lettering.labels(groups).items()},
        )
        words = lettering.labels(rows["term"], longest=30)
        ax.axvline(0, color=style.INK, linewidth=0.6, zorder=0)
        places: list[tuple[float, str]] = []
        headers: list[tuple[float, str]] = []
        y = 0.0
        for group in groups:
            headers.append((y, texts[group]))
            mine = rows[rows["outlet"] == group]
            spots = [y + 1 + i for i in range(len(mine))]
            _draw_group(ax, mine, spots, look[group])
            places.extend(zip(spots, [words[t] for t in mine["term"]], strict=True))
            y += len(mine) + 1.6
        lettering.label_rows(ax, places, headers)
        _label_axes(ax)
    return ax


def _why_empty(terms: pd.DataFrame) -> str:
    if terms.empty:
        return "No term to show: fewer than two outlets have words to compare, or every term is too rare."
    return "No term to show: no outlet uses a term more than the others do."


def _draw_group(ax: Axes, rows: pd.DataFrame, places: list[float], look: style.Look) -> None:
    ax.hlines(places, rows["low"], rows["high"], color=look.colour, linewidth=1.0, alpha=0.7, zorder=2)
    ax.plot(
        rows["log_odds"],
        places,
        linestyle="none",
        marker=look.marker,
        markersize=3.6,
        color=look.colour,
        zorder=3,
    )
    for y, uses, articles in zip(places, rows["count"], rows["n_articles"], strict=True):
        said = f"{lettering.count(uses, 'use', 'uses')} in {lettering.count(articles, 'article', 'articles')}"
        lettering.note(ax, 1.02, y, said, colour="#555555")


def _label_axes(ax: Axes) -> None:
    ax.set_xlabel(
        "log-odds against the other outlets (0: used as much as there), sorted by z\n"
        "mark: estimate; bar: ± 1.96 standard errors over words, a description and not a test",
        parse_math=False,
    )
    ax.tick_params(axis="x", labelfontfamily=list(style.families()))
    ax.margins(x=0.04)
    ax.spines["left"].set_visible(False)
