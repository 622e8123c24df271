"""Sign patterns and draws of stories: exact where they can be counted, else sampled, once for all tests.

The random patterns for n stories are a stream of their own, keyed by the seed and n. Every test of n stories
uses the same ones, so a study of many pairs of outlets draws them once, and what else is tested, and in which
order, changes no p and no interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["BOOTSTRAPS", "EXACT_STORIES", "RESAMPLES", "flipped", "flipped_without_one", "story_bootstraps"]

EXACT_STORIES = 40  # 2 x 2**20 half sums: 16 MB
RESAMPLES = 99_999
BOOTSTRAPS = 4_999
# One story left out at a time: exact up to so many that remain, since each is a test of its own.
EXACT_WITHOUT_ONE, RESAMPLES_WITHOUT_ONE = 26, 9_999
BLOCK_STORIES = 12  # a table of 4,096 sums stays in the fastest memory
_PICKS_AT_ONCE = 1 << 20  # stories drawn together: 4 MB, and 8 MB of their differences

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
            out |= dict(zip(places, _sampled([differences[i] for i in places], seed), strict=True))
    return [out[i] for i in range(len(differences))]


def _by_size(differences: Sequence[Floats]) -> Iterator[tuple[int, list[int]]]:
    """Give the places of the tests with as many differences each."""
    places: dict[int, list[int]] = defaultdict(list)
    for place, d in enumerate(differences):
        places[d.size].append(place)
    yield from sorted(places.items())


def _bounds(size: Floats, observed: float) -> tuple[float, float]:
    """Say which sums are at least as extreme, and which more extreme.

    Sums that are equal on paper differ in the last bits: without slack a tie would be lost.
    """
    slack = 1e-9 * max(float(size.sum()), np.finfo(float).tiny)
    return observed - slack, observed + slack


def _sampled(differences: Sequence[Floats], seed: int | Sequence[int]) -> list[tuple[float, float]]:
    """Test as many differences each by the same random patterns: (b + 1) / (B + 1).

    The pattern that was observed counts as one of those drawn (Phipson and Smyth 2010).
    """
    sizes = [np.abs(d) for d in differences]
    totals = _pattern_sums(sizes, _patterns(sizes[0].size, RESAMPLES, seed), RESAMPLES)
    out = []
    for d, size, total in zip(differences, sizes, totals, strict=True):
        least, more = _bounds(size, abs(float(d.sum())))
        sums = np.abs(total)
        at_least, beyond = 1 + int((sums >= least).sum()), 1 + int((sums > more).sum())
        out.append((at_least / (RESAMPLES + 1), (at_least + beyond - 1) / 2 / (RESAMPLES + 1)))
    return out


def _patterns(n: int, draws: int, seed: int | Sequence[int]) -> Iterator[NDArray[np.int16]]:
    """Draw sign patterns of n stories: for each block of stories, the number of a pattern of that block."""
    rng = np.random.default_rng([*_key(seed), n])
    for block in _story_blocks(n):
        yield rng.integers(0, 2**block.size, draws, dtype=np.int16)


def _story_blocks(n: int) -> list[NDArray[np.intp]]:
    return np.array_split(np.arange(n), -(-n // BLOCK_STORIES))


def _key(seed: int | Sequence[int]) -> list[int]:
    return [seed] if isinstance(seed, int) else list(seed)


def _pattern_sums(sizes: Sequence[Floats], patterns: Iterable[NDArray[np.int16]], draws: int) -> list[Floats]:
    """Sum sizes of tests under the same sign patterns, from the table of the 2**k sums of a block of stories.

    Block by block: the patterns of thousands of stories would fill the memory.
    """
    totals = [np.zeros(draws) for _ in sizes]
    for block, drawn in zip(_story_blocks(sizes[0].size), patterns, strict=True):
        for size, total in zip(sizes, totals, strict=True):
            total += _signed_sums(size[block])[drawn]
    return totals


def _exact(d: Floats) -> tuple[float, float]:
    """Count all patterns: the sums of two halves are sorted and matched."""
    size = np.abs(d)
    left, right = (_sorted_sums(half) for half in (size[: d.size // 2], size[d.size // 2 :]))
    least, more = (_beyond(left, right, bound) for bound in _bounds(size, abs(float(d.sum()))))
    return least / 2.0**d.size, (least + more) / 2 / 2.0**d.size


def _beyond(left: Floats, right: Floats, bound: float) -> int:
    """Count pairs of half sums, both sorted, whose absolute total is at least the bound."""
    if bound <= 0:
        return left.size * right.size
    # Rising questions walk through memory in order; by symmetry as many totals lie below as above.
    return 2 * int((right.size - np.searchsorted(right, bound - left[::-1], side="left")).sum())


def _sorted_sums(d: Floats) -> Floats:
    """Sum under all signs, in rising order: two sorted halves at a time, which a stable sort merges."""
    sums = np.zeros(1)
    for value in d:
        sums = np.sort(np.concatenate([sums - value, sums + value]), kind="stable")
    return sums


def _signed_sums(d: Floats) -> Floats:
    """Sum under all signs; the sign of the first value is the lowest bit of the place."""
    sums = np.zeros(1)
    for value in d:
        sums = np.concatenate([sums - value, sums + value])
    return sums


def flipped_without_one(d: Floats, *, seed: int | Sequence[int]) -> Floats:
    """Sign-flip p with each of the differences left out in turn.

    Exact where at most 26 remain; beyond, over 9,999 random patterns of all differences, in which the one
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
    least = np.abs(d.sum() - d) - 1e-9 * np.maximum(size.sum() - size, np.finfo(float).tiny)
    patterns = list(_patterns(n, RESAMPLES_WITHOUT_ONE, seed))
    total = _pattern_sums([size], patterns, RESAMPLES_WITHOUT_ONE)[0]
    count = np.ones(n, dtype=np.int64)
    for block, drawn in zip(_story_blocks(n), patterns, strict=True):
        for place, story in enumerate(block):  # the first story of a block is the lowest bit
            own = np.where(drawn >> place & 1, size[story], -size[story])
            count[story] += int((np.abs(total - own) >= least[story]).sum())
    return np.asarray(count / (RESAMPLES_WITHOUT_ONE + 1))


def story_bootstraps(
    differences: Sequence[Floats], *, level: float, seed: int | Sequence[int]
) -> list[tuple[float, float]]:
    """Give the expanded percentile intervals of the means over stories drawn with replacement.

    Notes
    -----
    Plain percentiles are too narrow by the factor of a variance divided by n instead of n - 1, and of the
    normal instead of the t distribution. The expanded interval takes the percentiles further out that make
    up for both: the tail is Phi(-sqrt(n / (n - 1)) t), t the quantile of Student's distribution with n - 1
    degrees of freedom (Hesterberg 2015).

    References
    ----------
    Hesterberg, T. C. (2015). What teachers should know about the bootstrap: Resampling in the undergraduate
    statistics curriculum. The American Statistician, 69(4), 371-386.

    Examples
    --------
    >>> low, high = story_bootstraps([np.arange(20.0)], level=0.95, seed=1)[0]
    >>> bool(low < 9.5 < high)
    True
    """
    from scipy import stats  # slow to import, needed only here

    out: dict[int, tuple[float, float]] = {}
    for n, places in _by_size(differences):
        tail = stats.norm.cdf(-np.sqrt(n / (n - 1)) * stats.t.ppf((1 + level) / 2, n - 1))
        means = {place: np.empty(BOOTSTRAPS) for place in places}
        for draws, picks in _picked(n, seed):
            for place in places:
                means[place][draws] = differences[place][picks].mean(axis=1)
        for place in places:
            low, high = np.quantile(means[place], [tail, 1 - tail])
            out[place] = (float(low), float(high))
    return [out[i] for i in range(len(differences))]


def _picked(n: int, seed: int | Sequence[int]) -> Iterator[tuple[slice, NDArray[np.int32]]]:
    """Draw n stories with replacement as often as there are bootstraps, some megabytes of draws at a time."""
    rng = np.random.default_rng([*_key(seed), n, 1])
    step = max(1, _PICKS_AT_ONCE // n)
    for start in range(0, BOOTSTRAPS, step):
        draws = slice(start, min(start + step, BOOTSTRAPS))
        yield draws, rng.integers(n, size=(draws.stop - start, n), dtype=np.int32)
