"""What can be told of a text without the text: two hashes, and a fingerprint that survives small changes.

A hash says whether two texts are the same to the character, and nothing else. The fingerprint is a MinHash
of the text's shingles (runs of five words): the share of equal numbers in two fingerprints estimates the
share of shingles that the two texts have in common. Everything here is fixed for good, so that a package
can be checked by any program and in any year: ``NORMALISATION`` and ``FINGERPRINT`` describe it in words.

References
----------
Broder, A. Z. (1997). On the resemblance and containment of documents. Compression and Complexity of
Sequences, 21–29. Li, P., & König, A. C. (2010). b-bit minwise hashing. WWW, 671–680.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from samestory.errors import CorpusError
from samestory.text import normalise_typography

__all__ = [
    "FINGERPRINT",
    "NORMALISATION",
    "SHINGLE",
    "Numbers",
    "fingerprint",
    "likeness",
    "normalised",
    "packed",
    "sha256",
    "shingles",
    "unpacked",
]

Numbers = NDArray[np.uint64]
SHINGLE = 5
_SIZE = 256
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")

NORMALISATION = (
    "Unicode NFC; soft hyphens, zero-width and direction marks (U+00AD, U+200B-200F, U+202A-202E, U+2060, "
    "U+FEFF) out; curly quotation marks, apostrophes and dashes as the plain \" ' -; each run of white space "
    "one blank; none at the ends. SHA-256 of the UTF-8 bytes."
)
FINGERPRINT = (
    "MinHash, 256 numbers of 16 bits. Words are the runs of letters and digits of the normalised text in "
    "lower case; a shingle is five words in a row joined by blanks (all words where there are fewer), as the "
    "first 8 bytes, big-endian, of its SHA-256 (UTF-8). Number i is the lowest 16 bits of the least "
    "((a*x + b) mod 2^64) >> 32 over all shingles x, where a (its last bit set) and b are the first and the "
    "second 8 bytes, big-endian, of the SHA-256 of 'samestory fingerprint 1 i'. The numbers are in "
    "Base64, big-endian."
)


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8.

    Examples
    --------
    >>> sha256("Rain fell.")[:12]
    '8a4b1e83d9ac'
    """
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def normalised(text: str) -> str:
    r"""Return the text without what copying changes: typography, blanks, invisible marks.

    Examples
    --------
    >>> normalised("“Rain”\u00a0fell \n on  the hills.\ufeff")
    '"Rain" fell on the hills.'
    """
    plain = normalise_typography(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    return " ".join(plain.split())


def shingles(text: str) -> Numbers:
    """Return the numbers of the distinct shingles of a text, in order of size.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    array of uint64
        One number per distinct run of five words; empty for a text without words.

    Examples
    --------
    >>> [len(shingles(t)) for t in ("Rain fell on the hills.", "Rain fell on the hills again", "")]
    [1, 2, 0]
    """
    found = _WORD.findall(normalised(text).lower())
    runs = {" ".join(found[i : i + SHINGLE]) for i in range(max(1, len(found) - SHINGLE + 1))} - {""}
    digests = b"".join(hashlib.sha256(run.encode("utf-8", "backslashreplace")).digest()[:8] for run in runs)
    return np.sort(np.frombuffer(digests, dtype=">u8").astype(np.uint64))


@lru_cache(maxsize=1)
def _permutations() -> tuple[Numbers, Numbers]:
    seeds = (hashlib.sha256(f"samestory fingerprint 1 {i}".encode()).digest()[:16] for i in range(_SIZE))
    drawn = np.frombuffer(b"".join(seeds), dtype=">u8").astype(np.uint64).reshape(_SIZE, 2)
    return drawn[:, 0] | np.uint64(1), drawn[:, 1]


def fingerprint(numbers: Numbers) -> NDArray[np.uint16]:
    """Return the MinHash of a set of shingles.

    Parameters
    ----------
    numbers : array of uint64
        As :func:`shingles` gives them, at least one.

    Returns
    -------
    array of uint16
        256 numbers.

    Examples
    --------
    >>> fingerprint(shingles("Rain fell on the hills.")).shape
    (256,)
    """
    a, b = _permutations()
    least = np.full(_SIZE, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(numbers), 4096):  # a long text would need much memory at once
        piece = numbers[start : start + 4096]
        least = np.minimum(least, ((a[:, None] * piece + b[:, None]) >> np.uint64(32)).min(axis=1))
    return (least & np.uint64(0xFFFF)).astype(np.uint16)


def likeness(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> float:
    """Estimate the share of shingles that two texts have in common, from their fingerprints.

    Returns
    -------
    float
        Jaccard similarity, 0 to 1; its standard error is sqrt(J (1 - J) / 256), at most 0.03.

    Examples
    --------
    >>> words = [f"word{i}" for i in range(400)]
    >>> one, other = (fingerprint(shingles(" ".join(w))) for w in (words, words[:300]))
    >>> round(likeness(one, other), 1)  # 296 of 396 shingles
    0.7
    """
    return float(np.mean(one == other))


def packed(numbers: NDArray[np.uint16]) -> str:
    """Write a fingerprint as text.

    Examples
    --------
    >>> len(packed(fingerprint(shingles("Rain fell on the hills."))))
    684
    """
    return base64.b64encode(numbers.astype(">u2").tobytes()).decode("ascii")


def unpacked(text: str) -> NDArray[np.uint16]:
    """Read a fingerprint that :func:`packed` wrote.

    Raises
    ------
    CorpusError
        It is something else.
    """
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != 2 * _SIZE:
        raise CorpusError(
            f"a fingerprint should be {_SIZE} numbers in Base64, found '{text[:20]}'",
            hint="take the package as it was published",
        )
    return np.frombuffer(raw, dtype=">u2").astype(np.uint16)
