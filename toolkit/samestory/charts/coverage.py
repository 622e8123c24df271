"""Which outlet tells which story, and in how many words: a heat map with the gaps hatched."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from samestory import tables
from samestory.charts import labels as lettering
from samestory.charts import style

__all__ = ["plot_coverage"]

_MARGIN_MM, _ROW_MM, _DENSE_ROW_MM = 34.0, 6.0, 3.2
_DENSE = 30  # stories from which rows are drawn closer
_FEW_OUTLETS = 8  # up to which each cell has its number written in it
_BLUES = LinearSegmentedColormap.from_list("samestory", ["#e8f1f8", "#56B4E9", "#0072B2", "#00344f"])


def plot_coverage(coverage: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw stories against outlets: the words each outlet spends, and the stories it leaves out.

    Parameters
    ----------
    coverage : DataFrame
        Coverage table; a ``title`` column, where there is one, labels the stories instead of their ids.
    ax : Axes, optional
        Where to draw; by default a new figure, 180 mm wide.

    Returns
    -------
    Axes
        The axes drawn on: earliest story on top, stories without a date last, outlets in the order of
        their names; cells without an article are hatched.

    Raises
    ------
    TableError
        ``coverage`` is not a coverage table.

    Examples
    --------
    >>> coverage = pd.DataFrame({"story_id": ["s1", "s1"], "outlet": ["Herald", "Tribune"],
    ...     "n_articles": [1, 0], "words": [420, 0], "lag_hours": [0.0, None],
    ...     "first_published": [pd.Timestamp("2031-05-02", tz="UTC"), pd.NaT]})
    >>> [t.get_text() for t in plot_coverage(coverage).get_yticklabels()]
    ['s1']
    """
    tables.check(coverage, tables.COVERAGE)
    stories = _stories(coverage)
    outlets = sorted(set(coverage["outlet"]))
    row_mm = _ROW_MM if len(stories) <= _DENSE else _DENSE_ROW_MM
    with style.style():
        ax = style.axes_for(ax, height_mm=_MARGIN_MM + row_mm * max(len(stories), 1.5))
        if coverage.empty:
            return style.say_why_empty(ax, "No coverage to show: no article was aligned to a story.")
        told = coverage[coverage["n_articles"] > 0]
        words = told.pivot(index="story_id", columns="outlet", values="words").reindex(
            index=stories, columns=outlets
        )
        _draw_cells(ax, words.to_numpy(dtype=float), numbers=len(outlets) <= _FEW_OUTLETS)
        texts = lettering.labels(outlets, longest=30)
        turned = len(outlets) > 6
        ax.set_xticks(
            range(len(outlets)),
            [texts[o] if turned else lettering.wrapped(texts[o], 16) for o in outlets],
            rotation=40 if turned else 0,
            ha="left" if turned else "center",
            rotation_mode="anchor" if turned else "default",
            fontsize=style.TEXT_SIZE,
            fontfamily=list(style.families()),
            parse_math=False,
        )
        names = _story_labels(coverage, stories)
        lettering.label_rows(ax, [(float(i), names[s]) for i, s in enumerate(stories)])
        _finish(ax, gaps=bool(words.isna().any().any()), n_stories=len(stories))
    return ax


def _stories(coverage: pd.DataFrame) -> list[str]:
    first = coverage.groupby("story_id")["first_published"].min().reset_index()
    return first.sort_values(["first_published", "story_id"], na_position="last")["story_id"].tolist()


def _story_labels(coverage: pd.DataFrame, stories: list[str]) -> dict[str, str]:
    """Label stories by a headline where the table has one; equal headlines are numbered."""
    if "title" not in coverage.columns:
        return lettering.labels(stories, longest=48)
    titles = (
        coverage.dropna(subset=["title"])
        .sort_values(["story_id", "outlet"])
        .groupby("story_id")["title"]
        .first()
    )
    seen: dict[str, int] = {}
    out: dict[str, str] = {}
    for story in stories:
        name = str(titles.get(story, story))
        text = lettering.labels([name], longest=48)[name]
        seen[text] = seen.get(text, 0) + 1
        out[story] = text if seen[text] == 1 else f"{text} ({seen[text]})"
    return out


def _draw_cells(ax: Axes, words: np.ndarray, *, numbers: bool) -> None:
    most = float(np.nanmax(words)) if np.isfinite(words).any() else 1.0
    image = ax.imshow(words, cmap=_BLUES, vmin=0, vmax=most or 1.0, aspect="auto", interpolation="nearest")
    for i, j in np.ndindex(words.shape):
        if np.isnan(words[i, j]):
            ax.add_patch(
                Rectangle(
                    (j - 0.5, i - 0.5),
                    1,
                    1,
                    facecolor="white",
                    hatch="////",
                    edgecolor="#b5b5b5",
                    linewidth=0,
                )
            )
        elif numbers:
            colour = "white" if words[i, j] > 0.55 * most else style.INK
            ax.text(
                j, i, f"{words[i, j]:,.0f}", ha="center", va="center", color=colour, fontsize=style.NOTE_SIZE
            )
    ax.set_xticks(np.arange(words.shape[1] + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(words.shape[0] + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.2)
    bar = ax.figure.colorbar(image, ax=ax, fraction=0.03, pad=0.02)
    bar.set_label("words")
    bar.outline.set_visible(False)


def _finish(ax: Axes, *, gaps: bool, n_stories: int) -> None:
    ax.set_ylim(n_stories - 0.5, -0.5)
    ax.tick_params(which="both", length=0)
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)
    hatched = "; hatched: not told in this corpus" if gaps else ""
    order = ", earliest on top" if n_stories > 1 else ""
    said = f"words per outlet; {lettering.count(n_stories, 'story', 'stories')}{order}{hatched}"
    ax.set_xlabel(said, parse_math=False)
    ax.xaxis.set_label_position("bottom")
