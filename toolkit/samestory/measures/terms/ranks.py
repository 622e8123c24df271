"""Ranks of the terms in corpora of stories drawn with replacement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from samestory.measures.terms.counting import Counts
from samestory.measures.terms.evidence import STORIES_TO_TEST
from samestory.measures.terms.keyness import log_odds

__all__ = ["rank_intervals"]

_AT_ONCE = 20  # corpora
_CELLS = 4_000_000  # counts by term, group and corpus
_ENTRIES = 1_000_000
Array = NDArray[np.float64]


def rank_intervals(
    counts: Counts, first: Mapping[str, NDArray[np.int64]], prior_words: float, *, resamples: int, seed: int
) -> dict[str, Array]:
    """Ranks of the terms by z in corpora of stories drawn with replacement: the middle 95 % per group.

    Parameters
    ----------
    counts : Counts
        The counts.
    first : mapping of str to ndarray
        Of each group the places of the terms whose ranks are wanted; all terms take part in the ranking.
    prior_words, resamples, seed
        As in :func:`samestory.distinctive_terms`.

    Returns
    -------
    dict of str to ndarray
        Of each group two rows, lower and upper end; empty where there are too few stories.
    """
    names = counts.units["story"].astype(object)
    own = pd.Series([f"\x00{i}" for i in range(len(names))], dtype=object)
    code, distinct = pd.factorize(names.where(names.notna(), own), sort=True)
    if resamples < 1 or len(distinct) < STORIES_TO_TEST or not counts.terms.size:
        return {}
    groups = sorted(counts.units["group"].unique())
    member = pd.Index(groups).get_indexer(pd.Index(counts.units["group"]))
    draws = _Draws(_drawn(code, len(distinct), resamples, seed), member, groups, counts.totals, prior_words)
    wanted = {g: groups.index(g) for g in first}
    z = {g: np.empty((resamples, places.size)) for g, places in first.items()}
    some = np.unique(np.concatenate(list(first.values())))
    for block, at, number, found in draws.z(counts, some, wanted):
        for g, places in first.items():
            if wanted[g] == number:
                column = np.searchsorted(some, places) - block.start
                here = np.flatnonzero((column >= 0) & (column < found.shape[1]))
                z[g][at, here] = found[:, column[here]]
    ranks = {g: np.ones((resamples, places.size), dtype=np.int32) for g, places in first.items()}
    group_of = {number: g for g, number in wanted.items()}
    for _, at, number, found in draws.z(counts, np.arange(counts.terms.size), wanted):
        g = group_of[number]
        for i, one in enumerate(found, start=at.start):
            mine = z[g][i]
            above = np.sort(one[one > mine.min()])  # what lies below all of these has no say in their ranks
            ranks[g][i] += (above.size - np.searchsorted(above, mine, side="right")).astype(np.int32)
    return {g: np.quantile(rank, [0.025, 0.975], axis=0, method="nearest") for g, rank in ranks.items()}


def _drawn(story: NDArray[np.intp], stories: int, resamples: int, seed: int) -> NDArray[np.uint8]:
    """Draw stories with replacement: how often each unit is in each corpus, seldom more than ten times."""
    rng, equal = np.random.default_rng(seed), np.full(stories, 1 / stories)
    weight = np.empty((story.size, resamples), dtype=np.uint8)
    for number in range(resamples):
        weight[:, number] = rng.multinomial(stories, equal).clip(max=255)[story]
    return weight


@dataclass(frozen=True)
class _Draws:
    """Corpora drawn: how often each unit is in each, and what it takes to count terms in them."""

    weight: NDArray[np.uint8]
    member: NDArray[np.intp]  # group of each unit
    groups: Sequence[str]
    totals: NDArray[np.int64]
    prior_words: float

    def z(
        self, counts: Counts, terms: NDArray[np.int64], wanted: Mapping[str, int]
    ) -> Iterator[tuple[slice, slice, int, Array]]:
        """Give z by corpus and term, of some of the terms, some corpora and one group wanted at a time."""
        size = len(self.groups)
        inside = [self.member == i for i in range(size)]
        for block in _narrow(np.diff(counts.matrix.indptr)[terms], most=_CELLS // (_AT_ONCE * size)):
            matrix = counts.matrix[:, terms[block]]
            n = matrix.shape[1]
            cell = np.repeat(np.arange(n) * size, np.diff(matrix.indptr)) + self.member[matrix.indices]
            by_group = sparse.csr_matrix(
                (matrix.data.astype(float), (cell, matrix.indices)), shape=(n * size, len(self.member))
            )
            for start in range(0, self.weight.shape[1], _AT_ONCE):
                weight = np.ascontiguousarray(self.weight[:, start : start + _AT_ONCE], dtype=float)
                at = slice(start, start + weight.shape[1])
                parts = (by_group @ weight).reshape(n, size, -1)
                pooled = np.ascontiguousarray(parts.sum(axis=1).T)
                sizes = np.stack([self.totals[one] @ weight[one] for one in inside])
                total = sizes.sum(axis=0)[:, None]
                prior = np.maximum(self.prior_words * pooled / np.maximum(total, 1.0), 1e-6)
                for number in wanted.values():
                    own, words = np.ascontiguousarray(parts[:, number].T), sizes[number][:, None]
                    totals = words, total - words, self.prior_words
                    value, error = log_odds(own, pooled - own, prior, totals=totals)
                    yield block, at, number, value / error


def _narrow(entries: NDArray[np.integer], *, most: int) -> Iterator[slice]:
    """Cut terms into blocks, of at most so many terms and, but for one term, so many entries."""
    start, ends = 0, np.concatenate([[0], np.cumsum(entries, dtype=np.int64)])
    while start < entries.size:
        stop = int(np.searchsorted(ends, ends[start] + _ENTRIES, side="right")) - 1
        stop = max(min(stop, start + most), start + 1)
        yield slice(start, stop)
        start = stop
