"""Text, links and anchors from a corpus, made safe to stand in a page; nothing of it is ever markup."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

__all__ = ["anchors", "plain", "web_address"]

# Controls that HTML and XML forbid, halves of characters, and the marks that turn the writing of all that
# follows round. Marks that only colour a single letter's direction stay: Arabic and Hebrew need them.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_SPACE = re.compile(r"\s|[\x00-\x20]")


def plain(text: Any) -> str:
    r"""Return a value as text without control characters; missing values become an empty text.

    Examples
    --------
    >>> plain("Har\u202ebour"), plain(None), plain(float("nan"))
    ('Harbour', '', '')
    """
    if isinstance(text, str):
        return _UNSAFE.sub("", text)
    if text is None or (pd.api.types.is_scalar(text) and pd.isna(text)):
        return ""
    return _UNSAFE.sub("", str(text))


def web_address(url: object) -> str | None:
    r"""Return an address that may be linked, or None: http and https only, with a host and no blanks.

    Examples
    --------
    >>> web_address("https://example.org/a?b=1"), web_address("java\nscript:alert(1)")
    ('https://example.org/a?b=1', None)
    """
    text = url if isinstance(url, str) else ""
    if not text or _SPACE.search(text) or plain(text) != text:
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme.lower() in {"http", "https"} and parts.hostname else None


def anchors(names: Iterable[str], prefix: str) -> dict[str, str]:
    """Give each name an anchor of letters, digits and hyphens; no two share one.

    Examples
    --------
    >>> anchors(["a/1.txt", "a 1 txt"], "a-")
    {'a 1 txt': 'a-a-1-txt', 'a/1.txt': 'a-a-1-txt-2'}
    """
    out: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(set(names)):
        base = prefix + (re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:60] or "x")
        anchor, n = base, 1
        while anchor.lower() in taken:
            n += 1
            anchor = f"{base}-{n}"
        taken.add(anchor.lower())
        out[name] = anchor
    return out
