"""What was read of each file, and which tables beside documents are articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from samestory.readers.listing import Found
from samestory.readers.media_cloud import as_address_list, is_address_list
from samestory.readers.outlets import place_document, place_table
from samestory.readers.source import Source

__all__ = ["Part", "select_parts"]


@dataclass(frozen=True, eq=False)
class Part:
    """The rows of one file as they stand in it."""

    found: Found
    rows: pd.DataFrame
    is_table: bool
    failed: str = ""

    @classmethod
    def flagged(cls, found: Found, code: str, note: str) -> Part:
        """Make the row of a file that could not be read, or was not to be."""
        return cls(found, pd.DataFrame([{"text": "", code: True, "note": note}]), False, failed=code)

    @property
    def source(self) -> Source:
        """The file."""
        return self.found.source

    @property
    def note(self) -> str:
        """What the reader had to say of the file as a whole."""
        if self.failed:
            return str(self.rows["note"].iloc[0])
        return str(self.rows["_file_note"].iloc[0]) if "_file_note" in self.rows.columns else self.found.note

    def placed(self, columns: Mapping[str, str]) -> pd.DataFrame:
        """Give the rows outlet and date by the place of the file, with the rules that were used."""
        rows = self.rows.drop(columns="_file_note", errors="ignore")
        if self.found.odd_name:
            rows = rows.assign(odd_name=True)
        if not self.is_table:
            return place_document(rows, self.source)
        listed = not columns and is_address_list(rows)
        return place_table(as_address_list(rows) if listed else rows, self.source, columns)

    def file_row(self) -> dict[str, object]:
        """Return the file's row in the table of files, but for the number of articles."""
        encoding = (
            self.rows["encoding"].iloc[0] if "encoding" in self.rows.columns and len(self.rows) else None
        )
        return {
            "file": self.source.name,
            "format": self.source.suffix,
            "status": self.failed or "read",
            "n_articles": 0,
            "encoding": encoding if isinstance(encoding, str) else None,
            "note": self.note or None,
        }


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
    found = set(part.rows.columns)
    outlet = columns.get("outlet", "outlet") in found or len(part.source.below.parts) > 1
    return (columns.get("text", "text") in found and outlet) or (not columns and is_address_list(part.rows))
