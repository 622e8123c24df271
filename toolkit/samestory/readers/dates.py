"""Publication dates: text in, UTC out, with the precision of what was given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from samestory.errors import OptionError

__all__ = [
    "DATE_ORDERS",
    "AmbiguousDate",
    "Date",
    "DateOrder",
    "check_order",
    "read_date",
    "read_dates",
    "url_day",
]

DateOrder = Literal["dmy", "mdy"]
DATE_ORDERS = ("dmy", "mdy")

_MONTHS = {
    name[:n]: i
    for i, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for n in (3, 4, len(name))
}
_MONTH = "(?P<name>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +)?"
_TIME = (
    r"(?:,?(?: +at)?[ T]+(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?\(?(?P<zone>z|[a-z]{2,5}|(?:utc|gmt)?[+-]\d\d:?\d\d)\)?)?)?"
)
_WRITTEN = re.compile(
    rf"{_WEEKDAY}(?:{_DAY} +{_MONTH},? +(?P<year>\d{{4}})|{_MONTH.replace('name', 'name2')} +"
    rf"{_DAY.replace('day', 'day2')},? +(?P<year2>\d{{4}})){_TIME}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<y>\d{{4}}|\d\d){_TIME}", re.IGNORECASE
)
_YEAR_FIRST = re.compile(
    rf"(?P<y>\d{{4}})(?P<sep>[/.])(?P<b>\d{{1,2}})(?P=sep)(?P<a>\d{{1,2}}){_TIME}", re.IGNORECASE
)
_VAGUE = re.compile(rf"(?P<year>\d{{4}})|\d{{4}}[-/.]\d{{1,2}}|{_MONTH},? +\d{{4}}", re.IGNORECASE)
# Hours from UTC of the zones that news in English names. EST and the like are those of North America.
_ZONES = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0.0),
    **dict.fromkeys(("cet", "bst", "west"), 1.0),
    **dict.fromkeys(("cest", "eet", "sast"), 2.0),
    **dict.fromkeys(("eest", "msk"), 3.0),
    **{
        "edt": -4.0,
        "est": -5.0,
        "cdt": -5.0,
        "cst": -6.0,
        "mdt": -6.0,
        "mst": -7.0,
        "pdt": -7.0,
        "pst": -8.0,
    },
}
_URL_DAY = re.compile(
    rf"(?<![\d])(?P<y>(?:19[89]|20\d)\d)(?:(?P<sep>[/-])(?:(?P<m>\d\d?)|{_MONTH})(?P=sep)(?P<d>\d\d?)"
    r"|(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01]))(?!\d)",
    re.IGNORECASE,
)


class Date(NamedTuple):
    """A moment in UTC and how exactly it was given: ``second``, ``minute`` or ``day``."""

    when: datetime
    precision: str


class AmbiguousDate(ValueError):
    """A date that is one day in one order and another in the other."""


def check_order(order: str | None) -> DateOrder | None:
    """Return the order of numbers in a date.

    Raises
    ------
    OptionError
        It is neither "dmy" nor "mdy".
    """
    if order is None or order in DATE_ORDERS:
        return order  # type: ignore[return-value]
    raise OptionError(
        f"date_order is {' or '.join(map(repr, DATE_ORDERS))}; {order!r} was found",
        hint="dmy reads 03/04/2024 as 3 April, mdy as March 4",
    )


def read_date(text: str, *, order: DateOrder | None = None) -> Date | None:
    """Read one date; a time without zone is taken as UTC.

    Parameters
    ----------
    text : str
        ISO 8601; a date written with an English month, weekday and zone or without; or numbers such as
        31/12/2024.
    order : {"dmy", "mdy"}, optional
        Which number is the day where both may be, as in 03/04/2024.

    Returns
    -------
    Date or None
        None when it is no such date, or only a month or a year.

    Raises
    ------
    AmbiguousDate
        Both numbers may be the day, and no ``order`` is given.

    Examples
    --------
    >>> read_date("2025-03-04T06:40+02:00").when.isoformat()
    '2025-03-04T04:40:00+00:00'
    >>> read_date("Tuesday, March 4, 2025 at 6:40 p.m. EST").when.isoformat()
    '2025-03-04T23:40:00+00:00'
    >>> read_date("04/03/2025", order="dmy").when.date().isoformat()
    '2025-03-04'
    """
    text = " ".join(text.split())
    try:
        iso = datetime.fromisoformat(text)
    except ValueError:
        return _read_other(text, order)
    if _VAGUE.fullmatch(text):  # Python reads no such text today; a year alone is no day in any version
        return None
    # A day may be written with two hyphens, with none, or as a week; a time begins behind it.
    clock = re.split("[+Zz-]", text[8:] if text[:8].isdigit() else text[10:])[0]
    precision = (
        "day" if ":" not in clock and len(clock) < 4 else "second" if clock.count(":") > 1 else "minute"
    )
    return _utc(iso, precision if clock else "day")


def _utc(when: datetime, precision: str) -> Date | None:
    try:
        return Date(when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC), precision)
    except OverflowError:
        return None


def _read_other(text: str, order: DateOrder | None) -> Date | None:
    found = _WRITTEN.fullmatch(text)
    if found:
        name = (found["name"] or found["name2"]).lower()
        year, day = int(found["year"] or found["year2"]), int(found["day"] or found["day2"])
        return _moment(year, _MONTHS[name], day, found)
    found = _YEAR_FIRST.fullmatch(text)
    if found:
        return _moment(int(found["y"]), int(found["b"]), int(found["a"]), found)
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    a, b, year = int(found["a"]), int(found["b"]), int(found["y"])
    if (a != b and a <= 12 and b <= 12) or len(found["y"]) == 2:
        if order is None:
            raise AmbiguousDate(text)
        year += 2000 if len(found["y"]) == 2 else 0
    day_first = order == "dmy" if order and a <= 12 and b <= 12 else a > 12 or b <= 12
    return _moment(year, *((b, a) if day_first else (a, b)), found)


def _moment(year: int, month: int, day: int, found: re.Match[str]) -> Date | None:
    """Put day and time together; in a zone that nobody knows, the day alone."""
    try:
        if found["hour"] is None:
            return Date(datetime(year, month, day, tzinfo=UTC), "day")
        hour = int(found["hour"])
        if found["half"]:
            hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
        when = datetime(year, month, day, hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None
    hours = _zone(found["zone"] or "utc")
    if hours is None:
        return Date(datetime(year, month, day, tzinfo=UTC), "day")
    zoned = when.replace(tzinfo=timezone(timedelta(hours=hours)))
    return _utc(zoned, "second" if found["second"] else "minute")


def _zone(name: str) -> float | None:
    lower = name.lower().removeprefix("utc").removeprefix("gmt") or "utc"
    if lower[0] in "+-":
        digits = lower[1:].replace(":", "")
        hours = int(digits[:2]) + int(digits[2:]) / 60
        return (hours if lower[0] == "+" else -hours) if hours < 24 else None
    return _ZONES.get(lower)


def url_day(url: str) -> Date | None:
    """Find a day in a web address.

    Examples
    --------
    >>> url_day("https://herald.example/world/2025/mar/04/ferry").when.date().isoformat()
    '2025-03-04'
    >>> url_day("https://herald.example/ferry-12345678") is None
    True
    """
    for found in _URL_DAY.finditer(url):
        month = _MONTHS[found["name"].lower()] if found["name"] else int(found["m"] or found["m2"])
        try:
            return Date(datetime(int(found["y"]), month, int(found["d"] or found["d2"]), tzinfo=UTC), "day")
        except ValueError:
            continue
    return None


def read_dates(values: Sequence[str], *, order: DateOrder | None = None) -> pd.DataFrame:
    """Read many dates.

    Returns
    -------
    DataFrame
        ``published`` (UTC; NaT where there is no date), ``published_precision`` (missing there) and the truth
        values ``ambiguous`` and ``vague`` (only a month or a year is given).

    Examples
    --------
    >>> read_dates(["2025-03-04", "soon", "03/04/2025", "May 2025"])[["ambiguous", "vague"]].sum().tolist()
    [1, 1]
    """
    found: list[Date | None] = []
    ambiguous = []
    for value in values:
        try:
            found.append(read_date(value, order=order) if value else None)
            ambiguous.append(False)
        except AmbiguousDate:
            found.append(None)
            ambiguous.append(True)
    plain = np.array(
        [None if d is None else d.when.replace(tzinfo=None) for d in found], dtype="datetime64[us]"
    )
    vague = [_VAGUE.fullmatch(" ".join(v.split())) is not None for v in values]
    return pd.DataFrame(
        {
            "published": pd.Series(plain).dt.tz_localize("UTC"),
            "published_precision": pd.Series(
                [None if d is None else d.precision for d in found], dtype="str"
            ),
            "ambiguous": pd.Series(ambiguous, dtype="bool"),
            "vague": pd.Series(vague, dtype="bool"),
        }
    )
