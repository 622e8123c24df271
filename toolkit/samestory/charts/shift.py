"""Which words carry a difference in tone: a word shift, bar by bar up to the whole difference."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style
from samestory.errors import OptionError

__all__ = ["plot_word_shift"]

_HEIGHT_MM, _MARGIN_MM = 4.4, 26.0


def plot_word_shift(shift: pd.DataFrame, *, top: int = 20, ax: Axes | None = None) -> Axes:
    """Draw the words that carry the difference in mean sentiment between two groups.

    Parameters
    ----------
    shift : DataFrame
        Word shift table of one pair of groups.
    top : int, default 20
        How many words, those with the largest contributions; what all others add is told at the foot.
    ax : Axes, optional
        Where to draw; by default a new figure, 180 mm wide.

    Returns
    -------
    Axes
        The axes drawn on. A bar to the right makes the group more positive than the reference, whether by
        positive words that it uses more or negative words that it uses less. Right of each row stand the uses
        in the group and in the reference.

    Raises
    ------
    TableError
        ``shift`` is not a word shift table.
    OptionError
        The table holds more than one pair.

    Examples
    --------
    >>> shift = pd.DataFrame({"group": "Herald", "reference": "Ledger", "word": ["brave"],
    ...     "contribution": [0.4], "by_frequency": [0.4], "by_context": [0.0], "rate_group": [1.0],
    ...     "rate_reference": [0.0], "score_group": [0.4], "score_reference": [float("nan")],
    ...     "n_group": [1], "n_reference": [0]})
    >>> [t.get_text() for t in plot_word_shift(shift).get_yticklabels()]
    ['brave']
    """
    tables.check(shift, tables.WORD_SHIFT)
    pairs = shift[["group", "reference"]].drop_duplicates()
    if len(pairs) > 1:
        raise OptionError(
            f"one pair of groups was needed, {len(pairs)} were found",
            hint="choose a pair with explain_sentiment(scores, group=..., reference=...)",
        )
    rows = shift.assign(_size=shift["contribution"].abs()).sort_values(
        ["_size", "word"], ascending=[False, True]
    )
    shown, rest = rows.head(top), rows.iloc[top:]
    with style.style():
        ax = style.axes_for(ax, height_mm=_MARGIN_MM + _HEIGHT_MM * max(len(shown) + 1, 4))
        if shift.empty:
            return style.say_why_empty(ax, "No word to show: no two groups have a scored word to compare.")
        _draw(ax, shown, rest)
        _label(ax, shift["group"].iloc[0], shift["reference"].iloc[0], float(shift["contribution"].sum()))
    return ax


def _draw(ax: Axes, shown: pd.DataFrame, rest: pd.DataFrame) -> None:
    frequency, context = "#0072B2", "#E69F00"
    texts = lettering.labels(shown["word"], longest=30)
    names = [texts[w] for w in shown["word"]]
    bars = list(zip(shown["by_frequency"], shown["by_context"], strict=True))
    notes = [
        f"{lettering.count(a, 'use', 'uses')} against {b}"
        for a, b in zip(shown["n_group"], shown["n_reference"], strict=True)
    ]
    if len(rest):
        names.append(lettering.count(len(rest), "other word", "other words"))
        bars.append((0.0, 0.0))  # as a bar it would dwarf all others
        together = float(rest["contribution"].sum())
        notes.append(f"together {lettering.signed(together, 3)}")
    places = range(len(bars))
    ax.axvline(0, color=style.INK, linewidth=0.6, zorder=1)
    for y, (often, beside) in zip(places, bars, strict=True):
        # Parts of one sign are stacked; parts of two signs stand on either side of 0.
        ax.barh(y, often, height=0.7, color=frequency, zorder=2)
        start = often if often * beside > 0 else 0.0
        ax.barh(y, beside, left=start, height=0.7, color=context, hatch="////", zorder=2)
        lettering.note(ax, 1.02, y, notes[y], colour="#555555")
    ax.set_yticks(list(places), names, parse_math=False)
    ax.set_ylim(len(bars) - 0.4, -0.6)


def _label(ax: Axes, group: str, reference: str, total: float) -> None:
    texts = lettering.labels([group, reference])
    one, two = (lettering.isolated(texts[g]) for g in (group, reference))
    ax.set_xlabel(
        f"part of the difference in mean compound, {one} - {two} = {lettering.signed(total, 3)} (all words)\n"
        "plain: how often the word stands; hatched: what stands beside it (negation, degree, other words)",
        parse_math=False,
    )
    ax.tick_params(axis="x", labelfontfamily=list(style.families()))
    ax.tick_params(axis="y", length=0)
    ax.margins(x=0.04)
    ax.spines["left"].set_visible(False)
