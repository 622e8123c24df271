"""Saved web pages, with the extra ``documents``: trafilatura finds the text and the metadata."""

from __future__ import annotations

import logging
import re
from importlib.util import find_spec
from typing import Any

from samestory.errors import CorpusError, MissingExtraError
from samestory.readers.dates import read_date
from samestory.readers.encodings import FALLBACK, decode_text
from samestory.readers.layouts.parts import Row
from samestory.readers.source import Source

__all__ = ["decoded_page", "need_trafilatura", "page_row", "read_html"]

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_IN_JSON = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
# Names of the same encoding on the web (the WHATWG standard); Python's "latin-1" leaves curly quotes out.
_AS_WINDOWS = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"})
_NAMES = ("@property='article:published_time'", "@itemprop='datePublished'", "@name='datePublished'")
_TIME = f"//meta[{' or '.join(_NAMES)}]/@content"


def read_html(source: Source) -> list[Row]:
    """Read a saved page as one article.

    Returns
    -------
    list of dict
        One row with ``text``, ``encoding`` and, as far as the page says so, ``title``, ``outlet``,
        ``published``, ``url`` and ``byline``. A page in which no article is found has an empty text.

    Raises
    ------
    CorpusError
        The file is no text.
    MissingExtraError
        trafilatura is not installed.
    """
    need_trafilatura()
    text, encoding = decoded_page(source.read())
    return [page_row(text) | {"encoding": encoding}]


def need_trafilatura() -> None:
    """Say which extra is missing."""
    if find_spec("trafilatura") is None:
        raise MissingExtraError.for_package("trafilatura", extra="documents", purpose="reading web pages")
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        # What they log of a page is in its row; without a handler, Python would print it.
        if not logging.getLogger(name).handlers:
            logging.getLogger(name).addHandler(logging.NullHandler())


def decoded_page(raw: bytes) -> tuple[str, str]:
    """Decode a page: by its byte order mark, as UTF-8, by its own word, or by the rule for text."""
    declared = _DECLARED.search(raw[:4096])
    name = declared[1].decode("ascii").lower() if declared else ""
    try:
        text, encoding = decode_text(raw)
        if encoding != FALLBACK or name in ("", *_AS_WINDOWS):
            return text, encoding
    except CorpusError:
        if not name or b"\0" in raw:
            raise
    try:
        return raw.decode(name), name
    except (LookupError, ValueError):  # no such encoding, not in it, or no encoding of text
        return decode_text(raw)


def page_row(page: str, *, url: str | None = None) -> Row:
    """Take the article out of a page.

    Parameters
    ----------
    page : str
        The page's HTML.
    url : str, optional
        Its address, where a crawl knows it.
    """
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    try:
        # An XML declaration in text that is decoded already would make the parser give up.
        tree = load_html(_XML_DECLARATION.sub("", page.replace("\0", ""), count=1))
        if tree is None:
            return {"text": "", "note": "no HTML page was found in the file"}
        published = _published(tree, page)
        found = bare_extraction(
            tree,
            url=url,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # a page from anywhere: whatever the parser meets is this page's fault
        raise CorpusError(f"the page cannot be parsed ({type(error).__name__}: {str(error)[:80]})") from error
    if found is None:
        return {"text": "", "note": "no article was found on the page", **({"url": url} if url else {})}
    return _row(found.as_dict() if hasattr(found, "as_dict") else dict(found), published, url)


def _row(found: dict[str, Any], published: str | None, url: str | None) -> Row:
    title = " ".join((found.get("title") or "").split())
    lines = [line for line in (found.get("text") or "").split("\n") if line.strip()]
    if lines and title and " ".join(lines[0].split()) == title:
        lines = lines[1:]  # a headline is not body
    day = published or found.get("date") or ""
    address = url or found.get("url") or ""
    outlet = found.get("sitename") or found.get("hostname") or ""
    row: Row = {
        "text": "\n\n".join(lines),
        "title": title,
        "url": address,
        "outlet": outlet,
        "published": day,
    }
    row["byline"] = found.get("author") or ""
    if outlet:
        row["outlet_from"] = "page metadata"
    if day:
        row["published_from"] = "page metadata"
    return row


def _published(tree: Any, page: str) -> str | None:
    """Find the publication time to the minute; trafilatura's own dates are days."""
    given = [*map(str, tree.xpath(_TIME)), *_IN_JSON.findall(page[:500_000])]
    return next((g.strip() for g in given if read_date(g) is not None), None)
