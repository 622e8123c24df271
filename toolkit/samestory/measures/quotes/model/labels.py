"""The labels of the chain and the segments they spell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.tokens import Ints

# S1: source whose cue follows, S2: precedes. C1: cue after its content, C2: before it. X1: content whose cue
# follows in the sentence, X2: precedes, X3: stands in another sentence. "Ob": outside, between parts of an
# attribution.
PARTS = ("S1", "S2", "C1", "C2", "X1", "X2", "X3")
LABELS = ("O", "Ob", *(f"{edge}-{part}" for part in PARTS for edge in "BI"))
SIZE = len(LABELS)
CUE_BEGINS = (LABELS.index("B-C1"), LABELS.index("B-C2"))
FORBIDDEN = -30.0


def begin(part: str) -> int:
    """Return the number of the label that begins a part; the next number continues it."""
    return 2 + 2 * PARTS.index(part)


def allowed() -> NDArray[np.bool_]:
    """Which label may follow which, shape (before, after)."""
    out = np.ones((SIZE, SIZE), bool)
    for label in range(3, SIZE, 2):
        out[:, label] = False
        out[[label - 1, label], label] = True
    return out


@dataclass(frozen=True)
class Segments:
    """Labelled stretches of tokens in order.

    Attributes
    ----------
    first, stop : ndarray of int
        First token and the one after the last.
    part : ndarray of int
        Index into `PARTS`.
    """

    first: Ints
    stop: Ints
    part: Ints


def segments(labels: Ints, head: NDArray[np.bool_] | None = None) -> Segments:
    """Read the segments off a label sequence.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
    head : ndarray of bool, shape (n,), optional
        True on the first token of a text, where a segment of the text before cannot go on.

    Examples
    --------
    >>> segments(np.array([0, 2, 3, 0, 6])).stop.tolist()
    [3, 5]
    """
    y = labels.astype(np.int64)
    first = np.flatnonzero((y > 1) & (y % 2 == 0))
    inner = (y > 1) & (y % 2 == 1)
    if head is not None:
        inner &= ~head
    stops = np.append(np.flatnonzero(~inner), len(y))
    stop = stops[np.searchsorted(stops, first, side="right")]
    return Segments(first, stop, (y[first] - 2) // 2)
