"""Which words carry a difference in tone: a word shift, bar by bar up to the whole difference."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style
from samestory.errors import OptionError

__all__ = ["plot_word_shift"]

_ROW_MM = 4.4


def plot_word_shift(
    shift: pd.DataFrame, *, top: int = 20, preset: str = "page", ax: Axes | None = None
) -> Axes:
    """Draw the words that carry the difference in mean sentiment between two groups.

    Parameters
    ----------
    shift : DataFrame
        Word shift table of one pair of groups.
    top : int, default 20
        How many words, those with the largest contributions; what all others add is told at the foot.
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says.

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
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if shift.empty:
            why = "No word to show: no two groups have a scored word to compare."
            return style.say_why_empty(ax, why, chart="plot_word_shift", preset=preset)
        n_rows = _draw(ax, shown, rest)
        _label(ax, shift["group"].iloc[0], shift["reference"].iloc[0], float(shift["contribution"].sum()))
        return style.settle(ax, body_mm=_ROW_MM * n_rows, chart="plot_word_shift", preset=preset, top=top)


def _draw(ax: Axes, shown: pd.DataFrame, rest: pd.DataFrame) -> int:
    frequency, context = "#0072B2", "#E69F00"
    texts = lettering.labels(shown["word"], longest=style.letters(ax, 0.25))
    names = [texts[w] for w in shown["word"]]
    bars = list(zip(shown["by_frequency"], shown["by_context"], strict=True))
    notes = [f"{a:,} : {b:,}" for a, b in zip(shown["n_group"], shown["n_reference"], strict=True)]
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
        ax.barh(
            y,
            beside,
            left=start,
            height=0.7,
            facecolor=context,
            edgecolor="white",
            linewidth=0,
            hatch="////",
            zorder=2,
        )
        lettering.note(ax, 1.02, y, notes[y], colour=style.FAINT)
    lettering.label_rows(ax, list(zip(map(float, places), names, strict=True)))
    return len(bars)


def _label(ax: Axes, group: str, reference: str, total: float) -> None:
    texts = lettering.labels([group, reference])
    one, two = (lettering.isolated(texts[g]) for g in (group, reference))
    what = (
        f"part of the difference in mean compound, {one} − {two} = {lettering.signed(total, 3)} (all words)"
    )
    notes = [
        "plain: how often the word stands",
        "hatched: what stands beside it (negation, degree, other words)",
        f"right: uses in {one} : in {two}",
    ]
    lettering.explain(ax, what, notes)
    ax.margins(x=0.04)
    style.few_ticks(ax)
    ax.spines["left"].set_visible(False)
