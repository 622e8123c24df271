"""Quotations over several paragraphs: an unclosed mark hands its speaker to the next paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from samestory.measures.quotes.model.state import Frame
from samestory.measures.quotes.model.tokens import Ints, Tokens

Range = tuple[int, int]


@dataclass
class Draft:
    """An attribution in token ranges."""

    source: list[Range]
    cue: Range
    content: list[Range]
    confidence: float


def continue_quotations(tokens: Tokens, frame: Frame, drafts: Sequence[Draft]) -> None:
    """Give quotations without a speaker to the draft whose unclosed quotation they continue, in place.

    Parameters
    ----------
    tokens : Tokens
    frame : Frame
    drafts : sequence of Draft
    """
    marks = tokens.marks
    owner = np.full(len(tokens), -1, np.int64)
    for d, draft in enumerate(drafts):
        for a, b in draft.content:
            owner[a:b] = d
    for k in _continued(tokens).tolist():
        speaker = _owner(owner, tokens, k)
        if speaker < 0 and k and frame.paragraph[marks.first[k - 1]] == frame.paragraph[marks.first[k]]:
            speaker = _owner(owner, tokens, k - 1)
            # The cue must stand between the two, as in: “One,” she said. “Two.
            if speaker >= 0 and marks.last[k - 1] < drafts[speaker].cue[0] < marks.first[k]:
                _give(owner, tokens, drafts, k, speaker)
            else:
                continue
        if speaker >= 0 and _owner(owner, tokens, k + 1) < 0:
            _give(owner, tokens, drafts, k + 1, speaker)


def _continued(tokens: Tokens) -> Ints:
    """Find the open quotations that end a paragraph where the next one of the text opens with a quotation."""
    marks = tokens.marks
    first = marks.first[1:]
    opens = tokens.paragraph[first] & ~tokens.head[first]
    return np.flatnonzero(~marks.closed[:-1] & (marks.last[:-1] + 1 == first) & opens)


def _owner(owner: Ints, tokens: Tokens, k: int) -> int:
    """Return the last draft that has a part of quotation k, or -1."""
    inside = owner[tokens.marks.first[k] : tokens.marks.last[k] + 1]
    held = inside[inside >= 0]
    return int(held[-1]) if len(held) else -1


def _give(owner: Ints, tokens: Tokens, drafts: Sequence[Draft], k: int, speaker: int) -> None:
    a, b = int(tokens.marks.first[k]), int(tokens.marks.last[k]) + 1
    owner[a:b] = speaker
    drafts[speaker].content.append((a, b))
