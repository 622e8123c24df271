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

__all__ = ["plot_coverage", "told_by_most"]

_ROW_MM, _DENSE_ROW_MM = 6.0, 3.4
_DENSE = 30  # stories from which rows are drawn closer
#: From few words to many, ever darker.
COVERAGE_MAP = LinearSegmentedColormap.from_list("samestory", ["#e8f1f8", "#56B4E9", "#0072B2", "#00344f"])


def plot_coverage(
    coverage: pd.DataFrame,
    *,
    most: int | None = None,
    left_out: int = 0,
    preset: str = "page",
    ax: Axes | None = None,
) -> Axes:
    """Draw stories against outlets: the words each outlet spends, and the stories it leaves out.

    Parameters
    ----------
    coverage : DataFrame
        Coverage table; a ``title`` column, where there is one, labels the stories instead of their ids.
    most : int, optional
        Stories at most: those that most outlets tell; how many are left out stands below. By default all.
    left_out : int, default 0
        Stories that ``coverage`` already lacks, because fewer outlets tell them; they are counted too.
    preset : str, default "page"
        Where it will be printed, such as "nature-column"; see :func:`samestory.figure_presets`.
    ax : Axes, optional
        Where to draw; by default a new figure as wide as the preset says.

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
    every = coverage["story_id"].nunique()
    coverage = coverage if most is None else told_by_most(coverage, most)
    stories = _stories(coverage)
    outlets = sorted(set(coverage["outlet"]))
    with style.style(preset):
        ax = style.axes_for(ax, preset=preset)
        if coverage.empty:
            why = "No coverage to show: no article was aligned to a story."
            return style.say_why_empty(ax, why, chart="plot_coverage", preset=preset)
        told = coverage[coverage["n_articles"] > 0]
        words = told.pivot(index="story_id", columns="outlet", values="words").reindex(
            index=stories, columns=outlets
        )
        _draw_cells(ax, words.to_numpy(dtype=float), numbers=len(outlets) <= _cells_with_numbers(ax))
        _name_outlets(ax, outlets)
        width, lines = style.letters(ax, 0.36), 2 if len(stories) <= _DENSE else 1
        names = _story_labels(coverage, stories, longest=lines * width - 4 * (lines - 1))
        lettering.label_rows(
            ax, [(float(i), lettering.wrapped(names[s], width, lines=2)) for i, s in enumerate(stories)]
        )
        _finish(
            ax,
            gaps=bool(words.isna().any().any()),
            n_stories=len(stories),
            left_out=left_out + every - len(stories),
        )
        row_mm = _ROW_MM if len(stories) <= _DENSE else _DENSE_ROW_MM
        return style.settle(ax, body_mm=row_mm * len(stories), chart="plot_coverage", preset=preset)


def _cells_with_numbers(ax: Axes) -> int:
    """Count the columns that are still wide enough for a number of words."""
    return style.letters(ax, 0.5) // 8


def _name_outlets(ax: Axes, outlets: list[str]) -> None:
    width = max(6, style.letters(ax, 0.55) // len(outlets))
    turned = width < 12
    texts = lettering.labels(outlets, longest=style.letters(ax, 0.22) if turned else 3 * width)
    ax.set_xticks(
        range(len(outlets)),
        [texts[o] if turned else lettering.wrapped(texts[o], width) for o in outlets],
        rotation=55 if turned else 0,
        ha="left" if turned else "center",
        rotation_mode="anchor" if turned else "default",
        fontsize=style.text_size(),
        fontfamily=list(style.families()),
        parse_math=False,
    )


def told_by_most(coverage: pd.DataFrame, most: int) -> pd.DataFrame:
    """Keep the stories that most outlets tell, and of equals those with most articles.

    Examples
    --------
    >>> coverage = pd.DataFrame({"story_id": ["s1", "s1", "s2", "s2"], "n_articles": [1, 0, 1, 2]})
    >>> told_by_most(coverage, 1)["story_id"].unique().tolist()
    ['s2']
    """
    told = coverage.assign(outlets=coverage["n_articles"] > 0).groupby("story_id")
    sizes = told.agg(outlets=("outlets", "sum"), articles=("n_articles", "sum")).reset_index()
    sizes = sizes.sort_values(["outlets", "articles", "story_id"], ascending=[False, False, True])
    return coverage[coverage["story_id"].isin(sizes["story_id"].head(most))]


def _stories(coverage: pd.DataFrame) -> list[str]:
    first = coverage.groupby("story_id")["first_published"].min().reset_index()
    return first.sort_values(["first_published", "story_id"], na_position="last")["story_id"].tolist()


def _story_labels(coverage: pd.DataFrame, stories: list[str], *, longest: int) -> dict[str, str]:
    """Label stories by a headline where the table has one; equal headlines are numbered."""
    if "title" not in coverage.columns:
        return lettering.labels(stories, longest=longest)
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
        text = lettering.labels([name], longest=longest)[name]
        seen[text] = seen.get(text, 0) + 1
        out[story] = text if seen[text] == 1 else f"{text} ({seen[text]})"
    return out


def _draw_cells(ax: Axes, words: np.ndarray, *, numbers: bool) -> None:
    most = float(np.nanmax(words)) if np.isfinite(words).any() else 1.0
    image = ax.imshow(
        words, cmap=COVERAGE_MAP, vmin=0, vmax=most or 1.0, aspect="auto", interpolation="nearest"
    )
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
                j,
                i,
                f"{words[i, j]:,.0f}",
                ha="center",
                va="center",
                color=colour,
                fontsize=style.small_size(),
            )
    ax.set_xticks(np.arange(words.shape[1] + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(words.shape[0] + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="white", linewidth=1.2)
    if not numbers:
        bar = ax.figure.colorbar(image, ax=ax, fraction=0.03, pad=0.02)
        bar.set_label("words", fontsize=style.text_size())
        bar.ax.tick_params(labelsize=style.small_size(), labelfontfamily=list(style.families()))
        bar.outline.set_visible(False)


def _finish(ax: Axes, *, gaps: bool, n_stories: int, left_out: int) -> None:
    ax.set_ylim(n_stories - 0.5, -0.5)
    ax.tick_params(which="both", length=0)
    ax.xaxis.tick_top()
    ax.spines[:].set_visible(False)
    order = ", earliest on top" if n_stories > 1 else ""
    what = f"words per outlet; {lettering.count(n_stories, 'story', 'stories')}{order}"
    notes = ["hatched: not told in this corpus"] if gaps else []
    if left_out:
        notes.append(f"not drawn: {lettering.count(left_out, 'story', 'stories')} that fewer outlets tell")
    lettering.explain(ax, what, notes)
    ax.xaxis.set_label_position("bottom")
