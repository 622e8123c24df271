"""Features as rows of one hashed weight table: every template gives each token one row number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.state import Frame, shifted
from samestory.measures.quotes.model.tokens import Ints
from samestory.measures.quotes.model.words import KINDS

Keys = NDArray[np.uint64]
_MULTIPLY = np.uint64(0x9E3779B97F4A7C15)
_JOIN = np.uint64(0xD6E8FEB86659FD93)
PAD = len(KINDS)

WORD_OFFSETS: dict[str, range] = {
    "word": range(-1, 2), "lower": range(-3, 4), "shape": range(-2, 3), "prefix": range(-1, 2),
    "suffix2": range(-2, 3), "suffix3": range(-1, 2), "fine": range(-5, 6), "middle": range(-3, 4),
    "coarse": range(-2, 3),
}  # fmt: skip
TUPLES: tuple[tuple[tuple[str, int], ...], ...] = (
    (("lower", -1), ("lower", 0)),
    (("lower", 0), ("lower", 1)),
    (("middle", -1), ("middle", 0)),
    (("middle", 0), ("middle", 1)),
    (("middle", -2), ("middle", -1)),
    (("middle", 1), ("middle", 2)),
    (("middle", -1), ("middle", 1)),
    (("fine", -2), ("fine", 0)),
    (("fine", 0), ("fine", 2)),
    (("fine", -1), ("fine", 0), ("fine", 1)),
    (("fine", -2), ("fine", -1), ("fine", 0)),
    (("fine", 0), ("fine", 1), ("fine", 2)),
)
WORD_AND_STATE: tuple[tuple[str, str], ...] = (
    ("middle", "q_len"), ("fine", "qld"), ("fine", "qrd"), ("middle", "sq"), ("shape", "ctxq"),
    ("fine", "spos"), ("middle", "q_pos"), ("lower", "qlsent"),
)  # fmt: skip


def rows(keys: Keys, salt: int, bits: int) -> NDArray[np.int32]:
    """Row of the weight table for each key under one template (multiplicative hashing)."""
    mixed = (keys + np.uint64(salt * 0x51ED270B + 1)) * _MULTIPLY
    mixed ^= mixed >> np.uint64(29)
    mixed *= _JOIN
    return (mixed >> np.uint64(64 - bits)).astype(np.int32)


def place_rows(column: Ints, salt: int, bits: int) -> NDArray[np.int32]:
    """Row of the weight table for each number of a column; where these are few, each is hashed once."""
    values = int(column.max()) + 1
    if values > len(column) // 4:
        return rows(column.astype(np.uint64), salt, bits)
    return rows(np.arange(values, dtype=np.uint64), salt, bits).take(column)


def word_rows(keys: Keys, bits: int) -> dict[int, NDArray[np.int32]]:
    """Rows of the templates that depend on one word alone.

    Parameters
    ----------
    keys : ndarray of uint64, shape (words, kinds)
        Keys from `word_keys`, one row for each distinct word.
    bits : int
        The weight table has 2**bits rows.

    Returns
    -------
    dict of int to ndarray of int32, shape (words, templates at that offset)
        By the offset at which the word stands.
    """
    out: dict[int, list[NDArray[np.int32]]] = {}
    for kind, offsets in WORD_OFFSETS.items():
        j = KINDS.index(kind)
        for k in offsets:
            out.setdefault(k, []).append(rows(keys[:, j], 100 + j * 16 + k + 8, bits))
    return {k: np.stack(parts, axis=1) for k, parts in out.items()}


def tuple_rows(keys: Keys, types: Ints, frame: Frame, bits: int, pad: int) -> list[NDArray[np.int32]]:
    """Rows of the templates over neighbouring words, one array for each."""
    moved: Mapping[int, Ints] = {
        k: shifted(types, k, frame.paragraph, pad).astype(np.int64) for k in range(-2, 3)
    }
    key = {part: keys[moved[part[1]], KINDS.index(part[0])] for part in set(chain.from_iterable(TUPLES))}
    out = []
    for t, (first, *others) in enumerate(TUPLES):
        joined = key[first]
        for part in others:
            joined = joined * _JOIN + key[part]
        out.append(rows(joined, 400 + t, bits))
    return out


def state_rows(
    keys: Keys,
    types: Ints,
    state: Mapping[str, Ints],
    bits: int,
    cross: Sequence[tuple[str, str]] = WORD_AND_STATE,
) -> list[NDArray[np.int32]]:
    """Rows of the place templates and of those that cross a word with its place."""
    out = [place_rows(column, PLACES + t, bits) for t, column in enumerate(state.values())]
    return out + cross_rows(keys, types, state, bits, cross)


PLACES, SECOND_PLACES = 500, 700  # salts of the first place template of each chain


def cross_rows(
    keys: Keys,
    types: Ints,
    state: Mapping[str, Ints],
    bits: int,
    cross: Sequence[tuple[str, str]] = WORD_AND_STATE,
) -> list[NDArray[np.int32]]:
    """Rows of the templates that cross a word with its place."""
    out = []
    for t, (kind, name) in enumerate(cross):
        joined = keys[types, KINDS.index(kind)] * _JOIN + state[name].astype(np.uint64)
        out.append(rows(joined, 600 + t, bits))
    return out
