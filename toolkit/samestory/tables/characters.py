"""Characters that no file can hold: halves of surrogate pairs, which tables made in memory can carry."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from samestory.tables.flags import add_flag

__all__ = ["whole_characters"]

_HALF = re.compile("[\ud800-\udfff]")


def whole_characters(articles: pd.DataFrame) -> pd.DataFrame:
    """Replace halves of characters in every column of text, one for one, and flag these articles.

    What :func:`samestory.read_corpus` gives holds none; a table made in memory may (``json.loads`` makes
    them of broken escapes), and no file, hash or Arrow array takes them.

    Parameters
    ----------
    articles : DataFrame
        Articles table.

    Returns
    -------
    DataFrame
        ``articles`` itself where every character is whole; else a copy in which each half is U+FFFD, so
        that offsets stay, and ``flags`` has ``damaged_characters``.

    Examples
    --------
    >>> broken = pd.DataFrame({"text": pd.Series(["Rain" + chr(0xD83D), "Sun."], dtype=object)})
    >>> whole_characters(broken)["flags"].tolist()
    ['damaged_characters', '']
    """
    damaged = pd.Series(False, index=articles.index)
    whole = {}
    for name, values in articles.items():
        if not _may_hold_halves(values.dtype):
            continue
        bad = values.map(_is_broken).astype(bool)
        if bad.any():
            damaged |= bad
            mended = [_HALF.sub("\ufffd", v) if b else v for v, b in zip(values, bad, strict=True)]
            whole[name] = pd.Series(mended, index=articles.index, dtype=values.dtype)
    if not whole:
        return articles
    return add_flag(articles.assign(**{str(k): v for k, v in whole.items()}), damaged, "damaged_characters")


def _may_hold_halves(dtype: Any) -> bool:
    return pd.api.types.is_object_dtype(dtype) or (
        isinstance(dtype, pd.StringDtype) and dtype.storage != "pyarrow"
    )


def _is_broken(value: object) -> bool:
    if not isinstance(value, str) or value.isascii():
        return False
    try:
        value.encode()  # many times as fast as a search for the characters
    except UnicodeEncodeError:
        return True
    return False
