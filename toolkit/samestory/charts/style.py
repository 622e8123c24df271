"""How every chart looks: sizes in millimetres, and a colour, a marker and a line style for each group.

The colours are those of Okabe and Ito, which readers with any common colour vision can tell apart, without
the yellow, which is too faint on white. They are handed out in the order of the names, never by stance or
party, and each is doubled by a marker and a line style, so that the chart also reads in grey.

Nothing here changes matplotlib's settings: charts are drawn inside :func:`style`. New figures are pyplot's,
so that a notebook shows them; :func:`detached` takes one out of pyplot's hands.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from functools import lru_cache

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.spines import Spine

from samestory.charts.presets import figure_preset
from samestory.errors import OptionError

__all__ = [
    "FAINT",
    "INK",
    "MUTED",
    "Axes",
    "Look",
    "axes_for",
    "detached",
    "families",
    "few_ticks",
    "letters",
    "looks",
    "own_figure",
    "say_why_empty",
    "settle",
    "small_size",
    "style",
    "text_size",
    "whiter",
]

INK, MUTED, FAINT = "#222222", "#767676", "#555555"

# Okabe, M., & Ito, K. (2008). Color universal design. https://jfly.uni-koeln.de/color/
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p", "h", "*")
_LINES = ("-", "--", "-.", ":")
_FONT = "DejaVu Sans"  # comes with matplotlib, so every machine draws the same
_GENERIC = frozenset({"sans-serif", "serif", "monospace", "cursive", "fantasy", "sans", "sans serif"})
# Fonts with the letters that DejaVu Sans lacks, by the systems they come with; those installed are used.
_FURTHER = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans",
    "Malgun Gothic",
    "Arial Unicode MS",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Tamil",
    "Nirmala UI",
    "FreeSans",
)
# Type size at which heights of rows are given, and how wide a letter is on average, in type sizes.
_HOUSE_PT, _LETTER_EM, _MM_PER_PT = 7.0, 0.55, 25.4 / 72
_OURS = "samestory"  # marks axes in a figure of our own until they are finished


@dataclass(frozen=True)
class Look:
    """How one group is drawn."""

    colour: str
    marker: str
    line: str


def looks(groups: Iterable[str]) -> dict[str, Look]:
    """Give each group a colour, a marker and a line style, in the order of the names.

    Examples
    --------
    >>> looks(["Tribune", "Herald"])["Herald"]
    Look(colour='#0072B2', marker='o', line='-')
    """
    return {
        name: Look(_COLOURS[i % len(_COLOURS)], _MARKERS[i % len(_MARKERS)], _LINES[i % len(_LINES)])
        for i, name in enumerate(sorted(set(groups)))
    }


def families() -> tuple[str, ...]:
    """Name the fonts in use, in the order in which a letter is looked for.

    Notes
    -----
    Inside :func:`style` the font of the preset comes first, then DejaVu Sans, then the font the caller chose
    in ``rcParams["font.family"]``, then whatever of a list of fonts with further scripts is installed. DejaVu
    Sans knows Latin, Greek, Cyrillic, Arabic, Hebrew and more, but not Chinese, Japanese or Korean. A letter
    that no font has is drawn as □, and the figure says so.
    """
    chosen = tuple(f for f in mpl.rcParams["font.family"] if f.lower() not in _GENERIC)
    first = () if _FONT in chosen else (_FONT,)  # inside style() it is among them, in its place
    known = _installed()
    return tuple(dict.fromkeys(f for f in (*first, *chosen, *_FURTHER) if f == _FONT or f in known))


@lru_cache(maxsize=1)
def _installed() -> frozenset[str]:
    return frozenset(font.name for font in fontManager.ttflist)


@lru_cache(maxsize=8)
def drawable(family: tuple[str, ...]) -> frozenset[int]:
    """Return the code points that at least one of the fonts can draw."""
    return frozenset(c for f in family for c in get_font(findfont(FontProperties(family=[f]))).get_charmap())


def style(preset: str = "page") -> AbstractContextManager[None]:
    """Return the context in which a chart is drawn; on leaving it, matplotlib is as it was."""
    look = figure_preset(preset)
    own = next((f for f in look.fonts if f in _installed()), _FONT)
    settings: Mapping[str, object] = {
        "font.family": list(dict.fromkeys([own, _FONT, *families()])),
        "font.size": look.text_pt,
        "axes.titlesize": look.text_pt,
        "axes.labelsize": look.text_pt,
        "axes.labelcolor": INK,
        "axes.edgecolor": INK,
        "axes.facecolor": "white",
        "axes.linewidth": 0.6,
        "axes.unicode_minus": True,
        "axes.grid": False,
        "figure.facecolor": "white",
        "figure.dpi": 150.0,
        "figure.titlesize": look.text_pt,
        "xtick.labelsize": look.small_pt,
        "ytick.labelsize": look.small_pt,
        "xtick.color": INK,
        "ytick.color": INK,
        "legend.fontsize": look.text_pt,
        "legend.frameon": False,
        "legend.framealpha": None,
        "text.color": INK,
        "text.usetex": False,
        "text.parse_math": False,
        "hatch.linewidth": 0.5,
        "hatch.color": "#b5b5b5",
    }
    # The first pyplot call loads the backend, and a notebook's backend switches settings on as it loads:
    # inside the context these would be undone on leaving, and no later figure would be shown.
    plt.draw_if_interactive()  # type: ignore[no-untyped-call]
    return mpl.rc_context(dict(settings))  # type: ignore[arg-type]


def text_size() -> float:
    """Return the size of names and axes, inside :func:`style`."""
    return float(mpl.rcParams["font.size"])


def small_size() -> float:
    """Return the size of numbers and notes, inside :func:`style`."""
    return float(mpl.rcParams["xtick.labelsize"])


def letters(ax: Axes, share: float = 1.0) -> int:
    """Count the letters that fit into a share of the width that the chart has on the page."""
    figure, spec = own_figure(ax), ax.get_subplotspec()
    columns = len(spec.colspan) / spec.get_gridspec().ncols if spec is not None else 1.0
    width_mm = float(figure.get_size_inches()[0]) * 25.4 * columns
    return max(8, int(share * width_mm / (_LETTER_EM * _MM_PER_PT * text_size())))


def own_figure(ax: Axes) -> Figure:
    """Return the whole figure that the axes stand in."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise OptionError("the axes to draw on belong to no figure", hint="make them with plt.subplots()")
    return figure


def whiter(colour: str, share: float) -> tuple[float, float, float]:
    """Mix a colour with white: what transparency looks like on paper, without transparency."""
    red, green, blue = to_rgb(colour)
    return (1 - share * (1 - red), 1 - share * (1 - green), 1 - share * (1 - blue))


def axes_for(ax: Axes | None, *, preset: str = "page") -> Axes:
    """Return the axes to draw on: the caller's, or those of a new figure as wide as the preset says."""
    if ax is None:
        look = figure_preset(preset)
        figure = plt.figure(figsize=(look.width_mm / 25.4, look.width_mm / 25.4), layout="constrained")
        ax = figure.add_subplot(gid=_OURS)
    ax.spines[["top", "right"]].set_visible(False)
    ax.title.set_parse_math(False)  # for the title that the caller may give
    # Ticks are made as the figure is drawn, when the settings of style() are gone.
    ax.tick_params(labelsize=small_size(), labelfontfamily=list(families()), pad=0.55 * small_size())
    return ax


def few_ticks(ax: Axes) -> None:
    """Keep the numbers of the horizontal axis apart, however narrow it is."""
    ax.locator_params(axis="x", nbins=max(4, min(9, letters(ax) // 15)))


def settle(ax: Axes, *, body_mm: float, chart: str, preset: str, **options: object) -> Axes:
    """Finish a chart: rows of their due height, every label on the page, and a note of how it was drawn.

    ``body_mm`` is the height of the axes without labels, at type of 7 pt. Only our own figure is resized.
    """
    figure = own_figure(ax)
    look = {**asdict(figure_preset(preset)), "font": families()[0]}
    # What save_figure writes into the note of the figure and checks the figure against.
    figure.samestory = {"chart": chart, "preset": look, "options": options}  # type: ignore[attr-defined]
    if ax.get_gid() != _OURS:
        return ax
    ax.set_gid(None)
    _scale_marks(figure, text_size() / _HOUSE_PT)
    wanted = body_mm * text_size() / _HOUSE_PT / 25.4
    for _ in range(2):  # the first pass also moves labels that depend on the size
        _lay_out(figure)
        width, height = figure.get_size_inches()
        figure.set_size_inches(width, max(height + wanted - ax.get_position().height * height, 0.5))
    _lay_out(figure)
    _keep_on_page(ax, figure)
    return ax


def _scale_marks(figure: Figure, factor: float) -> None:
    """Draw marks and lines in proportion to the type, as on a slide."""
    for artist in figure.findobj():
        if isinstance(artist, Line2D):
            artist.set_linewidth(factor * artist.get_linewidth())
            artist.set_markersize(factor * artist.get_markersize())
            artist.set_markeredgewidth(factor * artist.get_markeredgewidth())
        elif isinstance(artist, Collection):
            artist.set_linewidth([factor * float(w) for w in np.atleast_1d(artist.get_linewidth())])
            if isinstance(artist, PathCollection):
                artist.set_sizes(factor**2 * np.asarray(artist.get_sizes()))
        elif isinstance(artist, Spine):
            artist.set_linewidth(factor * artist.get_linewidth())
        elif isinstance(artist, Patch) and to_rgba(artist.get_edgecolor())[3] == 0:
            artist.set(edgecolor="white", linewidth=0)  # a clear edge counts as transparency in a PDF


def _lay_out(figure: Figure) -> None:
    """Put the axes in their places, without drawing what is in them."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)


def _keep_on_page(ax: Axes, figure: Figure) -> None:
    """Move an axis label that would leave the page."""
    ax.xaxis.get_tightbbox(figure.canvas.get_renderer())  # type: ignore[attr-defined]  # moves the label
    label, page, box = ax.xaxis.label, figure.bbox, ax.bbox
    said = label.get_window_extent()
    edge = 0.02 * page.width
    over = max(page.x0 + edge - said.x0, 0) or min(page.x1 - edge - said.x1, 0)
    if label.get_text() and over:
        label.set_x(label.get_position()[0] + over / box.width)


def detached(ax: Axes) -> Axes:
    """Take a chart out of pyplot's hands: it can be saved as before, but no notebook shows it unasked."""
    plt.close(ax.figure)  # type: ignore[arg-type]
    return ax


def say_why_empty(ax: Axes, why: str, *, chart: str, preset: str) -> Axes:
    """Turn axes without data into a sentence that says why they are empty."""
    ax.set_axis_off()
    said = "\n".join(textwrap.wrap(why, letters(ax, 0.9)))
    ax.text(0.5, 0.5, said, transform=ax.transAxes, ha="center", va="center", color=INK, parse_math=False)
    return settle(ax, body_mm=24.0, chart=chart, preset=preset)
