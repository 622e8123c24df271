"""A table laid out, as HTML for a notebook and as text for a terminal; nothing in it is ever markup."""

from __future__ import annotations

import re
import shutil
import textwrap
import unicodedata
from dataclasses import dataclass
from html import escape
from itertools import zip_longest

__all__ = ["Shown", "ShownColumn"]

# Controls (a terminal would obey them), halves of characters, and the marks that turn the writing of all that
# follows round. Marks that only colour a single letter's direction stay: Arabic and Hebrew need them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_NARROWEST = 8
_LEFT = (
    "text-align:left;vertical-align:top;padding:2px 8px;white-space:normal;"
    "overflow-wrap:break-word;max-width:36em"
)
_RIGHT = (
    "text-align:right;vertical-align:top;padding:2px 8px;white-space:nowrap;font-variant-numeric:tabular-nums"
)


@dataclass(frozen=True)
class ShownColumn:
    """A column with its header and its cells as text."""

    header: str
    cells: tuple[str, ...]
    number: bool


@dataclass(frozen=True, repr=False)
class Shown:
    """A table to look at: Jupyter shows it as HTML, ``print`` as text."""

    caption: str
    columns: tuple[ShownColumn, ...]

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col" style="{_side(c)}">{_html(c.header)}</th>' for c in self.columns)
        rows = "".join(
            f"<tr>{''.join(_cell_html(c, i) for c in self.columns)}</tr>" for i in range(self._n_rows())
        )
        caption = f'<caption style="text-align:left;caption-side:top">{_html(self.caption)}</caption>'
        return (
            f'<table class="samestory">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        )

    def __str__(self) -> str:
        return self.text(width=shutil.get_terminal_size((120, 40)).columns)

    def __repr__(self) -> str:
        return str(self)

    def text(self, *, width: int = 120) -> str:
        """Lay the table out for a terminal of so many columns; long texts are wrapped."""
        widths = self._widths(width)
        lines = [
            _plain(self.caption),
            *_row([c.header for c in self.columns], self.columns, widths),
            "  ".join("-" * w for w in widths),
        ]
        for i in range(self._n_rows()):
            lines += _row([c.cells[i] for c in self.columns], self.columns, widths)
        return "\n".join(line.rstrip() for line in lines)

    def _n_rows(self) -> int:
        return len(self.columns[0].cells) if self.columns else 0

    def _widths(self, width: int) -> list[int]:
        """Give each column what it needs, and take from the widest until all fit."""
        widths = [
            max([_NARROWEST // 2, *(_width(_plain(t)) for t in (c.header, *c.cells))]) for c in self.columns
        ]
        room = max(width - 2 * (len(widths) - 1), _NARROWEST * len(widths))
        while sum(widths) > room and max(widths, default=0) > _NARROWEST:
            widest = widths.index(max(widths))
            widths[widest] -= 1
        return widths


def _side(column: ShownColumn) -> str:
    return _RIGHT.replace("nowrap", "normal") if column.number else _LEFT


def _cell_html(column: ShownColumn, i: int) -> str:
    return f'<td style="{_RIGHT if column.number else _LEFT}"><bdi>{_html(column.cells[i])}</bdi></td>'


def _html(text: str) -> str:
    return escape(_plain(text), quote=True)


def _plain(text: str) -> str:
    return " ".join(_UNSAFE.sub("", text).split())


def _row(texts: list[str], columns: tuple[ShownColumn, ...], widths: list[int]) -> list[str]:
    cells = [_wrapped(_plain(text), width) for text, width in zip(texts, widths, strict=True)]
    lines = []
    for parts in zip_longest(*cells, fillvalue=""):
        padded = [
            " " * (w - _width(p)) + p if c.number else p + " " * (w - _width(p))
            for p, c, w in zip(parts, columns, widths, strict=True)
        ]
        lines.append("  ".join(padded))
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    """Break a text into lines; letters of double width count double."""
    if _width(text) <= width:
        return [text]
    share = len(text) / max(_width(text), 1)
    lines = textwrap.wrap(text, max(int(width * share), 1), break_on_hyphens=False) or [""]
    if max(map(_width, lines)) <= width or width < 2:
        return lines
    return textwrap.wrap(text, max(width // 2, 1), break_on_hyphens=False)


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
