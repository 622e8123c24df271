"""WARC, the format of web archives and news crawls, with the extra ``documents``."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from samestory.errors import CorpusError, MissingExtraError
from samestory.readers.html import decoded_page, need_trafilatura, page_row
from samestory.readers.layouts.parts import Row
from samestory.readers.source import Source

__all__ = ["MAX_PAGE_BYTES", "read_warc"]

#: Most bytes of one page in a crawl.
MAX_PAGE_BYTES = 20_000_000
_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source) -> list[Row]:
    """Read the pages of a crawl, gzipped or not.

    Returns
    -------
    list of dict
        One row per page that the server gave (status 200, HTML), and per plain text of a WET file. The outlet
        is the host name of the address without ``www.``; ``crawled`` is when the page was fetched, which is
        not its publication. An archive that breaks off ends with a row that says so.

    Raises
    ------
    CorpusError
        The file is no WARC, or has no page.
    MissingExtraError
        warcio or trafilatura is not installed.
    """
    if find_spec("warcio") is None:
        raise MissingExtraError.for_package("warcio", extra="documents", purpose="reading web archives")
    need_trafilatura()
    others: Counter[str] = Counter()
    rows: list[Row] = []
    with source.open() as file:
        for number, record in _records(file):
            if isinstance(record, Exception):
                broken = f"the archive is damaged; {number} records could be read ({str(record)[:80]})"
                if not rows and not others:
                    raise CorpusError(
                        f"the file cannot be read as WARC ({record})", path=source.place
                    ) from record
                rows.append({"text": "", "unreadable": True, "note": broken})
                break
            what = _kind(record)
            if what == "page":
                rows.append(_page(record))
            else:
                others[what] += 1
    if not rows:
        kinds = ", ".join(f"{n} {k}" for k, n in sorted(others.items()))
        raise CorpusError(f"no page is in this web archive; found {kinds or 'nothing'}", path=source.place)
    # How many records were no pages goes to the table of files.
    left = ", ".join(f"{n} {k}" for k, n in sorted(others.items()))
    return [row | ({"file_note": f"no pages: {left}"} if left else {}) for row in rows]


def _records(file: Any) -> Iterator[tuple[int, Any]]:
    """Give each record with its number; last, where the archive is damaged, the exception."""
    from warcio.archiveiterator import ArchiveIterator

    number = 0
    records = ArchiveIterator(file)
    try:
        # warcio prints to stderr where bytes lie between records; here they are counted and told in a row.
        while (record := _next(records)) is not None:
            number += 1
            yield number, record
        if records.err_count:
            raise CorpusError(f"{records.err_count} times, bytes belong to no record")
    except Exception as error:  # warcio meets whatever a cut-off archive holds
        yield number, error


def _next(records: Any) -> Any:
    with redirect_stderr(io.StringIO()):
        return next(records, None)


def _kind(record: Any) -> str:
    if record.rec_type == "conversion":
        return "page"
    if record.rec_type not in ("response", "resource"):
        return str(record.rec_type)
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return f"answer {status}"[:20]
    headers = record.http_headers or record.rec_headers
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return "page" if kind in _PAGES else (kind or "of unknown kind")[:40]


def _page(record: Any) -> Row:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    row: Row = {"text": "", "url": url, "crawled": record.rec_headers.get_header("WARC-Date") or ""}
    try:
        raw = record.content_stream().read(MAX_PAGE_BYTES + 1)
        if len(raw) > MAX_PAGE_BYTES:
            raise CorpusError(f"the page has more than {MAX_PAGE_BYTES:,} bytes")
        if getattr(record.raw_stream, "limit", 0) > 0:  # bytes that the record promises and the file lacks
            raise CorpusError("the archive breaks off in this page")
        text, row["encoding"] = decoded_page(raw)
        row |= {"text": text} if record.rec_type == "conversion" else page_row(text, url=url or None)
    except Exception as error:  # one page of many: it is flagged, and the others are read
        problem = error.problem if isinstance(error, CorpusError) else f"{type(error).__name__}: {error}"
        row |= {"unreadable": True, "note": problem[:200]}
    host = _host(url)
    return row | ({"outlet": host, "outlet_from": "web address"} if host else {})


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
