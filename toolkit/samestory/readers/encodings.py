"""Bytes to text: which encoding a file is in, by a rule that can be written down."""

from __future__ import annotations

import codecs
from pathlib import Path
from typing import BinaryIO

from samestory.errors import CorpusError

__all__ = ["FALLBACK", "decode_text", "stream_encoding"]

#: What is neither UTF-8 nor UTF-16 nor UTF-32 is read as this, if it can be English.
FALLBACK = "windows-1252"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_HIGH = 0.2  # share of bytes above 127 in text whose letters are mostly those of English
_FEW_HIGH = 3  # "£5" has one of two
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\v\f\r\x1a\x1b")
_SAMPLE = 1_000_000  # bytes on which the encoding of a stream is judged
_CHUNK = 1_000_000


def decode_text(raw: bytes) -> tuple[str, str]:
    r"""Decode a file.

    Parameters
    ----------
    raw : bytes
        The whole file.

    Returns
    -------
    tuple of str and str
        The text, and the encoding that was used.

    Raises
    ------
    CorpusError
        The bytes are no text in an encoding of the rule.

    Notes
    -----
    The rule, the first that fits: a byte order mark decides; valid UTF-8 is UTF-8; a NUL in at least seven of
    ten bytes at even (or odd) places and in hardly any at the others is UTF-16; bytes above 127 in at most
    one place of five (or three at all), with next to no control codes, are Windows-1252, the encoding of
    Western Windows programs, in which the few bytes that mean nothing become U+FFFD. The rule is for
    English; what it refuses is to be saved as UTF-8.

    Examples
    --------
    >>> decode_text("A ticket costs £5.".encode("cp1252"))
    ('A ticket costs £5.', 'windows-1252')
    >>> decode_text("Rain.".encode("utf-16"))
    ('Rain.', 'utf-16')
    """
    encoding = _encoding(raw, whole=True)
    try:
        if encoding == FALLBACK:
            return raw.decode(encoding, "replace"), encoding
        return raw.decode("utf-8-sig" if encoding == "utf-8" else encoding), encoding
    except UnicodeDecodeError as error:
        raise CorpusError(f"the file begins as {encoding} and does not go on so ({error.reason})") from error


def stream_encoding(file: BinaryIO, place: Path) -> str:
    """Say by the same rule which encoding a stream is in, without holding it in memory.

    The first million bytes decide, except that UTF-8 is checked to the end.
    """
    first = file.read(_SAMPLE)
    try:
        encoding = _encoding(first, whole=len(first) < _SAMPLE)
    except CorpusError as error:
        raise CorpusError(error.problem, hint=error.hint, path=place) from error
    if encoding != "utf-8":
        return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    chunk = first
    try:
        while chunk:
            decoder.decode(chunk)
            chunk = file.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return FALLBACK
    return encoding


def _encoding(raw: bytes, *, whole: bool) -> str:
    for mark, name in _BOMS:
        if raw.startswith(mark):
            return name
    nuls = raw.count(b"\0")
    if nuls > len(raw) / 100:
        return _utf16(raw)
    if _is_utf8(raw, whole=whole):
        return "utf-8"
    high = len(raw.translate(None, bytes(range(128))))
    control = len(raw) - len(raw.translate(None, _CONTROL))
    if control > len(raw) / 100 or (high > _FEW_HIGH and high > _MOST_HIGH * len(raw)):
        raise CorpusError("this is no text in UTF-8, UTF-16 or Windows-1252", hint="save it as UTF-8")
    return FALLBACK


def _utf16(raw: bytes) -> str:
    half = max(1, len(raw) // 2)
    even, odd = raw[0::2], raw[1::2]
    for full, empty, name in ((even, odd, "utf-16-le"), (odd, even, "utf-16-be")):
        control = len(full) - len(full.translate(None, _CONTROL))
        if empty.count(0) / half >= 0.7 and control / half < 0.05:
            return name
    raise CorpusError("the file holds NUL bytes as pictures do, it is no text in UTF-8 or UTF-16")


def _is_utf8(raw: bytes, *, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(raw, final=whole)
    except UnicodeDecodeError:
        return False
    return True
