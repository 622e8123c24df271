"""Tables of the whole corpus that are made part by part: with a store, they are never whole in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from samestory.study.batches import pieces
from samestory.study.batches.pieces import Pieces, Stored
from samestory.study.batches.store import Store

__all__ = ["Made", "part_of", "read_whole", "together"]

#: What a step on the whole corpus gives: tables, or tables and parts of tables one after the other.
Made = Mapping[str, pd.DataFrame] | Iterable[tuple[str, pd.DataFrame]]

_MARK = ".part"


def part_of(name: str, number: int) -> str:
    """Name a part of a table.

    Examples
    --------
    >>> part_of("terms", 3)
    'terms.part00003'
    """
    return f"{name}{_MARK}{number:05}"


def together(made: Made) -> dict[str, pd.DataFrame | Pieces]:
    """Put the parts of each table together.

    Examples
    --------
    >>> parts = ((part_of("numbers", i), pd.DataFrame({"n": [i]})) for i in range(2))
    >>> together(parts)["numbers"]["n"].tolist()
    [0, 1]
    """
    parts: dict[str, list[pd.DataFrame]] = {}
    for name, table in made.items() if isinstance(made, Mapping) else made:
        parts.setdefault(name.partition(_MARK)[0], []).append(table)
    return {name: t[0] if len(t) == 1 else pd.concat(t, ignore_index=True) for name, t in parts.items()}


def read_whole(store: Store, step: str, key: str) -> dict[str, pd.DataFrame | Pieces]:
    """Read the tables of one result; those of more than ``LARGE_ROWS`` rows stay in the store.

    Raises
    ------
    OutputError
        One is damaged.
    """
    parts: dict[str, list[Stored]] = {}
    for full in store.names(step, key):
        name, mark, number = full.partition(_MARK)
        parts.setdefault(name, []).append(Stored(store, step, key, mark + number))
    found = {name: Pieces(name, results) for name, results in parts.items()}
    return {name: p if len(p) > pieces.LARGE_ROWS else p.whole() for name, p in found.items()}
