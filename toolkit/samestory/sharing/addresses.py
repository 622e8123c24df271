"""Web addresses: when two are the same page, and where the Internet Archive would have it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pandas as pd

__all__ = ["ARCHIVE", "archive_page", "archive_url", "same_address"]

#: Where the Internet Archive gives pages as they were.
ARCHIVE = "https://web.archive.org/web/"
_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|mc_[ce]id|igshid|cmpid|ito|ns_\w+)(?:=|$)", re.IGNORECASE
)
_STAMP = re.compile(rf"^({re.escape(ARCHIVE)}\d{{1,14}})/")


def same_address(url: str) -> str:
    """Return what two addresses of one page have in common.

    Parameters
    ----------
    url : str
        A web address.

    Returns
    -------
    str
        The address without scheme, ``www.``, fragment, tracking parameters and slash at the end; the host in
        lower case.

    Examples
    --------
    >>> same_address("http://www.Herald.example/a/?id=3&utm_source=x#top")
    'herald.example/a?id=3'
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:  # an address that is none is itself
        return url.strip()
    query = "&".join(p for p in parts.query.split("&") if p and not _TRACKING.match(p))
    return f"{host}{port}{parts.path.rstrip('/')}{'?' if query else ''}{query}"


def archive_url(
    url: str | None, published: pd.Timestamp | None, *, precision: str | None = None
) -> str | None:
    """Make the address at which the Internet Archive would have a page, nearest to its date.

    Parameters
    ----------
    url : str or None
        The address of the page.
    published : Timestamp or None
        Its publication; without it, the first capture.
    precision : str, optional
        ``day`` where only the day is known.

    Returns
    -------
    str or None
        An address that nobody has looked up: the page may never have been captured.

    Examples
    --------
    >>> archive_url("https://herald.example/a", pd.Timestamp("2025-03-04 06:40", tz="UTC"))
    'https://web.archive.org/web/20250304064000/https://herald.example/a'
    """
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    known = published is not None and not pd.isna(published)
    form = "%Y%m%d" if precision == "day" else "%Y%m%d%H%M%S"
    stamp = published.strftime(form) if published is not None and known else "1"
    return f"{ARCHIVE}{stamp}/{url}"


def archive_page(url: str) -> str:
    """Return the address of the captured page itself, without the archive's own frame around it.

    Examples
    --------
    >>> archive_page("https://web.archive.org/web/20250304/https://herald.example/a")
    'https://web.archive.org/web/20250304id_/https://herald.example/a'
    """
    return _STAMP.sub(r"\1id_/", url)
