"""What the model knows of a word by itself: its forms, affixes and clusters, as hashed keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.marks import CLOSE, OPEN

KINDS = ("word", "lower", "shape", "prefix", "suffix2", "suffix3", "fine", "middle", "coarse")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_ASCII = {
    c: "0" if chr(c).isdigit() else "X" if chr(c).isupper() else "x" for c in range(128) if chr(c).isalnum()
}
_RUN = re.compile(r"(.)\1+")


def shape(word: str) -> str:
    """Write the pattern of capitals, small letters and digits, runs cut to two signs.

    Examples
    --------
    >>> shape("McDonald"), shape("2016")
    ('XxXxx', '00')
    """
    if word in (OPEN, CLOSE):
        return word
    if word.isascii():
        return _RUN.sub(r"\1\1", word.translate(_ASCII))[:6]
    pattern = _LETTER.sub(lambda m: "X" if m.group().isupper() else "x", word)
    return _RUN.sub(r"\1\1", _DIGIT.sub("0", pattern))[:6]


def cluster_of(word: str, clusters: Mapping[str, int]) -> int:
    """Row of the word in the cluster list, by looser and looser spellings, or -1."""
    if word in (OPEN, CLOSE):
        word = '"'
    if word[0].isdigit():
        word = _DIGIT.sub("0", word)
    word = word.replace("’", "'")
    for form in (word, word.lower(), word.capitalize(), word.rsplit("-", 1)[-1]):
        row = clusters.get(form)
        if row is not None:
            return row
    return -1


def word_keys(word: str, clusters: Mapping[str, int], ids: NDArray[np.int16]) -> list[int]:
    """Hashed keys of a word, one for each of `KINDS`.

    Parameters
    ----------
    word : str
    clusters : mapping of str to int
        Row of each known word in `ids`.
    ids : ndarray of int16, shape (known words, 3)
        Fine, middle and coarse cluster.

    Returns
    -------
    list of int
        32-bit keys.
    """
    low = word.lower().replace("’", "'")
    if low[0].isdigit():
        low = _DIGIT.sub("0", low)
    form = shape(word)
    row = cluster_of(word, clusters)
    groups = [str(int(k)) for k in ids[row]] if row >= 0 else ["u" + form + low[-2:]] * 3
    values = [
        low if word[0].isdigit() else word, low, form,
        low[:4], low[-2:], low[-3:], *groups,
    ]  # fmt: skip
    return [
        crc32(f"{kind}={value}".encode("utf-8", "surrogatepass"))
        for kind, value in zip(KINDS, values, strict=True)
    ]
