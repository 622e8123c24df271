"""Linear-chain decoding, many chains at a time: best labels and label probabilities.

Numbers are added, multiplied and compared in a fixed order, so that no chain bears on another's
rounding; a product of matrices by a BLAS library rounds some rows otherwise than others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.labels import SIZE, allowed
from samestory.measures.quotes.model.state import CONTEXTS
from samestory.measures.quotes.model.tokens import Bools, Ints

Floats = NDArray[np.float32]
LONGEST = 400
USUAL = 250
_FEW = 24  # tokens of one context in a step, below which they are not worth a call of their own
_TOGETHER = 2_000  # tokens normalised together


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
class _Step:
    """One token of every chain that is so long, ordered by transition table.

    Attributes
    ----------
    here : slice
        Places of these tokens in the order of decoding.
    groups : list of (int, slice)
        Transition tables that many of them share, and which ones do, counted from the first of the step.
    others : slice
        All others.
    """

    here: slice
    groups: list[tuple[int, slice]]
    others: slice


@dataclass(frozen=True)
class Plan:
    """Tokens in the order of decoding: the first of every chain, then every second one.

    Attributes
    ----------
    order : ndarray of int, shape (n,)
        Token at each place of that order.
    context : ndarray of int, shape (n,)
        Transition table on the way into it.
    before, after : ndarray of int, shape (n,)
        Place of the token before and after it in its chain, n where there is none.
    steps : list of _Step
    """

    order: Ints
    context: Ints
    before: Ints
    after: Ints
    steps: list[_Step]


def planned(spans: NDArray[np.int64], context: Ints) -> Plan:
    """Order of decoding for chains; one plan serves all that is asked of the same chains.

    Parameters
    ----------
    spans : ndarray of int, shape (chains, 2)
        First token of each chain and the one after its last.
    context : ndarray of int, shape (n,)
        Transition table on the way into each token.

    Returns
    -------
    Plan
    """
    length = spans[:, 1] - spans[:, 0]
    n, first = int(length.sum()), np.cumsum(length) - length
    number = np.arange(n) - np.repeat(first, length)
    token = number + np.repeat(spans[:, 0], length)
    into = context[token]
    few = np.bincount(number * CONTEXTS + into)[number * CONTEXTS + into] < _FEW
    kind = (number * 2 + few) * CONTEXTS + into
    by_kind = np.argsort(kind.astype(np.uint16), kind="stable")  # small numbers are sorted in linear time
    place = np.empty(n + 1, np.int64)
    place[by_kind], place[n] = np.arange(n), n
    before, after = place[by_kind - 1], place[by_kind + 1]
    before[number[by_kind] == 0] = n
    after[place[first + length - 1]] = n
    count = np.bincount(kind, minlength=2 * CONTEXTS * int(length.max())).reshape(-1, 2 * CONTEXTS)
    return Plan(token[by_kind], into[by_kind], before, after, _steps(count))


def _steps(count: Ints) -> list[_Step]:
    """Make the steps of the numbers of tokens, shape (steps, 2 * contexts): contexts of many, then of few."""
    edges = np.append(0, np.cumsum(count.sum(1))).tolist()
    reach = np.cumsum(count, axis=1).tolist()
    steps = [
        _Step(slice(a, b), [], slice(to[CONTEXTS - 1], b - a))
        for a, b, to in zip(edges, edges[1:], reach, strict=False)
    ]
    for step, table in np.argwhere(count[:, :CONTEXTS]).tolist():
        stop = reach[step][table]
        steps[step].groups.append((table, slice(stop - int(count[step, table]), stop)))
    return steps


# Labels that any label may come before; the others go on: they follow their first label or themselves.
_OPEN = np.flatnonzero(allowed().all(0))
_INNER = np.flatnonzero(~allowed().all(0))


def best_labels(
    emission: Floats, context: Ints, transition: Floats, spans: NDArray[np.int64], plan: Plan | None = None
) -> NDArray[np.int8]:
    """Viterbi labels of all chains at once.

    Parameters
    ----------
    emission : ndarray of float32, shape (n, labels)
    context : ndarray of int, shape (n,)
        Transition table on the way into each token.
    transition : ndarray of float32, shape (contexts, labels, labels)
    spans : ndarray of int, shape (chains, 2)
    plan : Plan, optional
        What `planned` makes of spans and context, where that is at hand.

    Returns
    -------
    ndarray of int8, shape (n,)
    """
    plan = planned(spans, context) if plan is None else plan
    # The tokens are the last axis, so that each step works on long rows: (before, after, token).
    value = np.ascontiguousarray(emission.take(plan.order, 0).T)  # of the best way to each label
    to_open = np.ascontiguousarray(transition[:, :, _OPEN].transpose(1, 2, 0))
    inner = [transition[:, _INNER - 1, _INNER], transition[:, _INNER, _INNER]]
    to_inner = np.ascontiguousarray(np.stack(inner).transpose(0, 2, 1))
    for step in plan.steps[1:]:
        before = value.take(plan.before[step.here], axis=1)
        score = np.empty((SIZE, len(_OPEN), before.shape[1]), np.float32)
        for table, group in step.groups:
            np.add(before[:, None, group], to_open[:, :, table, None], out=score[:, :, group])
        into = plan.context[step.here]
        np.add(before[:, None, step.others], to_open.take(into[step.others], 2), out=score[:, :, step.others])
        goes_on = to_inner.take(into, axis=2)
        goes_on += before[2:].reshape(len(_INNER), 2, -1).transpose(1, 0, 2)
        here = value[:, step.here]
        here[_OPEN] += np.maximum.reduce(score, 0)
        here[_INNER] += np.maximum(goes_on[0], goes_on[1])
    labels = np.empty(len(emission), np.int8)
    labels[plan.order] = _followed_back(np.ascontiguousarray(value.T), transition, plan)
    return labels


def _followed_back(values: Floats, transition: Floats, plan: Plan) -> NDArray[np.int8]:
    """Labels of the best ways, read from their ends, in the order of decoding."""
    into = np.ascontiguousarray(transition.transpose(0, 2, 1)).reshape(-1, SIZE)  # (context, label): before
    row = plan.context * SIZE
    out = np.empty(len(values), np.int8)
    ends = np.flatnonzero(plan.after == len(values))
    out[ends] = values[ends].argmax(1)
    for step in reversed(plan.steps[1:]):
        before = plan.before[step.here]
        ways = into.take(row[step.here] + out[step.here], axis=0)
        ways += values.take(before, axis=0)
        out[before] = ways.argmax(1)
    return out


def probabilities(
    emission: Floats, context: Ints, transition: Floats, spans: NDArray[np.int64], plan: Plan | None = None
) -> Floats:
    """Probability of every label at every token, by the forward-backward algorithm.

    Parameters and shapes as in `best_labels`.

    Returns
    -------
    ndarray of float32, shape (n, labels)
        Zeros at tokens of no chain.
    """
    if not len(spans):
        return np.zeros_like(emission)
    plan = planned(spans, context) if plan is None else plan
    weight = np.ascontiguousarray(emission.take(plan.order, 0).T)
    weight -= weight.max(0)
    np.exp(weight, out=weight)
    n = weight.shape[1]
    forward = np.zeros((SIZE, n + 1), np.float32)
    table = np.ascontiguousarray(np.exp(transition).transpose(1, 2, 0))
    first = plan.steps[0].here
    forward[:, first] = _shares(weight[:, first])
    for step in plan.steps[1:]:
        mass = _onward(forward.take(plan.before[step.here], axis=1), step, plan.context, table)
        mass *= weight[:, step.here]
        forward[:, step.here] = _shares(mass)
    table = np.ascontiguousarray(table.transpose(1, 0, 2))
    message = np.ones((SIZE, n + 1), np.float32)  # of each token to the one before it
    for step in reversed(plan.steps[1:]):
        mass = message.take(plan.after[step.here], axis=1)
        mass *= weight[:, step.here]
        message[:, step.here] = _shares(_onward(mass, step, plan.context, table))
    for a in range(0, n, _TOGETHER):
        b = min(a + _TOGETHER, n)
        forward[:, a:b] = _shares(forward[:, a:b] * message.take(plan.after[a:b], axis=1))
    place = np.full(len(emission), n)
    place[plan.order] = np.arange(n)
    return forward.take(place, axis=1).T


def _onward(mass: Floats, step: _Step, context: Ints, table: Floats) -> Floats:
    """Carry the mass of many chains over one transition each, all of shape (labels, tokens)."""
    out = np.empty_like(mass)
    for number, group in step.groups:
        np.einsum("ij,ic->jc", table[:, :, number], mass[:, group], out=out[:, group])
    each = table.take(context[step.here][step.others], axis=2)
    np.einsum("ijc,ic->jc", each, mass[:, step.others], out=out[:, step.others])
    return out


def _shares(mass: Floats) -> Floats:
    """Divide by the sum over the labels."""
    total = mass
    while len(total) > 1:  # halves on halves: a plain sum of one column has another order than that of many
        total = total[: len(total) // 2] + total[len(total) // 2 :]
    return mass / total
