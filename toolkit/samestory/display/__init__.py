"""Tables to look at: in a notebook as a page would print them, in a terminal as plain text."""

from __future__ import annotations

import pandas as pd

from samestory.display.columns import columns_for
from samestory.display.shown import Shown
from samestory.errors import OptionError

__all__ = ["Shown", "show"]


def show(table: pd.DataFrame, *, rows: int = 20, caption: str | None = None) -> Shown:
    """Show a table as a reader wants it: units in the headers, intervals beside their estimates, text wrapped.

    Parameters
    ----------
    table : DataFrame
        Any table of samestory; estimates, quotes, articles, speakers, terms and sentiment have a layout of their
        own, others are shown column by column.
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
    >>> table = pd.DataFrame({"outlet": ["Herald"], "speaker": ["Mayor Finch"], "n_quotes": [4],
    ...     "quoted_words": [60], "share": [0.4], "low": [0.17], "high": [0.69], "n_articles": [2]})
    >>> print(show(table))
    1 row
    outlet  speaker      share of attributions, % [95 % interval]  attributions (n)  quoted words  articles (n)
    ------  -----------  ----------------------------------------  ----------------  ------------  ------------
    Herald  Mayor Finch                             40.0 [17, 69]                 4            60             2
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
