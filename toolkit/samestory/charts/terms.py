"""What each outlet dwells on: the words it uses more than the others, with their intervals."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style

__all__ = ["plot_terms"]

_ROW_MM = 3.9


def plot_terms(terms: pd.DataFrame, *, top: int = 12, preset: str = "page", ax: Axes | None = None) -> Axes:
    """Draw the most distinctive terms of each outlet, in rows grouped by outlet.

    Parameters
    ----------
    terms : DataFrame
        Terms table; ``log_odds`` against all other groups, ``low`` to ``high`` its interval.
    top : int, default 12
        How many terms per outlet, those with the highest ``z`` first; only terms that the outlet uses
        more than the others (``log_odds`` above 0).
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says.

    Returns
    -------
    Axes
        The axes drawn on. Two outlets diverge: the terms of the second stand left of 0. Right of each row
        stand the rank of the term with its interval, where the table has one, the uses of the term and the
        articles that hold it.

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
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if rows.empty:
            return style.say_why_empty(ax, _why_empty(terms), chart="plot_terms", preset=preset)
        look = style.looks(terms["outlet"])
        names = lettering.labels(groups, longest=style.letters(ax, 0.4))
        words = lettering.labels(rows["term"], longest=style.letters(ax, 0.28))
        ax.axvline(0, color=style.INK, linewidth=0.6, zorder=0)
        pair = sorted(set(terms["outlet"]))
        diverging = len(pair) == 2
        places: list[tuple[float, str]] = []
        headers: list[tuple[float, str]] = []
        y = 0.0
        for group in groups:
            headers.append((y, lettering.isolated(names[group])))
            mine = rows[rows["outlet"] == group]
            spots = [y + 1 + i for i in range(len(mine))]
            _draw_group(ax, mine, spots, look[group], side=-1.0 if diverging and group == pair[1] else 1.0)
            places.extend(zip(spots, [words[t] for t in mine["term"]], strict=True))
            y += len(mine) + 1.6
        lettering.label_rows(ax, places, headers)
        against = lettering.labels(pair) if diverging else {}
        _label_axes(ax, ranked=_has_ranks(rows), pair=[lettering.isolated(against[g]) for g in against])
        return style.settle(ax, body_mm=_ROW_MM * (y + 0.4), chart="plot_terms", preset=preset, top=top)


def _has_ranks(rows: pd.DataFrame) -> bool:
    return {"rank", "rank_low", "rank_high"} <= set(rows.columns) and bool(rows["rank_low"].notna().any())


def _why_empty(terms: pd.DataFrame) -> str:
    if terms.empty:
        return "No term to show: fewer than two outlets have words to compare, or every term is too rare."
    return "No term to show: no outlet uses a term more than the others do."


def _draw_group(ax: Axes, rows: pd.DataFrame, places: list[float], look: style.Look, *, side: float) -> None:
    ax.hlines(
        places,
        side * rows["low"],
        side * rows["high"],
        color=style.whiter(look.colour, 0.75),
        linewidth=1.0,
        zorder=2,
    )
    ax.plot(
        side * rows["log_odds"],
        places,
        linestyle="none",
        marker=look.marker,
        markersize=3.6,
        color=look.colour,
        zorder=3,
    )
    ranked = _has_ranks(rows)
    brief = style.letters(ax) < 100
    for y, row in zip(places, rows.to_dict("records"), strict=True):
        uses = lettering.count(row["count"], "use", "uses")
        said = f"{uses} / {lettering.count(row['n_articles'], 'article', 'articles')}"
        if brief:
            said = f"{row['count']:,.0f} / {row['n_articles']:,.0f}"
        if ranked and pd.notna(row["rank_low"]):
            said = f"{row['rank']:.0f} [{row['rank_low']:.0f}–{row['rank_high']:.0f}] · {said}"
        lettering.note(ax, 1.02, y, said, colour=style.FAINT)


def _label_axes(ax: Axes, *, ranked: bool, pair: list[str]) -> None:
    notes = ["mark: estimate", "bar: ± 1.96 standard errors over words, a description and not a test"]
    if ranked:
        notes.append(
            "right: rank by z [its interval when stories are drawn anew] · uses / articles with the term"
        )
    else:
        notes.append("right: uses / articles with the term")
    what = "log-odds against the other outlets (0: used as much as there), sorted by z"
    if pair:
        what = f"log-odds of {pair[0]} (right) against {pair[1]} (left), sorted by z"
    lettering.explain(ax, what, notes)
    ax.margins(x=0.04)
    style.few_ticks(ax)
    ax.spines["left"].set_visible(False)
