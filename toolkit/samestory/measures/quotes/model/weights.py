"""The weights file: hashed tables of small integers, transitions, linker, clusters, calibration."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Steps = NDArray[np.int8]
STEP = 0.006  # between two scores that 8 bits tell apart


@dataclass(frozen=True)
class Weights:
    """All numbers of a trained model.

    Attributes
    ----------
    shared : ndarray of int8, shape (2**bits, 2 * labels)
        Templates that both chains use: columns of the first, then of the second chain. A score is so many
        times `STEP`: whole numbers are a quarter of the bytes to fetch, and their sum has no order.
    second : ndarray of int8, shape (2**second_bits, labels)
        Templates over the first chain's output.
    transition1, transition2 : ndarray of float32, shape (contexts, labels, labels)
    content_link, source_link : ndarray of float32, shape (rows,)
    confidence : ndarray of float32
        Weights of the calibration, intercept last.
    clusters : dict of str to int
        Row of each known word in `cluster_ids`.
    cluster_ids : ndarray of int16, shape (words, 3)
    """

    shared: Steps
    second: Steps
    transition1: Floats
    transition2: Floats
    content_link: Floats
    source_link: Floats
    confidence: Floats
    clusters: dict[str, int]
    cluster_ids: NDArray[np.int16]

    @property
    def bits(self) -> int:
        """Binary logarithm of the rows of `shared`."""
        return len(self.shared).bit_length() - 1

    @property
    def second_bits(self) -> int:
        """Binary logarithm of the rows of `second`."""
        return len(self.second).bit_length() - 1


def load_weights(path: str | PathLike[str]) -> Weights:
    """Read a weights file.

    Parameters
    ----------
    path : path-like
        An ``.npz`` file written by `save_weights`.

    Returns
    -------
    Weights
    """
    with np.load(path, allow_pickle=False) as data:
        words = bytes(data["cluster_words"]).decode("utf-8").split("\n")
        return Weights(
            data["shared"],
            data["second"],
            data["transition1"].astype(np.float32),
            data["transition2"].astype(np.float32),
            data["content_link"].astype(np.float32),
            data["source_link"].astype(np.float32),
            data["confidence"].astype(np.float32),
            {word: row for row, word in enumerate(words)},
            data["cluster_ids"],
        )


def save_weights(path: str | PathLike[str], weights: Weights) -> None:
    """Write a weights file: 8-bit tables, 16-bit floats, nothing pickled; same numbers, same bytes.

    Parameters
    ----------
    path : path-like
    weights : Weights
    """
    words = "\n".join(sorted(weights.clusters, key=weights.clusters.__getitem__)).encode("utf-8")
    np.savez_compressed(
        path,
        shared=weights.shared,
        second=weights.second,
        transition1=weights.transition1.astype(np.float16),
        transition2=weights.transition2.astype(np.float16),
        content_link=weights.content_link.astype(np.float16),
        source_link=weights.source_link.astype(np.float16),
        confidence=weights.confidence.astype(np.float32),
        cluster_words=np.frombuffer(words, np.uint8),
        cluster_ids=weights.cluster_ids,
    )


def in_steps(table: Floats) -> Steps:
    """Scores as multiples of `STEP`; the few beyond the range of 8 bits are cut."""
    return np.asarray(np.clip(np.rint(table / np.float32(STEP)), -127, 127).astype(np.int8))
