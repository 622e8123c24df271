"""Tokens as the word pieces of an encoder: windows that it can hold, and labels back on the tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.chain import best_labels
from samestory.measures.quotes.model.labels import FORBIDDEN, SIZE, allowed
from samestory.measures.quotes.model.tokens import Bools, Ints
from samestory.measures.quotes.model.weights import Floats

__all__ = ["Window", "decoded", "windows"]


@dataclass(frozen=True)
class Window:
    """A stretch of tokens that an encoder reads at once.

    Attributes
    ----------
    first, stop : int
        Its first token and the one after its last.
    pieces : list of int
        Numbers of its word pieces, without special ones.
    heads : list of int
        For each token, the place of its first piece in `pieces`.
    """

    first: int
    stop: int
    pieces: list[int]
    heads: list[int]


def windows(pieces: Sequence[Sequence[int]], paragraph: Bools, sentence: Bools, longest: int) -> list[Window]:
    """Cut a text into windows: as many whole sentences as fit, ended at a paragraph where one is at hand.

    Parameters
    ----------
    pieces : sequence of sequence of int
        Word pieces of each token, at least one for each.
    paragraph, sentence : ndarray of bool, shape (n,)
        True on the first token of a paragraph, of a sentence.
    longest : int
        Word pieces that a window may hold. A sentence with more is cut between tokens, a token with more
        loses the rest.

    Returns
    -------
    list of Window
        In order; every token is in one of them.

    Examples
    --------
    >>> starts = np.array([True, False, True, False])
    >>> [(w.first, w.stop) for w in windows([[1], [2, 3], [4], [5]], starts, starts, 4)]
    [(0, 2), (2, 4)]
    """
    sizes = [min(len(p), longest) for p in pieces]
    before = np.concatenate([[0], np.cumsum(sizes)])
    out: list[Window] = []
    first, n = 0, len(pieces)
    while first < n:
        reach = int(np.searchsorted(before, before[first] + longest, side="right")) - 1
        stop = (
            n
            if reach >= n
            else _last(paragraph, first, reach, 2) or _last(sentence, first, reach, 1) or reach
        )
        held: list[int] = []
        heads: list[int] = []
        for k in range(first, stop):
            heads.append(len(held))
            held.extend(pieces[k][: sizes[k]])
        out.append(Window(first, stop, held, heads))
        first = stop
    return out


def _last(starts: Bools, first: int, reach: int, part: int) -> int:
    """Return the last start in (first, reach] that uses one ``part``-th of the room at least; 0 for none."""
    least = first + (reach - first) // part if part > 1 else first + 1
    found = np.flatnonzero(starts[least : reach + 1])
    return least + int(found[-1]) if len(found) and least + int(found[-1]) > first else 0


def decoded(logits: Floats, spans: NDArray[np.int64]) -> tuple[NDArray[np.int8], Floats]:
    """Labels and label probabilities from the scores of an encoder's head.

    Parameters
    ----------
    logits : ndarray of float32, shape (n, labels)
    spans : ndarray of int, shape (chains, 2)
        Stretches that are decoded by themselves.

    Returns
    -------
    labels : ndarray of int8, shape (n,)
        The best sequence in which no part goes on that has not begun.
    p : ndarray of float32, shape (n, labels)

    Examples
    --------
    >>> scores = np.zeros((2, SIZE), np.float32)
    >>> scores[:, 3] = 2  # both tokens would rather continue a source
    >>> decoded(scores, np.array([[0, 2]]))[0].tolist()
    [2, 3]
    """
    context: Ints = np.zeros(len(logits), np.int64)
    transition = np.where(allowed(), 0, FORBIDDEN).astype(np.float32)[None]
    score = logits - logits.max(1, keepdims=True)
    p = np.exp(score)
    p /= p.sum(1, keepdims=True)
    opened = np.log(np.maximum(p, 1e-9)).astype(np.float32)
    continued = np.arange(3, SIZE, 2)
    opened[np.ix_(spans[:, 0], continued)] = FORBIDDEN
    return best_labels(opened, context, transition, spans), p.astype(np.float32)
