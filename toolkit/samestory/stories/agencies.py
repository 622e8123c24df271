"""Which news agency an article credits: in its byline, its credit line, its dateline or as its outlet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pandas as pd

__all__ = ["AGENCIES", "DATELINE", "credited_agency"]

#: Names under which an agency is credited. Codes in capitals count in capitals only.
AGENCIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "AAP": ("AAP", "Australian Associated Press"),
        "AFP": ("AFP", "Agence France-Presse"),
        "ANSA": ("ANSA",),
        "AP": ("AP", "Associated Press"),
        "Bloomberg": ("Bloomberg News",),
        "CP": ("Canadian Press",),
        "DPA": ("DPA", "dpa", "Deutsche Presse-Agentur"),
        "EFE": ("EFE",),
        "Interfax": ("Interfax",),
        "Kyodo": ("Kyodo",),
        "PA": ("PA Media", "Press Association"),
        "PTI": ("PTI", "Press Trust of India"),
        "Reuters": ("Reuters", "REUTERS"),
        "TASS": ("TASS",),
        "UPI": ("UPI", "United Press International"),
        "Xinhua": ("Xinhua",),
    }
)
# The dateline stands at the beginning, as in "PORT VERRIN (AP) —".
DATELINE = 160
_CODE_OF = {name: code for code, names in AGENCIES.items() for name in names}
# The longest first: an Australian Associated Press is no Associated Press.
_NAMES = "|".join(sorted(map(re.escape, _CODE_OF), key=lambda n: (-len(n), n)))
_NAMED = re.compile(rf"(?<!\w)(?:{_NAMES})(?!\w)")
_BRACKETED = re.compile(rf"\(\s*(?:the\s+)?({_NAMES})\s*\)")


def credited_agency(articles: pd.DataFrame, texts: Iterable[str]) -> list[str | None]:
    """Name the agency that each article credits, None where it credits none; a given ``agency`` is kept.

    Of the ``texts`` the first ``DATELINE`` characters are read.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c"], "outlet": ["Herald", "Herald", "Reuters"]})
    >>> credited_agency(articles, ["PORT VERRIN (AP) - Ferries stopped.", "Ferries stop.", "Ferries wait."])
    ['AP', None, 'Reuters']
    """
    columns = [articles[c] for c in ("byline", "credit", "outlet") if c in articles.columns]
    found = [[_named(value) for value in column] for column in columns]
    found.append([_in_dateline(text) for text in texts])
    if "agency" in articles.columns:
        found.insert(0, [a if isinstance(a, str) and a.strip() else None for a in articles["agency"]])
    return [next((code for code in codes if code), None) for codes in zip(*found, strict=True)]


def _named(value: object) -> str | None:
    name = _NAMED.search(value) if isinstance(value, str) else None
    return _CODE_OF[name.group()] if name else None


def _in_dateline(text: str) -> str | None:
    name = _BRACKETED.search(text[:DATELINE])
    return _CODE_OF[name.group(1)] if name else None
