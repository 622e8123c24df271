"""Tables to look at: in a notebook as a page would print them, in a terminal as plain text."""

from __future__ import annotations

import pandas as pd

from samestory.display.columns import columns_for
from samestory.display.shown import Shown
from samestory.errors import OptionError

__all__ = ["Shown", "show"]


def show(table: pd.DataFrame, *, rows: int = 20, caption: str | None = None) -> Shown:
    """Show a table to read: units in the headers, intervals beside their estimates, text wrapped.

    Parameters
    ----------
    table : DataFrame
        Any table of samestory; estimates, quotes, articles, speakers, terms and sentiment have a layout of
        their own, others are shown column by column.
    rows : int, default 20
        How many rows, from the top; the caption says how many there are.
    caption : str, optional
        Stands above the table, before the number of rows.

    Returns
    -------
    Shown
        Shown by Jupyter as HTML, by ``print`` as text. Nothing in it is markup, whatever the texts hold.

    Raises
    ------
    OptionError
        ``rows`` is below 1.

    Examples
    --------
    >>> groups = pd.DataFrame({"group": ["Herald", "Ledger"], "mean": [0.1, -0.25], "n_articles": [9, 12]})
    >>> print(show(groups, caption="Tone"))
    Tone: 2 rows
    group     mean  n_articles
    ------  ------  ----------
    Herald   0.100           9
    Ledger  -0.250          12
    """
    if rows < 1:
        raise OptionError(f"rows is at least 1; {rows} was found")
    top = table.head(rows)
    n = f"{len(table):,} {'row' if len(table) == 1 else 'rows'}"
    said = n if len(top) == len(table) else f"the first {len(top):,} of {n}"
    return Shown(
        caption=f"{caption}: {said}" if caption else said,
        columns=tuple(c.filled(top) for c in columns_for(table)),
    )
