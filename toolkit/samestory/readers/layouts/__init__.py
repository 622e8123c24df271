"""Exports of news databases as text: one layout, one file; it gives rows, or None where it is not met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from samestory.readers.layouts.factiva import read_factiva
from samestory.readers.layouts.header import read_header
from samestory.readers.layouts.nexis import read_nexis
from samestory.readers.layouts.parts import Row
from samestory.readers.layouts.proquest import read_proquest

__all__ = ["LAYOUTS", "rows_of_text"]

#: The layouts by name, in the order in which they are tried.
LAYOUTS: Mapping[str, Callable[[list[str]], list[Row] | None]] = MappingProxyType(
    {"Nexis Uni": read_nexis, "Factiva": read_factiva, "ProQuest": read_proquest}
)


def rows_of_text(text: str) -> list[Row]:
    r"""Split the text of one file into its articles.

    Parameters
    ----------
    text : str
        The file, lines ended by a line feed.

    Returns
    -------
    list of dict
        One row per article with what the layout says of it; one row with the text where there is no layout.

    Examples
    --------
    >>> rows_of_text("Title: Rain\nOutlet: Herald\n\nRain fell.")
    [{'title': 'Rain', 'outlet': 'Herald', 'text': 'Rain fell.', 'outlet_from': 'header'}]
    """
    lines = text.split("\n")
    for name, read in LAYOUTS.items():
        rows = read(lines)
        if rows:
            found = {"outlet": "outlet_from", "published": "published_from"}
            return [r | {rule: f"{name} field" for c, rule in found.items() if r.get(c)} for r in rows]
    return read_header(text)
