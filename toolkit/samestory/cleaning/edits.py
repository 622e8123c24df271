"""Edits: what a step does to a text, so that every character can be led back to where it stood."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Edit", "Trace", "apply_edits"]


class Edit(NamedTuple):
    """``text[start:end]`` becomes ``new``."""

    start: int
    end: int
    new: str


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits that are in order and do not overlap.

    Examples
    --------
    >>> apply_edits("har-bour!", [Edit(3, 4, ""), Edit(8, 9, ".")])
    'harbour.'
    """
    if not edits:
        return text
    parts, last = [], 0
    for start, end, new in edits:
        parts += [text[last:start], new]
        last = end
    return "".join([*parts, text[last:]])


@dataclass(frozen=True)
class _Pass:
    """The edits of one step, with the places where they begin in the text before and after."""

    edits: tuple[Edit, ...]
    after: tuple[int, ...]

    def back(self, position: int, *, end: bool) -> int:
        """Lead a boundary back; inside a replacement, to the edge of what it replaced."""
        i = bisect_right(self.after, position - end) - 1
        if i < 0:
            return position
        edit, begin = self.edits[i], self.after[i]
        if position - end < begin + len(edit.new):
            return edit.end if end else edit.start
        return edit.end + position - begin - len(edit.new)


class Trace:
    """All steps that a text went through.

    Examples
    --------
    >>> raw = "Rain in the har-bour."
    >>> trace = Trace([[Edit(15, 16, "")]])
    >>> raw[slice(*trace.raw_span(12, 19))], raw[slice(*trace.raw_span(15, 16))]
    ('har-bour', 'b')
    """

    def __init__(self, steps: Sequence[Sequence[Edit]]) -> None:
        passes = []
        for edits in steps:
            after, shift = [], 0
            for start, end, new in edits:
                after.append(start + shift)
                shift += len(new) - (end - start)
            if edits:
                passes.append(_Pass(tuple(edits), tuple(after)))
        self._passes = tuple(reversed(passes))

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the raw text that ``[start, end)`` of the new text stands for."""
        for one in self._passes:
            if start == end:
                start = end = one.back(start, end=False)
            else:
                start, end = one.back(start, end=False), one.back(end, end=True)
        return start, end
