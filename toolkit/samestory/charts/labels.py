"""Names and numbers as they stand in a chart: short, drawable, distinct, never read as markup."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.text import Text

from samestory.charts.style import INK, drawable, families, letters, own_figure, small_size, text_size

__all__ = [
    "count",
    "explain",
    "isolated",
    "label_rows",
    "labels",
    "legend_above",
    "note",
    "percent",
    "signed",
    "wrapped",
]

_MISSING = "□"  # what a font shows for a letter it lacks
_LEFT_TO_RIGHT = "\u200e"


def labels(names: Iterable[str], *, longest: int = 44) -> dict[str, str]:
    r"""Make each name a label: no control characters, no letter the font lacks, at most ``longest`` letters.

    Names that would look the same afterwards are numbered, so that two groups never share a label.

    Examples
    --------
    >>> labels(["Her\u202eald", "A rather long name of a newspaper"], longest=16)
    {'A rather long name of a newspaper': 'A rather long n…', 'Her\u202eald': 'Herald'}
    """
    out: dict[str, str] = {}
    used: dict[str, int] = {}
    for name in sorted(set(names)):
        label = _shortened(_drawn(name), longest)
        used[label] = used.get(label, 0) + 1
        out[name] = label if used[label] == 1 else f"{label} ({used[label]})"
    return out


def _drawn(name: str) -> str:
    """Leave out control and format characters (the marks that turn writing round among them)."""
    known = drawable(families())
    blank = " ".join(name.split())
    seen = "".join(c for c in blank if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return "".join(c if ord(c) in known else _MISSING for c in seen).strip() or "(no name)"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def isolated(label: str) -> str:
    """Keep a label written from right to left from turning the text around it.

    Examples
    --------
    >>> isolated("Herald")
    'Herald'
    """
    turned = any(unicodedata.bidirectional(c) in {"R", "AL"} for c in label)
    return (
        f"{_LEFT_TO_RIGHT}{label}{_LEFT_TO_RIGHT}"
        if turned and ord(_LEFT_TO_RIGHT) in drawable(families())
        else label
    )


def wrapped(label: str, width: int, *, lines: int | None = None) -> str:
    """Break a label into lines of at most ``width`` letters, and leave out what is beyond so many lines.

    Examples
    --------
    >>> print(wrapped("Morning Post of the Valley", 14))
    Morning Post
    of the Valley
    """
    return (
        "\n".join(textwrap.wrap(label, width, break_on_hyphens=False, max_lines=lines, placeholder="…"))
        or label
    )


def percent(share: float, _place: object = None) -> str:
    """Write a share of one as a percentage, for the ticks of an axis.

    Examples
    --------
    >>> percent(0.05), percent(0.125)
    ('5 %', '12.5 %')
    """
    return f"{round(100 * share, 6):g} %"


def signed(value: float, decimals: int = 2) -> str:
    """Write a difference with its sign and a true minus.

    Examples
    --------
    >>> signed(-0.125), signed(0.0), signed(-0.0001)
    ('−0.12', '0.00', '0.00')
    """
    text = f"{value:+.{decimals}f}"
    return text[1:] if float(text) == 0 else text.replace("-", "−")


def count(n: float, one: str, many: str) -> str:
    """Write a count with its unit.

    Examples
    --------
    >>> count(1, "story", "stories"), count(1200, "story", "stories")
    ('1 story', '1,200 stories')
    """
    return f"{int(n):,} {one if n == 1 else many}"


def label_rows(
    ax: Axes, rows: Sequence[tuple[float, str]], headers: Sequence[tuple[float, str]] = ()
) -> None:
    """Write the rows' labels left of the axes, and headers in bold; row 0 is on top."""
    everything = [*rows, *headers]
    places = [y for y, _ in everything]
    ax.set_yticks(places, [t for _, t in everything], parse_math=False, fontfamily=list(families()))
    for tick, text in zip(ax.yaxis.get_major_ticks(), ax.get_yticklabels(), strict=False):
        tick.tick1line.set_visible(False)
        text.set_color(INK)
        text.set_fontsize(text_size())
        text.set_fontweight("bold" if tick.get_loc() in {y for y, _ in headers} else "normal")
    ax.set_ylim(max(places) + 0.7, min(places) - 0.7)


def explain(ax: Axes, what: str, notes: Sequence[str]) -> None:
    """Write below the axes what they measure, and below that how the chart is read."""
    width = letters(ax, 0.95)
    said = list(notes)
    if any(_MISSING in t.get_text() for t in own_figure(ax).findobj(Text)):
        said.append(f"{_MISSING}:\u00a0a letter that no font on this machine has")
    lines = [wrapped(what, width), *([wrapped("; ".join(said), width)] if said else [])]
    ax.set_xlabel("\n".join(lines), parse_math=False, fontsize=text_size(), fontfamily=list(families()))


def legend_above(ax: Axes, *, row_letters: int = 6) -> None:
    """Put the legend above the axes, in as many columns as fit; ``row_letters`` is the width of a mark."""
    handles, names = ax.get_legend_handles_labels()
    longest = max((len(n) for n in names), default=1)
    columns = max(1, min(len(names), 4, letters(ax, 0.75) // (longest + row_letters)))
    legend = ax.legend(
        handles,
        names,
        loc="lower left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=columns,
        handletextpad=0.4,
        borderaxespad=0.3,
        columnspacing=1.2,
    )
    for text in legend.get_texts():
        text.set_parse_math(False)


def note(ax: Axes, x: float, y: float, text: str, *, colour: str = INK, bold: bool = False) -> None:
    """Write a note right of the axes: ``x`` in widths of the axes, ``y`` in rows."""
    ax.text(
        x,
        y,
        text,
        transform=ax.get_yaxis_transform(),
        fontsize=small_size(),
        fontweight="bold" if bold else "normal",
        color=colour,
        va="center",
        ha="left",
        linespacing=1.05,
        parse_math=False,
    )
