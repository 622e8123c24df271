"""Train a linear chain with hashed features: AdaGrad on the log-likelihood, feature dropout, averaged weights."""

from __future__ import annotations

import numba as nb
import numpy as np

from samestory.measures.quotes.model.labels import FORBIDDEN, SIZE, allowed
from samestory.measures.quotes.model.state import CONTEXTS


@nb.njit(cache=True)
def _emission(rows, weights, a, e, skip, out):
    for i in range(a, e):
        for label in range(out.shape[1]):
            out[i - a, label] = 0.0
        for j in range(rows.shape[1]):
            f = rows[i, j]
            if f >= 0 and not skip[i - a, j]:
                for label in range(out.shape[1]):
                    out[i - a, label] += weights[f, label]


@nb.njit(cache=True)
def _forward_backward(score, n, table, context, forward, backward, norm):
    """Scaled; `score` becomes its exponential. Returns the log normaliser."""
    size = score.shape[1]
    total = 0.0
    for i in range(n):
        top = score[i, 0]
        for b in range(1, size):
            top = max(top, score[i, b])
        total += top
        for b in range(size):
            score[i, b] = np.exp(score[i, b] - top)
    for i in range(n):
        norm[i] = 0.0
        for b in range(size):
            value = 1.0
            if i > 0:
                value = 0.0
                for a in range(size):
                    value += forward[i - 1, a] * table[context[i], a, b]
            forward[i, b] = value * score[i, b]
            norm[i] += forward[i, b]
        for b in range(size):
            forward[i, b] /= norm[i]
        total += np.log(norm[i])
    for b in range(size):
        backward[n - 1, b] = 1.0
    for i in range(n - 2, -1, -1):
        for a in range(size):
            value = 0.0
            for b in range(size):
                value += table[context[i + 1], a, b] * score[i + 1, b] * backward[i + 1, b]
            backward[i, a] = value / norm[i + 1]
    return total


@nb.njit(cache=True)
def _update_transitions(gold, context, table, score, forward, backward, norm, n, transition, squares, rate):
    size = score.shape[1]
    for i in range(1, n):
        k = context[i]
        for a in range(size):
            for b in range(size):
                g = forward[i - 1, a] * table[k, a, b] * score[i, b] * backward[i, b] / norm[i]
                if a == gold[i - 1] and b == gold[i]:
                    g -= 1.0
                if abs(g) > 1e-3:
                    squares[k, a, b] += g * g
                    transition[k, a, b] -= rate * g / np.sqrt(squares[k, a, b])


@nb.njit(cache=True)
def _epoch(
    rows, gold, context, spans, order, weights, squares, transition, tsquares, rate, decay, drop, seed
):
    size = weights.shape[1]
    longest = (spans[:, 1] - spans[:, 0]).max()
    score = np.zeros((longest, size))
    forward = np.zeros((longest, size))
    backward = np.zeros((longest, size))
    norm = np.zeros(longest)
    skip = np.zeros((longest, rows.shape[1]), nb.uint8)
    x = np.uint64(seed * 7919 + 12345)
    limit = np.uint64(int(drop * 256))
    total = 0.0
    for c in order:
        a, e = spans[c, 0], spans[c, 1]
        n = e - a
        for i in range(n):
            for j in range(rows.shape[1]):
                x ^= x << np.uint64(13)
                x ^= x >> np.uint64(7)
                x ^= x << np.uint64(17)
                skip[i, j] = 1 if (x & np.uint64(255)) < limit else 0
        _emission(rows, weights, a, e, skip, score)
        right = 0.0
        for i in range(n):
            for b in range(size):
                score[i, b] /= 1.0 - drop
            right += score[i, gold[a + i]]
            if i > 0:
                right += transition[context[a + i], gold[a + i - 1], gold[a + i]]
        table = np.exp(transition)
        total += _forward_backward(score, n, table, context[a:e], forward, backward, norm) - right
        _update_transitions(
            gold[a:e], context[a:e], table, score, forward, backward, norm, n, transition, tsquares, rate
        )
        for i in range(n):
            for b in range(size):
                g0 = forward[i, b] * backward[i, b]
                if b == gold[a + i]:
                    g0 -= 1.0
                if abs(g0) <= 1e-3:
                    continue
                for j in range(rows.shape[1]):
                    f = rows[a + i, j]
                    if f >= 0 and not skip[i, j]:
                        g = g0 + decay * weights[f, b]
                        squares[f, b] += g * g
                        weights[f, b] -= rate * g / np.sqrt(squares[f, b])
    return total


def train_chain(rows, gold, context, spans, size, *, epochs=5, rate=0.012, decay=0.005, drop=0.5, seed=1):
    """Weights and transitions of a chain.

    Parameters
    ----------
    rows : ndarray of int32, shape (n, templates)
        Row of the weight table for each token and template, -1 for none.
    gold : ndarray of int32, shape (n,)
    context : ndarray of int32, shape (n,)
    spans : ndarray of int, shape (chains, 2)
        The chains to learn from.
    size : int
        Rows of the weight table.
    epochs, rate, decay, drop, seed
        Passes, AdaGrad step, L2 weight, share of features dropped, seed.

    Returns
    -------
    weights : ndarray of float32, shape (size, labels)
    transition : ndarray of float32, shape (contexts, labels, labels)
        Both averaged over the second half of the passes.
    """
    weights = np.zeros((size, SIZE), np.float32)
    squares = np.full((size, SIZE), 0.5, np.float32)
    transition = np.zeros((CONTEXTS, SIZE, SIZE))
    tsquares = np.ones_like(transition)
    barred = np.broadcast_to(~allowed(), transition.shape)
    random = np.random.RandomState(seed)
    sums: list[np.ndarray] = [np.zeros(weights.shape, np.float64), np.zeros_like(transition)]
    for epoch in range(epochs):
        order = random.permutation(len(spans))
        transition[barred] = FORBIDDEN
        loss = _epoch(
            rows,
            gold,
            context,
            spans,
            order,
            weights,
            squares,
            transition,
            tsquares,
            rate,
            decay,
            drop,
            seed * 100 + epoch,
        )
        transition[barred] = FORBIDDEN
        print(f"  pass {epoch}: {loss / len(gold):.4f}", flush=True)
        if epoch >= epochs // 2:
            sums[0] += weights
            sums[1] += transition
    count = epochs - epochs // 2
    return (sums[0] / count).astype(np.float32), (sums[1] / count).astype(np.float32)
