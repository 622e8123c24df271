"""Linear-chain decoding, many chains at a time: best labels and label probabilities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.labels import SIZE, allowed
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


@dataclass(frozen=True)
class _Steps:
    """Tokens in the order of decoding: the first of every chain, longest chains first, then every second one.

    Attributes
    ----------
    order : ndarray of int, shape (n,)
        Token at each place of that order.
    edges : list of int
        Where each step begins, and the end. The chains of a step are the first ones of the step before.
    """

    order: Ints
    edges: list[int]

    def __iter__(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield for each step but the first where its chains stand at the step before, and where now."""
        for before, start, stop in zip(self.edges, self.edges[1:], self.edges[2:], strict=False):
            yield before, before + stop - start, start, stop


def _steps(spans: NDArray[np.int64]) -> _Steps:
    length = spans[:, 1] - spans[:, 0]
    by_length = np.argsort(-length, kind="stable")
    starts, length = spans[by_length, 0], length[by_length]
    reach = np.searchsorted(-length, -np.arange(length[0]), side="left").tolist()
    order = np.concatenate([starts[:chains] + step for step, chains in enumerate(reach)])
    return _Steps(order, [0, *accumulate(reach)])


# Labels that any label may come before; the others go on: they follow their first label or themselves.
_OPEN = np.flatnonzero(allowed().all(0))
_INNER = np.flatnonzero(~allowed().all(0))


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
    steps = _steps(spans)
    context = context[steps.order]
    # The chains are the last axis, so that each step works on long rows: (before, after, chain).
    value = np.ascontiguousarray(emission.take(steps.order, 0).T)  # of the best way to each label
    to_open = np.ascontiguousarray(transition[:, :, _OPEN].transpose(1, 2, 0))
    inner = [transition[:, _INNER - 1, _INNER], transition[:, _INNER, _INNER]]
    to_inner = np.ascontiguousarray(np.stack(inner).transpose(0, 2, 1))
    for a, b, start, stop in steps:
        before, into = value[:, a:b], context[start:stop]
        score = to_open.take(into, axis=2)
        score += before[:, None]
        goes_on = to_inner.take(into, axis=2)
        goes_on += before[2:].reshape(len(_INNER), 2, -1).transpose(1, 0, 2)
        here = value[:, start:stop]
        here[_OPEN] += np.maximum.reduce(score, axis=0)
        here[_INNER] += np.maximum(goes_on[0], goes_on[1])
    labels = np.empty(len(emission), np.int8)
    labels[steps.order] = _followed_back(np.ascontiguousarray(value.T), context, transition, steps)
    return labels


def _followed_back(values: Floats, context: Ints, transition: Floats, steps: _Steps) -> NDArray[np.int8]:
    """Labels of the best ways, read from their ends, in the order of decoding."""
    into = np.ascontiguousarray(transition.transpose(0, 2, 1)).reshape(-1, SIZE)  # (context, label): before
    out = np.empty(len(values), np.int8)
    out[steps.edges[-2] :] = values[steps.edges[-2] :].argmax(1)
    for a, b, start, stop in reversed(list(steps)):
        out[b:start] = values[b:start].argmax(1)  # chains that end at the step before
        ways = into.take(context[start:stop] * SIZE + out[start:stop], axis=0)
        ways += values[a:b]
        out[a:b] = ways.argmax(1)
    return np.asarray(out)


_BLOCK = 64  # chains multiplied together: always as many, so that no chain bears on another's rounding


def probabilities(emission: Floats, context: Ints, transition: Floats, spans: NDArray[np.int64]) -> Floats:
    """Probability of every label at every token, by the forward-backward algorithm.

    Parameters and shapes as in `best_labels`.

    Returns
    -------
    ndarray of float32, shape (n, labels)
        Zeros at tokens of no chain.
    """
    if not len(spans):
        return np.zeros_like(emission)
    steps = _steps(spans)
    context = context[steps.order]
    weight = emission.take(steps.order, 0)
    weight -= np.ascontiguousarray(weight.T).max(0)[:, None]  # faster than the maximum of each short row
    np.exp(weight, out=weight)
    table = np.exp(transition)
    forward = np.empty_like(weight)
    width = steps.edges[1]
    forward[:width] = weight[:width] / weight[:width].sum(1, keepdims=True)
    step = _Step(table, width)
    for a, b, start, stop in steps:
        here = step(forward[a:b], context[start:stop]) * weight[start:stop]
        np.divide(here, here.sum(1, keepdims=True), out=forward[start:stop])
    beta = np.ones((width, SIZE), np.float32)
    step = _Step(table.transpose(0, 2, 1), width)
    for a, b, start, stop in reversed(list(steps)):
        here = step(beta[: stop - start] * weight[start:stop], context[start:stop])
        np.divide(here, here.sum(1, keepdims=True), out=beta[: stop - start])
        forward[a:b] *= beta[: stop - start]
    forward /= forward.sum(1, keepdims=True)
    out = np.zeros_like(emission)
    out[steps.order] = forward
    return out


class _Step:
    """Carries the mass of many chains over one transition each: by all tables, of which one counts."""

    def __init__(self, table: Floats, width: int) -> None:
        self._all = np.ascontiguousarray(table.transpose(1, 0, 2)).reshape(SIZE, -1)
        self._contexts = len(table)
        self._first = np.arange(width) * self._contexts
        self._mass = np.zeros((-(-width // _BLOCK), _BLOCK, SIZE), np.float32)

    def __call__(self, mass: Floats, context: Ints) -> Floats:
        blocks = self._mass[: -(-len(mass) // _BLOCK)]
        blocks.reshape(-1, SIZE)[: len(mass)] = mass
        ways = np.matmul(blocks, self._all).reshape(-1, SIZE)
        return np.asarray(ways.take(self._first[: len(mass)] + context, axis=0))
