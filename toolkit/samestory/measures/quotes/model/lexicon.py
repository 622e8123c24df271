"""Words seen so far with their keys and their scores at every offset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import filterfalse

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.columns import word_rows
from samestory.measures.quotes.model.tokens import Ints
from samestory.measures.quotes.model.weights import Weights
from samestory.measures.quotes.model.words import KINDS, word_keys

LARGEST = 65_000  # words kept before the store starts anew
PAD_KEY = 1


class Lexicon:
    """Numbers words and precomputes what each adds to the scores around it.

    Parameters
    ----------
    weights : Weights

    Attributes
    ----------
    keys : ndarray of uint64, shape (capacity, kinds)
        Row 0 stands for the place beyond a paragraph.
    scores : dict of int to ndarray of int16, shape (capacity, columns)
        By offset of the word from the scored token, in steps of the weights.
    """

    pad = 0

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._reset()

    def _reset(self) -> None:
        self._number: dict[str, int] = {}
        self.keys: NDArray[np.uint64] = np.zeros((0, len(KINDS)), np.uint64)
        self.scores: dict[int, NDArray[np.int16]] = {}
        self._grow(np.full((1, len(KINDS)), PAD_KEY, np.uint64), 0)

    def _grow(self, keys: NDArray[np.uint64], used: int) -> None:
        """Write rows behind the `used` first ones, with room to spare."""
        stop = used + len(keys)
        if stop > len(self.keys):
            size = max(1024, stop + stop // 4)
            self.keys = np.concatenate([self.keys[:used], np.zeros((size - used, len(KINDS)), np.uint64)])
            columns = self._weights.shared.shape[1]
            for k, old in self.scores.items():
                self.scores[k] = np.concatenate([old[:used], np.zeros((size - used, columns), np.int16)])
        self.keys[used:stop] = keys
        for k, row in word_rows(keys, self._weights.bits).items():
            if k not in self.scores:
                self.scores[k] = np.zeros((len(self.keys), self._weights.shared.shape[1]), np.int16)
            self.scores[k][used:stop] = self._weights.shared[row].sum(1, dtype=np.int16)

    def learn(self, words: Iterable[str]) -> None:
        """Take up the words not yet known."""
        if len(self._number) > LARGEST:
            self._reset()
        fresh = list(dict.fromkeys(filterfalse(self._number.__contains__, words)))
        if not fresh:
            return
        used = len(self._number) + 1
        w = self._weights
        keys = np.array([word_keys(word, w.clusters, w.cluster_ids) for word in fresh], np.uint64)
        self._grow(keys, used)
        self._number.update(zip(fresh, range(used, used + len(fresh)), strict=True))

    def numbers(self, words: Sequence[str]) -> Ints:
        """Numbers of known words."""
        return np.fromiter(map(self._number.__getitem__, words), np.int64, len(words))

    def lower(self, types: Ints) -> NDArray[np.uint64]:
        """Keys of the lower-case forms."""
        return np.asarray(self.keys[types, 1])
