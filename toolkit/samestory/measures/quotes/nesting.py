"""Attributions inside what somebody else is said to have said."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.text import Span

__all__ = ["enclosing"]


def enclosing(content: Sequence[Sequence[Span]], extents: Sequence[Span]) -> list[int | None]:
    """Find for each attribution the innermost other one whose content holds all of it.

    Parameters
    ----------
    content : sequence of sequences of (int, int)
        The parts of each attribution's content.
    extents : sequence of (int, int)
        From its first to its last character, speaker and cue included.

    Returns
    -------
    list of int or None
        Numbers of attributions; None for one that stands in the outlet's own voice.

    Examples
    --------
    >>> enclosing([[(0, 30)], [(12, 20)]], [(0, 40), (5, 20)])
    [None, 0]
    """
    parts = sorted(((a, -b, n) for n, spans in enumerate(content) for a, b in spans))
    order = sorted(range(len(extents)), key=lambda n: (extents[n][0], -extents[n][1], n))
    out: list[int | None] = [None] * len(extents)
    open_parts: list[tuple[int, int]] = []  # end, number; the innermost last
    at = 0
    for n in order:
        start, end = extents[n]
        while at < len(parts) and parts[at][0] <= start:
            begin, minus_end, owner = parts[at]
            while open_parts and open_parts[-1][0] <= begin:
                open_parts.pop()
            open_parts.append((-minus_end, owner))
            at += 1
        while open_parts and open_parts[-1][0] <= start:
            open_parts.pop()
        holders = (owner for stop, owner in reversed(open_parts[-_DEEPEST:]) if stop >= end and owner != n)
        out[n] = next((owner for owner in holders if _larger(extents[owner], extents[n])), None)
    return out


_DEEPEST = 16  # open parts looked at; more is no prose


def _larger(one: Span, other: Span) -> bool:
    return one[1] - one[0] > other[1] - other[0]
