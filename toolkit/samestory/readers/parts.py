"""What was read of each file, and which tables beside documents are articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from samestory.readers.layouts.parts import Row
from samestory.readers.listing import Found
from samestory.readers.media_cloud import as_address_list, is_address_list
from samestory.readers.outlets import place_document, place_table
from samestory.readers.source import Source

__all__ = ["Part", "Rows", "select_parts"]


Rows = pd.DataFrame | list[Row]


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of one file as they stand in it: a DataFrame from a table, a list of dicts from a document."""

    found: Found
    rows: Rows
    failed: str = ""

    @classmethod
    def flagged(cls, found: Found, code: str, note: str) -> Part:
        """Make the row of a file that could not be read, or was not to be."""
        return cls(found, [{"text": "", code: True, "note": note}], failed=code)

    @property
    def source(self) -> Source:
        """The file."""
        return self.found.source

    @property
    def is_table(self) -> bool:
        """Whether the file is a table."""
        return isinstance(self.rows, pd.DataFrame)

    @property
    def note(self) -> str:
        """What the reader had to say of the file as a whole."""
        if isinstance(self.rows, pd.DataFrame) or not self.rows:
            return self.found.note
        return str(self.rows[0].get("note" if self.failed else "file_note", ""))

    def placed(self, columns: Mapping[str, str]) -> Rows:
        """Give the rows outlet and date by the place of the file, with the rules that were used."""
        odd: Row = {"odd_name": True} if self.found.odd_name else {}
        if not isinstance(self.rows, pd.DataFrame):
            return [row | odd for row in place_document(self.rows, self.source)]
        listed = not columns and is_address_list(self.rows)
        rows = as_address_list(self.rows) if listed else self.rows
        return place_table(rows.assign(**odd), self.source, columns)

    def file_row(self) -> dict[str, object]:
        """Return the file's row in the table of files, but for the number of articles."""
        return {
            "file": self.source.name,
            "format": self.source.suffix,
            "status": self.failed or "read",
            "n_articles": 0,
            "encoding": self._encoding(),
            "note": self.note or None,
        }

    def _encoding(self) -> object:
        if isinstance(self.rows, pd.DataFrame):
            known = "encoding" in self.rows.columns and len(self.rows) > 0
            return str(self.rows["encoding"].iloc[0]) if known else None
        return self.rows[0].get("encoding") if self.rows else None


def select_parts(parts: list[Part], columns: Mapping[str, str]) -> tuple[list[Part], list[Found]]:
    """Set tables aside that accompany documents: those without text or outlet.

    Where there are tables only, all are kept, and one that lacks a column is an error later.
    """
    aside = [p for p in parts if p.is_table and not _has_articles(p, columns)]
    if not any(not p.is_table and not p.failed for p in parts):
        return parts, []
    why = "a table without the columns text and outlet"
    return [p for p in parts if p not in aside], [Found(p.source, "beside", why) for p in aside]


def _has_articles(part: Part, columns: Mapping[str, str]) -> bool:
    if not isinstance(part.rows, pd.DataFrame):
        return True
    found = set(part.rows.columns)
    outlet = columns.get("outlet", "outlet") in found or len(part.source.below.parts) > 1
    return (columns.get("text", "text") in found and outlet) or (not columns and is_address_list(part.rows))
