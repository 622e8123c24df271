"""The linear model of sentiment towards a mention: weights from ``models/targets.npz``, NumPy alone.

Its card is ``models/targets.md``; ``bench/train_targets.py`` makes it anew.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from samestory.measures.sentiment.target_features import Floats, meaning, named_features, read_mention, tone

__all__ = ["N_BUCKETS", "TargetModel", "bucket", "load_model", "named_row"]

#: Named features share this many weights; which one a name gets is its CRC-32.
N_BUCKETS = 1 << 18


def bucket(kind: str, name: str) -> int:
    """Return the weight that a named feature has.

    Examples
    --------
    >>> bucket("word", "praised")
    187962
    """
    return zlib.crc32(f"{kind}: {name}".encode("utf-8", "surrogatepass")) % N_BUCKETS


def named_row(blocks: Mapping[str, list[str]]) -> tuple[list[int], list[float]]:
    """Return the places and values of named features; every kind has length 1."""
    places = [bucket(kind, name) for kind, names in blocks.items() for name in names]
    values = [1 / np.sqrt(len(names)) for names in blocks.values() for _ in names]
    return places, values


@dataclass(frozen=True)
class TargetModel:
    """Weights for three classes, negative, neutral and positive.

    Attributes
    ----------
    words : dict of str to int
        Row of each word in ``vectors``.
    vectors : array, words × dimensions
        Word vectors of length about 1.
    named : array, N_BUCKETS × 3
        Weights of named features.
    dense, centre : arrays, features × 3 and features
        Weights of tone and meaning, and what is subtracted first.
    intercept : array, 3
        What a sentence without any feature gets.
    """

    words: dict[str, int]
    vectors: Floats
    named: NDArray[np.float32]
    dense: Floats
    centre: Floats
    intercept: Floats

    def __call__(self, sentence: str, start: int, end: int) -> tuple[float, float, float]:
        """Return the probabilities that a mention is negative, neutral, positive."""
        mention = read_mention(sentence, start, end)
        places, values = named_row(named_features(mention))
        dense = np.concatenate([tone(mention), meaning(mention, self.words, self.vectors)]) - self.centre
        logits = np.array(values) @ self.named[places] + dense @ self.dense + self.intercept
        odds = np.exp(logits - logits.max())
        neg, neu, pos = (odds / odds.sum()).tolist()
        return neg, neu, pos


@lru_cache(maxsize=1)
def load_model() -> TargetModel:
    """Load the weights that come with the package.

    Examples
    --------
    >>> neg, neu, pos = load_model()("The mayor lied again and again.", 0, 9)
    >>> neg > pos
    True
    """
    with as_file(files("samestory").joinpath("models/targets.npz")) as path, np.load(path) as stored:
        data = {name: stored[name] for name in stored.files}
    words = data["words"].tobytes().decode("utf-8").split("\n")
    return TargetModel(
        words={word: row for row, word in enumerate(words)},
        vectors=data["vectors"] * float(data["vectors_step"]),
        named=data["named"] * data["named_step"],
        dense=data["dense"].astype("float64"),
        centre=data["centre"].astype("float64"),
        intercept=data["intercept"].astype("float64"),
    )
