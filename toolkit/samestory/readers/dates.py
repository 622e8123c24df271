"""Publication dates: text in, UTC out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import numpy as np
import pandas as pd

__all__ = ["read_date", "read_dates"]

# A day, a month's short English name, a year, a time: anything looser would be guessed at.
_RFC_2822 = re.compile(r"(?:[A-Z][a-z]{2}, *)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})?(?: .+)?")


def read_date(text: str) -> datetime | None:
    """Read a date in ISO 8601 or, failing that, RFC 2822; a time without zone is taken as UTC.

    Parameters
    ----------
    text : str
        A date or a date with time.

    Returns
    -------
    datetime or None
        In UTC; None when it is no such date.

    Examples
    --------
    >>> read_date("2025-03-04T06:40+02:00").isoformat()
    '2025-03-04T04:40:00+00:00'
    >>> read_date("Tue, 04 Mar 2025 06:40:00 +0000").isoformat()
    '2025-03-04T06:40:00+00:00'
    >>> read_date("04/03/2025") is None
    True
    """
    text = text.strip()
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        if not _RFC_2822.fullmatch(text):
            return None
        try:
            when = parsedate_to_datetime(text)
        except ValueError:
            return None
    try:
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except OverflowError:
        return None


def read_dates(values: Sequence[str]) -> pd.Series[pd.Timestamp]:
    """Read many dates; what cannot be read is NaT.

    Examples
    --------
    >>> read_dates(["2025-03-04", "soon"]).isna().tolist()
    [False, True]
    """
    found = [read_date(v) for v in values]
    plain = np.array([None if d is None else d.replace(tzinfo=None) for d in found], dtype="datetime64[us]")
    return pd.Series(plain).dt.tz_localize("UTC")
