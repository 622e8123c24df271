"""Reason codes of articles: what is wrong with one, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from samestory.errors import TableError

#: Reason codes of ``articles.flags``: what is wrong with an article, and what follows.
FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "unreadable": "the file could not be read, column note says why; it is listed and measured nowhere",
        "refused": "its name or form in the archive is not safe to read; it is listed and measured nowhere",
        "no_file": "the metadata list a file that is not there; it is listed and measured nowhere",
        "address_only": "an address without a text; it is listed and measured nowhere",
        "too_long": "longer than any article (2,000,000 characters); it is listed and measured nowhere",
        "no_text": "the article has no text; it is listed and measured nowhere",
        "furniture_only": "cleaning left no text; the article is listed and measured nowhere",
        "quarantined": "worker processes died or ran out of memory on it; it is listed and measured nowhere",
        "no_date": "no publication date; aligned by its words alone",
        "bad_date": "the publication date could not be read; treated as unknown",
        "ambiguous_date": "03/04 can be two days; give date_order (dmy or mdy). Until then unknown",
        "vague_date": "only a month or a year is given; treated as unknown",
        "date_from_url": "the publication day is the one in the web address",
        "not_english": "not in English; aligned, but in no measure, since the measures read English only",
        "no_outlet": "no outlet is named; the article is in no comparison",
        "guessed_encoding": "neither UTF-8 nor UTF-16; it was read as Windows-1252",
        "damaged_characters": "it holds NULs or halves of characters; each became U+FFFD",
        "odd_name": "its name in the archive cannot stand in a folder on every system; it was read anyway",
        "duplicate_id": "another article has the same id; a number was added to this one",
    }
)


def has_flag(articles: pd.DataFrame, *codes: str) -> pd.Series[bool]:
    """Say for each article whether it carries at least one of the reason codes.

    Examples
    --------
    >>> has_flag(pd.DataFrame({"flags": ["no_date", ""]}), "no_date", "no_text").tolist()
    [True, False]
    """
    if "flags" not in articles.columns:
        return pd.Series(False, index=articles.index)
    return articles["flags"].map(lambda f: not set(codes).isdisjoint(f.split())).astype(bool)


def add_flag(articles: pd.DataFrame, rows: pd.Series[bool], code: str) -> pd.DataFrame:
    """Return the articles with a reason code added to some rows.

    Examples
    --------
    >>> articles = pd.DataFrame({"text": ["", "Rain."], "flags": ["no_date", ""]})
    >>> add_flag(articles, articles["text"] == "", "no_text")["flags"].tolist()
    ['no_date no_text', '']
    """
    if code not in FLAGS:
        raise TableError(f"'{code}' is no reason code; there are {', '.join(FLAGS)}")
    if not rows.any() and "flags" in articles.columns:
        return articles
    old = (
        articles["flags"] if "flags" in articles.columns else pd.Series("", index=articles.index, dtype="str")
    )
    new = [
        f"{f} {code}".strip() if r and code not in f.split() else f for f, r in zip(old, rows, strict=True)
    ]
    return articles.assign(flags=pd.Series(new, index=articles.index, dtype="str"))
