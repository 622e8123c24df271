"""When each article was published: what stood in the file, what it was read as, and by which rule."""

from __future__ import annotations

import pandas as pd

from samestory import tables
from samestory.readers.dates import Date, DateOrder, check_order, read_dates, url_day

__all__ = ["date_articles", "settle_dates"]


def date_articles(
    frame: pd.DataFrame, given: pd.Series[str]
) -> tuple[pd.DataFrame, dict[str, pd.Series[bool]]]:
    """Read the dates of articles; where there is none, take the day in the web address.

    Parameters
    ----------
    frame : DataFrame
        Rows of articles, with ``url`` where it is known.
    given : Series of str
        What stands in the file as publication date; empty where nothing does.

    Returns
    -------
    DataFrame
        The rows with ``published``, ``published_raw``, ``published_precision`` and ``published_from``.
    dict of str to Series of bool
        Rows by flag.
    """
    before = _known(frame, "published_raw")
    given = given.where(given != "", before.fillna(""))
    found = read_dates(given.tolist()).set_axis(frame.index)
    none = given == ""
    addresses = frame["url"] if "url" in frame.columns else pd.Series(None, index=frame.index, dtype="str")
    days: list[Date | None] = [
        url_day(url) if empty and isinstance(url, str) else None
        for url, empty in zip(addresses, none, strict=True)
    ]
    by_url = pd.Series([d is not None for d in days], index=frame.index, dtype="bool")
    from_url = pd.Series([None if d is None else d.when for d in days], index=frame.index)
    published = found["published"].where(
        ~by_url, pd.to_datetime(from_url, utc=True).astype("datetime64[us, UTC]")
    )
    rule = _known(frame, "published_from").fillna(pd.Series("given", index=frame.index, dtype="str"))
    precise = _known(frame, "published_precision").fillna(found["published_precision"])
    dated = frame.assign(
        published=published,
        published_raw=before.fillna(given.where(~none)),
        published_precision=precise.mask(by_url, "day").where(published.notna()).astype("str"),
        published_from=rule.mask(by_url, "url").where(by_url | ~none).astype("str"),
    )
    bad = published.isna() & ~none & ~found["ambiguous"] & ~found["vague"]
    flags = {"no_date": none & ~by_url, "bad_date": bad, "ambiguous_date": found["ambiguous"]}
    return dated, {**flags, "vague_date": found["vague"] & published.isna(), "date_from_url": by_url}


def _known(frame: pd.DataFrame, column: str) -> pd.Series[str]:
    """Return what a table says already, such as one that was read and saved before."""
    if column not in frame.columns:
        return pd.Series(None, index=frame.index, dtype="str")
    values = frame[column].astype("str")
    return values.mask(values == "")


def settle_dates(articles: pd.DataFrame, order: DateOrder | None) -> pd.DataFrame:
    """Read the dates that can be read in two ways, now that the order of day and month is known.

    Parameters
    ----------
    articles : DataFrame
        Articles table, as read.
    order : {"dmy", "mdy"} or None
        Whether 03/04/2024 is 3 April or March 4; None changes nothing.

    Returns
    -------
    DataFrame
        The articles, with ``published`` where the flag ``ambiguous_date`` was.

    Raises
    ------
    OptionError
        There is no such order.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": ["Rain."],
    ...     "published": pd.to_datetime([None], utc=True), "published_raw": ["03/04/2024"],
    ...     "published_precision": [None], "flags": ["ambiguous_date"]})
    >>> settle_dates(articles, "dmy")[["published", "flags"]].iloc[0].tolist()
    [Timestamp('2024-04-03 00:00:00+0000', tz='UTC'), '']
    """
    order = check_order(order)
    rows = tables.has_flag(articles, "ambiguous_date")
    if order is None or not rows.any():
        return articles
    found = read_dates(articles.loc[rows, "published_raw"].tolist(), order=order).set_axis(
        articles.index[rows]
    )
    published = articles["published"].astype("datetime64[us, UTC]").copy()
    precision = articles["published_precision"].astype("str").copy()
    published[rows] = found["published"]
    precision[rows] = found["published_precision"]
    flags = [
        " ".join(code for code in flag.split() if code != "ambiguous_date") if row else flag
        for flag, row in zip(articles["flags"], rows, strict=True)
    ]
    settled = articles.assign(
        published=published,
        published_precision=precision,
        flags=pd.Series(flags, index=articles.index, dtype="str"),
    )
    return tables.add_flag(settled, rows & published.isna(), "bad_date")
