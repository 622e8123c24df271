"""Datelines: the place, the day and the agency that stand before the first sentence of a report."""

from __future__ import annotations

import re

import pandas as pd

__all__ = ["mask_datelines"]

_UPPER = r"[A-Z\u00c0-\u00de]"
_PLACE = rf"{_UPPER}[{_UPPER[1:-1]}'.’-]+(?: {_UPPER}[{_UPPER[1:-1]}'.’-]+){{0,3}}"
_REGION = r"(?:, (?:[A-Z][\w.]+)(?: [A-Z][\w.]+)?)"
_DAY = r"(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})"
_AGENCY = r"(?: ?\([^()]{2,40}\))"
_DASH = r"(?: [-\u2010-\u2015]{1,2} |\s?[\u2013\u2014]\s?| ?-- ?)"
# "PORT VERRIN, March 4 (Agency) - ", and with the agency also "Port Verrin (Agency) - "; a report follows.
_DATELINE = re.compile(
    rf"\s*(?:{_PLACE}{_REGION}?(?:/{_PLACE}{_REGION}?)*{_DAY}?{_AGENCY}?"
    rf"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}{_REGION}?{_DAY}?{_AGENCY}){_DASH}(?=[\"'“‘]?[A-Z0-9])"
)
_NO_PLACE = re.compile(r"\s*(?:FILE|PHOTO|VIDEO|WATCH|UPDATE|CORRECTION|EXCLUSIVE|ANALYSIS|OPINION)\b")
_HEAD = 160  # a dateline stands at the beginning, though a byline may have been left before it


def mask_datelines(sentences: pd.DataFrame) -> list[str]:
    """Give the text of each sentence with blanks for a dateline, so that offsets hold.

    A dateline is a label of the report, as its byline is. Counted as text it makes the place and the month of
    every report words of the agency that writes them.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.

    Returns
    -------
    list of str
        The texts, each as long as it was.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [47],
    ...     "text": ["AMSEL, March 3 (Talnews) – Talvera wants a port."]})
    >>> mask_datelines(sentences)[0].strip()
    'Talvera wants a port.'
    """
    texts = sentences["text"].tolist()
    for i in (sentences["start"] < _HEAD).to_numpy().nonzero()[0].tolist():
        found = _DATELINE.match(texts[i])
        if found and not _NO_PLACE.match(texts[i]):
            texts[i] = " " * found.end() + texts[i][found.end() :]
    return list(texts)
