"""Linear-chain decoding, many chains at a time: best labels and label probabilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.labels import SIZE
from samestory.measures.quotes.model.tokens import Bools, Ints

Floats = NDArray[np.float32]
LONGEST = 400
USUAL = 250


def chains(paragraph: Bools, sentence: Bools) -> NDArray[np.int64]:
    """Cut a text into chains: paragraphs, long ones at sentences, endless ones anywhere.

    Returns
    -------
    ndarray of int, shape (chains, 2)
        First token of each and the one after its last.
    """
    n = len(paragraph)
    cuts = [0]
    for i in [*np.flatnonzero(paragraph | sentence).tolist(), n]:
        while i - cuts[-1] > LONGEST:
            cuts.append(cuts[-1] + LONGEST)
        if i < n and i > cuts[-1] and (paragraph[i] or i - cuts[-1] > USUAL):
            cuts.append(i)
    return np.array([cuts, [*cuts[1:], n]], np.int64).T


def _ordered(spans: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Chain starts by falling length and how many chains reach each step."""
    length = spans[:, 1] - spans[:, 0]
    order = np.argsort(-length, kind="stable")
    length = length[order]
    reach = np.searchsorted(-length, -np.arange(length[0]), side="left")
    return spans[order, 0], reach


def best_labels(
    emission: Floats, context: Ints, transition: Floats, spans: NDArray[np.int64]
) -> NDArray[np.int8]:
    """Viterbi labels of all chains at once.

    Parameters
    ----------
    emission : ndarray of float32, shape (n, labels)
    context : ndarray of int, shape (n,)
        Transition table on the way into each token.
    transition : ndarray of float32, shape (contexts, labels, labels)
    spans : ndarray of int, shape (chains, 2)

    Returns
    -------
    ndarray of int8, shape (n,)
    """
    starts, reach = _ordered(spans)
    values = np.empty((len(emission), SIZE), np.float32)  # of the best way to each label
    values[starts] = emission[starts]
    value = np.ascontiguousarray(emission[starts].T)
    # The chains are the last axis, so that each step works on long rows: (before, after, chain).
    table = np.ascontiguousarray(transition.transpose(1, 2, 0).reshape(SIZE * SIZE, -1))
    for t in range(1, len(reach)):
        a = reach[t]
        at = starts[:a] + t
        score = table.take(context[at], axis=1).reshape(SIZE, SIZE, a)
        score += value[:, None, :a]
        half = SIZE
        while half > 1:
            half //= 2
            np.maximum(score[:half], score[half : 2 * half], out=score[:half])
        value = score[0] + emission[at].T
        values[at] = value.T
    return _followed_back(values, context, transition, starts, reach)


def _followed_back(
    values: Floats, context: Ints, transition: Floats, starts: Ints, reach: Ints
) -> NDArray[np.int8]:
    """Labels of the best ways, read from their ends."""
    into = np.ascontiguousarray(transition.transpose(0, 2, 1)).reshape(
        -1, SIZE
    )  # (context and label, before)
    out = np.zeros(len(values), np.int8)
    label = np.zeros(len(starts), np.int64)
    running = 0
    for t in range(len(reach) - 1, -1, -1):
        a = reach[t]
        at = starts[:a] + t
        if a > running:  # chains that end here
            label[running:a] = values[at[running:]].argmax(1)
            running = a
        out[at] = label[:a]
        if t:
            before = values[at - 1] + into.take(context[at] * SIZE + label[:a], axis=0)
            label[:a] = before.argmax(1)
    return out


def probabilities(emission: Floats, context: Ints, transition: Floats, spans: NDArray[np.int64]) -> Floats:
    """Probability of every label at every token, by the forward-backward algorithm.

    Parameters and shapes as in `best_labels`.

    Returns
    -------
    ndarray of float32, shape (n, labels)
    """
    starts, reach = _ordered(spans)
    weight = np.exp(emission - emission.max(1, keepdims=True))
    table = np.exp(transition)
    forward = np.empty_like(weight)
    alpha = weight[starts] / weight[starts].sum(1, keepdims=True)
    forward[starts] = alpha
    for t in range(1, len(reach)):
        a = reach[t]
        at = starts[:a] + t
        step = np.matmul(alpha[:a, None, :], table[context[at]])[:, 0] * weight[at]
        alpha[:a] = step / step.sum(1, keepdims=True)
        forward[at] = alpha[:a]
    beta = np.ones((len(starts), SIZE), np.float32)
    for t in range(len(reach) - 1, 0, -1):
        a = reach[t]
        at = starts[:a] + t
        step = np.matmul(table[context[at]], (beta[:a] * weight[at])[:, :, None])[:, :, 0]
        beta[:a] = step / step.sum(1, keepdims=True)
        forward[at - 1] *= beta[:a]
    return np.asarray(forward / forward.sum(1, keepdims=True))
