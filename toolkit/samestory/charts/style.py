"""How every chart looks: sizes in millimetres, and a colour, a marker and a line style for each group.

The colours are those of Okabe and Ito, which readers with any common colour vision can tell apart, without
the yellow, which is too faint on white. They are handed out in the order of the names, never by stance or
party, and each is doubled by a marker and a line style, so that the chart also reads in grey.

Nothing here changes matplotlib's settings: charts are drawn inside :func:`style`. New figures are pyplot's,
so that a notebook shows them; :func:`detached` takes one out of pyplot's hands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties, findfont, get_font

__all__ = [
    "INK",
    "MUTED",
    "NOTE_SIZE",
    "TEXT_SIZE",
    "WIDTH_MM",
    "Axes",
    "Look",
    "axes_for",
    "detached",
    "families",
    "looks",
    "say_why_empty",
    "style",
]

#: Width of a figure over two columns of a journal page.
WIDTH_MM = 180.0
#: Type sizes in points at print size; nothing is set smaller than ``NOTE_SIZE``.
TEXT_SIZE, NOTE_SIZE = 7.0, 6.0
INK, MUTED = "#222222", "#8a8a8a"

# Okabe, M., & Ito, K. (2008). Color universal design. https://jfly.uni-koeln.de/color/
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "p", "h", "*")
_LINES = ("-", "--", "-.", ":")
_FONT = "DejaVu Sans"  # comes with matplotlib, so every machine draws the same
_GENERIC = frozenset({"sans-serif", "serif", "monospace", "cursive", "fantasy", "sans", "sans serif"})


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
    """Name the fonts in use: DejaVu Sans, then the font the caller chose in ``rcParams["font.family"]``.

    Notes
    -----
    DejaVu Sans knows Latin, Greek, Cyrillic, Arabic, Hebrew and more, but not Chinese, Japanese or Korean.
    Whoever needs those names a font that has them, as in
    ``matplotlib.rcParams["font.family"] = "Noto Sans CJK SC"``.
    """
    chosen = [f for f in mpl.rcParams["font.family"] if f.lower() not in _GENERIC and f != _FONT]
    return (_FONT, *(f for f in chosen if _is_installed(f)))


def _is_installed(family: str) -> bool:
    try:
        findfont(FontProperties(family=[family]), fallback_to_default=False)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=8)
def drawable(family: tuple[str, ...]) -> frozenset[int]:
    """Return the code points that at least one of the fonts can draw."""
    return frozenset(c for f in family for c in get_font(findfont(FontProperties(family=[f]))).get_charmap())


def style() -> AbstractContextManager[None]:
    """Return the context in which a chart is drawn; on leaving it, matplotlib is as it was."""
    settings: Mapping[str, object] = {
        "font.family": list(families()),
        "font.size": TEXT_SIZE,
        "axes.titlesize": 8.0,
        "axes.labelsize": TEXT_SIZE,
        "axes.labelcolor": INK,
        "axes.edgecolor": INK,
        "axes.facecolor": "white",
        "axes.linewidth": 0.6,
        "axes.unicode_minus": True,
        "axes.grid": False,
        "figure.facecolor": "white",
        "figure.dpi": 150.0,
        "xtick.labelsize": TEXT_SIZE,
        "ytick.labelsize": TEXT_SIZE,
        "xtick.color": INK,
        "ytick.color": INK,
        "legend.fontsize": TEXT_SIZE,
        "legend.frameon": False,
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


def axes_for(ax: Axes | None, *, height_mm: float, width_mm: float = WIDTH_MM) -> Axes:
    """Return the axes to draw on: the caller's, or those of a new figure of the given size."""
    if ax is None:
        figure = plt.figure(figsize=(width_mm / 25.4, height_mm / 25.4), layout="constrained")
        ax = figure.add_subplot()
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def detached(ax: Axes) -> Axes:
    """Take a chart out of pyplot's hands: it can be saved as before, but no notebook shows it unasked."""
    plt.close(ax.figure)  # type: ignore[arg-type]
    return ax


def say_why_empty(ax: Axes, why: str) -> Axes:
    """Turn axes without data into a sentence that says why they are empty."""
    ax.set_axis_off()
    ax.text(
        0.5,
        0.5,
        why,
        transform=ax.transAxes,
        ha="center",
        va="center",
        color=INK,
        wrap=True,
        parse_math=False,
    )
    return ax
