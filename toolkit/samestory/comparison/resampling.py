"""Sign patterns and draws of stories: exact where they can be counted, else sampled, once for all tests.

The random patterns for n stories are a stream of their own, keyed by the seed and n. Every test of n stories
uses the same ones, so a study of many pairs of outlets draws them once, and what else is tested, and in which
order, changes no p and no interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["BOOTSTRAPS", "EXACT_STORIES", "RESAMPLES", "flipped", "flipped_without_one", "story_bootstraps"]

EXACT_STORIES = 40  # 2 x 2**20 half sums: 16 MB
RESAMPLES = 99_999
BOOTSTRAPS = 4_999
# One story left out at a time: exact up to so many that remain, since each is a test of its own.
EXACT_WITHOUT_ONE, RESAMPLES_WITHOUT_ONE = 20, 9_999
_BLOCK = 500_000  # signs made at a time: 4 MB

Floats = NDArray[np.float64]


def flipped(differences: Sequence[Floats], *, seed: int | Sequence[int]) -> list[tuple[float, float]]:
    """Share of sign patterns whose sum is at least as extreme as the one observed, and with ties by half.

    Parameters
    ----------
    differences : sequence of array
        The paired differences of each test.
    seed : int or sequence of int
        Seed of the random patterns beyond 40 differences.

    Returns
    -------
    list of (float, float)
        The two-sided sign-flip p and mid-p of each test.

    Examples
    --------
    >>> flipped([np.array([1.0, 2.0, 3.0]), np.ones(2)], seed=1)
    [(0.25, 0.125), (0.5, 0.25)]
    """
    out: dict[int, tuple[float, float]] = {}
    for n, places in _by_size(differences):
        if n <= EXACT_STORIES:
            out |= {i: _exact(differences[i]) for i in places}
        else:
            sampled = _sampled(np.column_stack([differences[i] for i in places]), seed)
            out |= dict(zip(places, sampled, strict=True))
    return [out[i] for i in range(len(differences))]


def _by_size(differences: Sequence[Floats]) -> Iterator[tuple[int, list[int]]]:
    """Give the places of the tests with as many differences each."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, d in enumerate(differences):
        places[d.size].append(place)
    yield from sorted(places.items())


def _bounds(size: Floats, observed: Floats) -> tuple[Floats, Floats]:
    """Say which sums are at least as extreme, and which more extreme; sums are taken along the first axis.

    Sums that are equal on paper differ in the last bits: without slack a tie would be lost.
    """
    slack = 1e-9 * np.maximum(size.sum(axis=0), np.finfo(float).tiny)
    return observed - slack, observed + slack


def _signs(n: int, draws: int, seed: int | Sequence[int]) -> Iterator[Floats]:
    """Give random signs, patterns x stories, in blocks."""
    key = [seed] if isinstance(seed, int) else list(seed)
    rng = np.random.default_rng([*key, n])
    rows = max(1, _BLOCK // n)
    for start in range(0, draws, rows):
        signs = rng.integers(0, 2, size=(min(rows, draws - start), n), dtype=np.int8)
        yield np.asarray(signs * 2.0 - 1.0, dtype=np.float64)


def _sampled(d: Floats, seed: int | Sequence[int]) -> list[tuple[float, float]]:
    """Test the columns of stories x tests by random patterns: (b + 1) / (B + 1)."""
    size = np.abs(d)
    least, more = _bounds(size, np.abs(d.sum(axis=0)))
    at_least, beyond = np.ones(d.shape[1], dtype=np.int64), np.ones(d.shape[1], dtype=np.int64)
    for signs in _signs(d.shape[0], RESAMPLES, seed):
        sums = np.abs(signs @ size)
        at_least += (sums >= least).sum(axis=0)
        beyond += (sums > more).sum(axis=0)
    p, mid = at_least / (RESAMPLES + 1), (at_least + beyond - 1) / 2 / (RESAMPLES + 1)
    return list(zip(p.tolist(), mid.tolist(), strict=True))


def _exact(d: Floats) -> tuple[float, float]:
    """Count all patterns: the sums of two halves are sorted and matched."""
    size = np.abs(d)
    least, more = _bounds(size, np.abs(d.sum(axis=0)))
    left, right = _signed_sums(size[: d.size // 2]), _signed_sums(size[d.size // 2 :])
    counts = [_beyond(left, right, float(bound)) for bound in (least, more)]
    return counts[0] / 2.0**d.size, sum(counts) / 2 / 2.0**d.size


def _beyond(left: Floats, right: Floats, bound: float) -> int:
    """Count pairs of half sums whose absolute total is at least the bound; both are sorted.

    To every pattern there is its mirror image, so those above the bound are counted twice.
    """
    if bound <= 0:  # every pattern counts, and only once
        return left.size * right.size
    return 2 * int((right.size - np.searchsorted(right, bound - left[::-1], side="left")).sum())


def _signed_sums(d: Floats) -> Floats:
    sums = np.zeros(1)
    for value in d:
        sums = np.concatenate([sums - value, sums + value])
    return np.sort(sums)


def flipped_without_one(d: Floats, *, seed: int | Sequence[int]) -> Floats:
    """Sign-flip p with each of the differences left out in turn.

    Exact where at most 20 remain; beyond, over 9,999 random patterns of all differences, in which the one
    left out has no part.

    Examples
    --------
    >>> flipped_without_one(np.array([1.0, 2.0, 3.0, 9.0]), seed=1).tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    n = d.size
    if n - 1 <= EXACT_WITHOUT_ONE:
        return np.array([_exact(np.delete(d, i))[0] for i in range(n)])
    size = np.abs(d)
    observed = np.abs(d.sum() - d)
    least = observed - 1e-9 * np.maximum(size.sum() - size, np.finfo(float).tiny)
    count = np.ones(n, dtype=np.int64)
    for signs in _signs(n, RESAMPLES_WITHOUT_ONE, seed):
        parts = signs * size
        count += (np.abs(parts.sum(axis=1, keepdims=True) - parts) >= least).sum(axis=0)
    return np.asarray(count / (RESAMPLES_WITHOUT_ONE + 1))


def story_bootstraps(
    differences: Sequence[Floats], *, level: float, seed: int | Sequence[int]
) -> list[tuple[float, float]]:
    """Percentile intervals of the means over stories drawn with replacement.

    Examples
    --------
    >>> low, high = story_bootstraps([np.arange(20.0)], level=0.95, seed=1)[0]
    >>> bool(low < 9.5 < high)
    True
    """
    out: list[tuple[float, float]] = [(np.nan, np.nan)] * len(differences)
    tails = [(1 - level) / 2, (1 + level) / 2]
    key = [seed] if isinstance(seed, int) else list(seed)
    for n, places in _by_size(differences):
        picks = np.random.default_rng([*key, n, 1]).integers(n, size=(BOOTSTRAPS, n), dtype=np.int32)
        for place in places:
            low, high = np.quantile(differences[place][picks].mean(axis=1), tails)
            out[place] = (float(low), float(high))
    return out
