"""Characters: text in, text out, one tiny step a function."""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "clean_characters",
    "compose",
    "drop_invisible",
    "plain_blanks",
    "plain_line_ends",
    "tidy_blank_lines",
]

# Zero-width characters, joiners, marks of direction, soft hyphen, byte order mark, object replacement.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ODD_BLANK = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_EDGE_BLANKS = re.compile("^ +| +$", re.MULTILINE)
_BLANK_LINES = re.compile("\n{3,}")


def compose(text: str) -> str:
    """Put letters and their accents together (Unicode NFC).

    Examples
    --------
    >>> len(compose("e\u0301"))
    1
    """
    return unicodedata.normalize("NFC", text)


def plain_line_ends(text: str) -> str:
    r"""Make every kind of line end a ``\n``.

    Examples
    --------
    >>> plain_line_ends("Rain.\r\nSun.\u2028Fog.").split("\n")
    ['Rain.', 'Sun.', 'Fog.']
    """
    return _LINE_ENDS.sub("\n", text)


def drop_invisible(text: str) -> str:
    """Take out characters that nobody sees: zero-width, soft hyphen, byte order mark, control codes.

    Examples
    --------
    >>> drop_invisible("har\u00adbour\u200b")
    'harbour'
    """
    return _CONTROL.sub("", _INVISIBLE.sub("", text))


def plain_blanks(text: str) -> str:
    """Make tabs, hard and thin blanks plain ones; how many there are stays.

    Examples
    --------
    >>> plain_blanks("5\u00a0crowns")
    '5 crowns'
    """
    return _ODD_BLANK.sub(" ", text)


def tidy_blank_lines(text: str) -> str:
    r"""Take out blanks at the edges of lines, and all but one of several blank lines.

    Examples
    --------
    >>> tidy_blank_lines(" Rain. \n\n \nSun.\n")
    'Rain.\n\nSun.'
    """
    return _BLANK_LINES.sub("\n\n", _EDGE_BLANKS.sub("", text)).strip("\n")


def clean_characters(text: str) -> str:
    """Run the steps of this file, in their order; quotation marks and dashes stay as typeset.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The same words in plain characters; cleaning it again changes nothing.

    Examples
    --------
    >>> clean_characters("\ufeff“5\u00a0crowns”, \u200bhe said. ")
    '“5 crowns”, he said.'
    """
    text = plain_blanks(drop_invisible(plain_line_ends(text)))
    return tidy_blank_lines(compose(text))
