"""Whether a DataFrame is the table it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

import pandas as pd

from samestory.errors import TableError
from samestory.tables.declaration import Table

_KINDS: Mapping[str, Callable[[pd.Series], bool]] = {
    "number": lambda s: pd.api.types.is_numeric_dtype(s) and not pd.api.types.is_bool_dtype(s),
    "truth": pd.api.types.is_bool_dtype,
    "time": lambda s: str(s.dtype).startswith("datetime64[") and str(s.dtype).endswith(", UTC]"),
    # A column of pandas' own type for text holds nothing else, so that its millions need not be looked at.
    "text": lambda s: isinstance(s.dtype, pd.StringDtype) or all(isinstance(v, str) for v in s.dropna()),
    "spans": lambda s: all(isinstance(v, list) for v in s) and set(map(len, chain.from_iterable(s))) <= {2},
    "any": lambda s: True,
}
_KIND_NAMES = {
    "number": "numbers",
    "truth": "True/False",
    "time": "times in UTC",
    "text": "text",
    "spans": "lists of [start, end]",
    "any": "anything",
}


def check(frame: pd.DataFrame, table: Table, *, need: Iterable[str] = ()) -> pd.DataFrame:
    """Check that a DataFrame is the table it should be, and return it unchanged.

    Parameters
    ----------
    frame : DataFrame
        The table to check; its rows are not copied.
    table : Table
        What it should be, such as ``samestory.tables.ARTICLES``.
    need : iterable of str
        Columns that are optional in general but needed here.

    Returns
    -------
    DataFrame
        ``frame`` itself.

    Raises
    ------
    TableError
        A column is absent, holds values of the wrong kind or missing values, or the key is not unique.

    Examples
    --------
    >>> from samestory.tables import ARTICLES
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": ["Rain fell."]})
    >>> check(articles, ARTICLES) is articles
    True
    """
    if not isinstance(frame, pd.DataFrame):
        raise TableError(
            f"a table of {table.name} was needed (a pandas DataFrame), {type(frame).__name__} was found"
        )
    wanted = [c for c, column in table.columns.items() if column.required] + list(need)
    absent = [c for c in dict.fromkeys(wanted) if c not in frame.columns]
    if absent:
        raise TableError(
            f"the {table.name} table needs the columns {', '.join(absent)}; "
            f"it has {', '.join(map(str, frame.columns)) or 'none'}",
            hint=f"one row is one {table.row}; rename or add the columns",
        )
    for name, column in table.columns.items():
        if name not in frame.columns:
            continue
        values = frame[name]
        missing = values.isna()
        if not column.nullable and missing.any():
            raise TableError(
                f"{table.name}.{name} has {int(missing.sum())} missing values, "
                f"the first in row {missing.to_numpy().argmax()}",
                hint="fill them in or leave these rows out",
            )
        if not missing.all() and not _KINDS[column.kind](values):
            raise TableError(
                f"{table.name}.{name} should hold {_KIND_NAMES[column.kind]}, its dtype is {values.dtype}"
            )
    if table.key and frame.duplicated(list(table.key)).any():
        first = frame.loc[frame.duplicated(list(table.key)), list(table.key)].iloc[0].tolist()
        raise TableError(
            f"two rows of the {table.name} table have the same {', '.join(table.key)}: {first}",
            hint=f"one row is one {table.row}",
        )
    return frame
