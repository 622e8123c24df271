"""The tables that a report is given, each checked or, where it is not given, empty."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from samestory import tables as schema

__all__ = ["table_of"]


def table_of(
    given: Mapping[str, pd.DataFrame], name: str, table: schema.Table, *, needed: bool = False
) -> pd.DataFrame:
    """Return a table of the study; one that is not given has no rows."""
    frame = given.get(name)
    if frame is None and not needed:
        return pd.DataFrame(columns=list(table.columns))
    if frame is not None and frame.empty and len(frame.columns) == 0:
        return pd.DataFrame(columns=list(table.columns))
    return schema.check(frame, table)  # type: ignore[arg-type]
