"""How much of a stretch of text stands inside quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from samestory.text import Span, count_words, normalise_typography

__all__ = ["Inside", "letters_of"]

_ALNUM = bytes(chr(code).isalnum() for code in range(256))
# All letters and digits beyond the first 256 characters, and others; one first, so that the search skips.
_BEYOND = re.compile("[\u0100-\u1fff\u2070-\U0010ffff][\u0100-\u1fff\u2070-\U0010ffff]*")


def letters_of(text: str) -> bytearray:
    """Return 1 for each letter and digit of a text, 0 for the rest.

    Examples
    --------
    >>> list(letters_of("a 9,"))
    [1, 0, 1, 0]
    """
    letters = bytearray(text.encode("latin-1", "replace").translate(_ALNUM))
    # Plain typography makes most texts ASCII; of what it replaces, one alone counts as a letter.
    if "ʼ" in text or not normalise_typography(text).isascii():
        for m in _BEYOND.finditer(text):
            letters[m.start() : m.end()] = bytes(map(str.isalnum, m.group()))
    return letters


class Inside:
    """The letters and digits of a text, and what of it stands inside marks.

    Parameters
    ----------
    text : str
        Any text.
    quoted : sequence of (int, int)
        What stands inside its quotation marks, in order.

    Examples
    --------
    >>> inside = Inside("Moss said “no, no”.", [(10, 18)])
    >>> inside.marked([(5, 18)]), inside.letters([(5, 18)]), inside.words([(10, 18)])
    ([(10, 18)], 8, 2)
    """

    def __init__(self, text: str, quoted: Sequence[Span]) -> None:
        self._text = text
        self._starts, self._ends = [a for a, _ in quoted], [b for _, b in quoted]
        self._letters = letters_of(text)

    def marked(self, spans: Sequence[Span]) -> list[Span]:
        """Return the stretches that lie both in the spans and inside marks."""
        out: list[Span] = []
        for start, end in spans:
            low, high = bisect_right(self._ends, start), bisect_left(self._starts, end)
            for a, b in zip(self._starts[low:high], self._ends[low:high], strict=True):
                out.append((max(start, a), min(end, b)))
        return out

    def letters(self, spans: Sequence[Span]) -> int:
        """Count letters and digits."""
        return sum([self._letters.count(1, start, end) for start, end in spans])

    def words(self, spans: Sequence[Span]) -> int:
        """Count words."""
        return sum([count_words(self._text, start, end) for start, end in spans])
