"""What a table and a column are, and the columns that many tables share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Column:
    """One column: kind of value, unit or meaning, and whether it may be absent or hold missing values.

    ``kind`` is one of ``text``, ``number``, ``time`` (UTC), ``truth``, ``spans`` (a list of
    ``[start, end]`` character offsets) and ``any``.
    """

    kind: str
    meaning: str
    required: bool = True
    nullable: bool = False


@dataclass(frozen=True)
class Table:
    """What one row is, which columns identify it, and which columns there are."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: Mapping[str, Column]


def table(name: str, row: str, key: tuple[str, ...], columns: dict[str, Column]) -> Table:
    """Declare a table; its columns cannot be changed afterwards."""
    return Table(name, row, key, MappingProxyType(columns))


def only(whole: Table, *columns: str) -> Table:
    """Declare some columns of a table, for what reads no more than these; the key is not looked at.

    Examples
    --------
    >>> ids = only(table("t", "row", ("a",), {"a": ID, "b": START}), "a")
    >>> list(ids.columns), ids.key
    (['a'], ())
    """
    return Table(whole.name, whole.row, (), MappingProxyType({c: whole.columns[c] for c in columns}))


# Columns that many tables share.
ID = Column("text", "identifies the article in the corpus")
OUTLET = Column("text", "the news outlet")
OUTLET_OF = Column("text", "the news outlet; missing when nothing names it", nullable=True)
OUTLET_TRAVELS = Column("text", "the news outlet, copied from the article", required=False, nullable=True)
STORY = Column("text", "the story (one event) that the article tells", required=False, nullable=True)
START = Column("number", "first character in articles.text, counted from 0")
END = Column("number", "one past the last character in articles.text")
