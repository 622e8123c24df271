"""Pair quotation marks of any style, one paragraph at a time, in linear time."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from numpy.typing import NDArray

OPEN = "“Q"
CLOSE = "”Q"
_DOUBLE = frozenset(('"', "“", "”", "„", "«", "»", "‹", "›", "``", "''", "‟", "″"))
_STRAIGHT = frozenset(('"', "″", "''", "``"))
_SINGLE = frozenset(("'", "‘", "’", "‚", "‛", "`"))
_MARKS = _DOUBLE | _SINGLE
_BEFORE = "([{—–-"
_AFTER = ")]},;.:!?—–-"


@dataclass(frozen=True)
class Marks:
    """Quotations of a text.

    Attributes
    ----------
    inside : ndarray of int, shape (n,)
        0 outside, k inside quotation k (1-based), marks included.
    first, last : ndarray of int, shape (k,)
        First and last token of each quotation.
    closed : ndarray of bool, shape (k,)
        Whether a closing mark was found.
    """

    inside: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    closed: NDArray[np.bool_]


@dataclass
class _State:
    """Quotations found so far and the one that is open (0: none)."""

    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)
    closed: list[bool] = field(default_factory=list)
    current: int = 0
    single: bool = False

    def start(self, i: int, single: bool) -> None:
        """Open a quotation at token i; one still open ends before it."""
        if self.current:
            self.end(i - 1, False)
        self.first.append(i)
        self.current, self.single = len(self.first), single

    def end(self, i: int, closed: bool) -> None:
        """End the open quotation with token i."""
        self.last.append(i)
        self.closed.append(closed)
        self.current, self.single = 0, False


def find_marks(text: str, words: list[str], starts: list[int], ends: list[int], breaks: list[bool]) -> Marks:
    """Find the quotations and write the canonical marks into `words`.

    Parameters
    ----------
    text : str
    words : list of str
        Tokens; marks that open or close a quotation are replaced in place.
    starts, ends : list of int
        Character offsets of the tokens.
    breaks : list of bool
        True on the first token of a paragraph; no quotation runs over one.

    Returns
    -------
    Marks
    """
    n = len(words)
    state = _State()
    events = list(compress(range(n), map(_MARKS.__contains__, words)))
    closing = _Closings(text, words, starts, ends, breaks, events)
    paragraphs = compress(range(n), breaks) if events else ()
    for i in sorted({*events, *paragraphs}):
        if breaks[i] and state.current:
            state.end(i - 1, False)
        if words[i] in _DOUBLE:
            _double(text, words, starts[i], ends[i], i, state)
        elif words[i] in _SINGLE:
            _single(text, words, starts[i], ends[i], i, state, closing)
    if state.current:
        state.end(n - 1, False)
    first, last = np.array(state.first, np.int64), np.array(state.last, np.int64)
    inside = np.zeros(n, np.int64)
    for k, (a, b) in enumerate(zip(state.first, state.last, strict=True)):
        inside[a : b + 1] = k + 1
    return Marks(inside, first, last, np.array(state.closed, bool))


def _double(text: str, words: list[str], a: int, b: int, i: int, state: _State) -> None:
    """Read a double mark."""
    word = words[i]
    tight_left = a > 0 and not text[a - 1].isspace() and text[a - 1] not in _BEFORE
    tight_right = b < len(text) and not text[b].isspace() and text[b] not in _AFTER
    if word in _STRAIGHT:
        if word != "``" and not state.current and a > 0 and text[a - 1].isdigit():
            return  # inches or seconds
        opens = (tight_right or not tight_left) if not state.current else (not tight_left and tight_right)
    elif word in "“„«‹‟":
        opens = not (state.current and tight_left and not (tight_right and word == "“") and word in "“«‹")
    else:
        opens = not state.current and tight_right and not tight_left
    words[i] = OPEN if opens else CLOSE
    if opens:
        state.start(i, False)
    elif state.current and not state.single:
        state.end(i, True)


def _single(text: str, words: list[str], a: int, b: int, i: int, state: _State, closing: _Closings) -> None:
    """Read a single mark: a quotation of its own only outside others and with a closing mark ahead."""
    word = words[i]
    tight_left = a > 0 and not text[a - 1].isspace() and text[a - 1] not in _BEFORE + '"“'
    tight_right = b < len(text) and not text[b].isspace()
    if word not in "’" and not tight_left and tight_right and not text[b].isdigit():
        if not state.current and closing.ahead(i):
            words[i] = OPEN
            state.start(i, True)
        return
    ends_word = b >= len(text) or not text[b].isalnum()
    if not (state.current and state.single and word in "’'" and tight_left and ends_word):
        return
    if text[a - 1] == "s" and closing.ahead(i):
        return  # a plural's apostrophe, as long as a better mark follows
    words[i] = CLOSE
    state.end(i, True)


class _Closings:
    """Whether a mark that may close single ones stands ahead in its paragraph, before a double one."""

    def __init__(
        self,
        text: str,
        words: list[str],
        starts: list[int],
        ends: list[int],
        breaks: list[bool],
        events: list[int],
    ) -> None:
        self._ahead: dict[int, bool] = {}
        found, later = False, len(words)  # what holds right after the event, and the event behind it
        for i in reversed(events):
            if any(breaks[i + 1 : later + 1]):
                found = False
            self._ahead[i] = found
            a, b = starts[i], ends[i]
            if words[i] in _DOUBLE or words[i] == "‘":
                found = False
            elif words[i] in ("’", "'") and (
                a > 0 and not text[a - 1].isspace() and (b >= len(text) or not text[b].isalnum())
            ):
                found = True
            later = i

    def ahead(self, i: int) -> bool:
        """Whether one stands after the mark that is token `i`."""
        return self._ahead[i]
