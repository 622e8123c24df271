"""Words seen so far with their keys and their scores at every offset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.columns import word_rows
from samestory.measures.quotes.model.state import sign_of
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
    signs : ndarray of int, shape (capacity,)
        What `sign_of` says of each word.
    scores : dict of int to ndarray of int16, shape (capacity, columns)
        By offset of the word from the scored token, in steps of the weights.
    """

    pad = 0

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._reset()

    def _reset(self) -> None:
        # A word that is not known yet gets the next number; the empty word has the one of row 0.
        self._number: defaultdict[str, int] = defaultdict()
        self._number.default_factory = self._number.__len__
        self._number[""] = self.pad
        self.signs: Ints = np.zeros(0, np.int64)
        self.keys: NDArray[np.uint64] = np.zeros((0, len(KINDS)), np.uint64)
        self.scores: dict[int, NDArray[np.int16]] = {}
        self._grow(np.full((1, len(KINDS)), PAD_KEY, np.uint64), [0], 0)

    def _grow(self, keys: NDArray[np.uint64], signs: Sequence[int], used: int) -> None:
        """Write rows behind the `used` first ones, with room to spare."""
        stop = used + len(keys)
        if stop > len(self.keys):
            size = max(1024, stop + stop // 4)
            self.keys = np.concatenate([self.keys[:used], np.zeros((size - used, len(KINDS)), np.uint64)])
            self.signs = np.concatenate([self.signs[:used], np.zeros(size - used, np.int64)])
            columns = self._weights.shared.shape[1]
            for k, old in self.scores.items():
                self.scores[k] = np.concatenate([old[:used], np.zeros((size - used, columns), np.int16)])
        self.keys[used:stop], self.signs[used:stop] = keys, signs
        for k, row in word_rows(keys, self._weights.bits).items():
            if k not in self.scores:
                self.scores[k] = np.zeros((len(self.keys), self._weights.shared.shape[1]), np.int16)
            self.scores[k][used:stop] = self._weights.shared[row].sum(1, dtype=np.int16)
        self._filled = stop  # last, so that what an interrupt leaves without scores gets them the next time

    def numbers(self, words: Sequence[str]) -> Ints:
        """Numbers of words, after those not yet known have been taken up; they hold until the next call."""
        if len(self._number) > LARGEST:
            self._reset()
        used = self._filled
        out = np.fromiter(map(self._number.__getitem__, words), np.int64, len(words))
        fresh = list(islice(reversed(self._number), len(self._number) - used))[::-1]
        if fresh:
            w = self._weights
            keys = np.array([word_keys(word, w.clusters, w.cluster_ids) for word in fresh], np.uint64)
            self._grow(keys, list(map(sign_of, fresh)), used)
        return out

    def lower(self, types: Ints) -> NDArray[np.uint64]:
        """Keys of the lower-case forms."""
        return np.asarray(self.keys[types, 1])
