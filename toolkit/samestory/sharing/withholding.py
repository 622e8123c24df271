"""What of a table may be shared: numbers, times, offsets and short labels, never the words of an article.

Offsets may: with the texts at hand, ``text[start:end]`` gives every sentence, quote and speaker back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from samestory import tables
from samestory.sharing.fingerprint import SHINGLE, Numbers, normalised, sha256, shingles

__all__ = ["LABEL", "TEXT_COLUMNS", "known_shingles", "without_text"]

#: Columns that hold words of articles by what they are, in any table.
TEXT_COLUMNS = frozenset(
    "text title headline lead body sentence quote context left right byline credit note file encoding "
    "speaker cue published_raw description passage".split()
)
#: What stands in the place of a label that repeats five words or more of an article.
LABEL = "withheld:"
_ADDRESSES = frozenset({"url", "archive_url"})
_WORD = re.compile(r"[^\W_]+")


def known_shingles(texts: Iterable[Numbers], titles: Iterable[str]) -> Numbers:
    """Gather the runs of five words that a package must not hold.

    Parameters
    ----------
    texts : iterable of array
        The shingles of each text.
    titles : iterable of str
        The headlines.

    Returns
    -------
    array of uint64
        Distinct numbers, sorted.
    """
    long = (t for t in titles if len(_WORD.findall(t)) >= SHINGLE)
    return np.unique(np.concatenate([np.zeros(0, dtype=np.uint64), *texts, *map(shingles, long)]))


def without_text(
    frame: pd.DataFrame,
    known: Numbers,
    *,
    table: tables.Table | None = None,
    declared_only: bool = False,
    titles: bool = False,
) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Leave the columns of text out of a table, and replace labels that repeat an article.

    Parameters
    ----------
    frame : DataFrame
        Any table.
    known : array of uint64
        The runs of five words of all articles, sorted.
    table : Table, optional
        Its declaration, which says what is a list of offsets.
    declared_only : bool, default False
        Leave out columns of text that the declaration does not name: nobody knows what is in them.
    titles : bool, default False
        Keep the column ``title``.

    Returns
    -------
    tuple of DataFrame and dict
        The table, and what was withheld: ``columns`` left out, ``labels`` the number of labels replaced by
        ``withheld:`` and the start of their SHA-256 (the same label is the same wherever it stands).

    Examples
    --------
    >>> text = "Ferries stay in port until the wind drops."
    >>> name = "ferries stay in port until noon"
    >>> quotes = pd.DataFrame({"article_id": [name], "start": [0], "text": [text]})
    >>> kept, withheld = without_text(quotes, shingles(text), table=tables.QUOTES)
    >>> kept["article_id"].tolist(), withheld
    (['withheld:96e94dd2cbf28ab4'], {'columns': ['text'], 'labels': 1})
    """
    out, columns, labels = {}, [], 0
    # A key, such as the speaker of a table of speakers, is a label.
    spared = {*(table.key if table else ()), *(("title",) if titles else ())}
    for name in map(str, frame.columns):
        values = frame[name]
        declared = table.columns.get(name) if table else None
        if _says_no_word(values, declared):
            out[name] = values
        elif (name in TEXT_COLUMNS - spared) or (declared_only and declared is None):
            columns.append(name)
        elif name in _ADDRESSES or name == "title":
            out[name] = values
        else:
            out[name], replaced = _labels(values, known)
            labels += replaced
    return pd.DataFrame(out, index=frame.index), {"columns": columns, "labels": labels}


def _says_no_word(values: pd.Series, declared: tables.Column | None) -> bool:
    if declared is not None and declared.kind == "spans":
        return all(_is_spans(v) for v in values)
    return pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values)


def _is_spans(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_spans(v) for v in value)
    return isinstance(value, int | np.integer)


def _labels(values: pd.Series, known: Numbers) -> tuple[pd.Series, int]:
    """Replace the labels that hold a run of five words of an article."""
    written = [v if isinstance(v, str) else str(v) for v in values]  # a list may hold words, too
    told = {w: _label(w, known) for w in dict.fromkeys(written)}
    replaced = [told[w] != w for w in written]
    if not any(replaced):
        return values, 0
    kept = [told[w] if bad else v for v, w, bad in zip(values, written, replaced, strict=True)]
    return pd.Series(kept, index=values.index, dtype=values.dtype), sum(replaced)


def _label(value: str, known: Numbers) -> str:
    if len(_WORD.findall(normalised(value))) < SHINGLE:
        return value
    found = shingles(value)
    at = np.searchsorted(known, found)
    inside = at < len(known)
    if not (known[at[inside]] == found[inside]).any():
        return value
    return f"{LABEL}{sha256(value)[:16]}"
