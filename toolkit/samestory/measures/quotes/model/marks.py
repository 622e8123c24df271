"""Pair quotation marks of any style, one paragraph at a time, in linear time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

OPEN = "“Q"
CLOSE = "”Q"
_DOUBLE = frozenset(('"', "“", "”", "„", "«", "»", "``", "''", "‟", "″"))
_STRAIGHT = frozenset(('"', "″", "''", "``"))
_SINGLE = frozenset(("'", "‘", "’", "‚", "‛", "`"))
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
    inside = np.zeros(n, np.int64)
    state = _State()
    closing = _single_closings(text, words, starts, ends, breaks)
    for i, word in enumerate(words):
        if breaks[i] and state.current:
            state.end(i - 1, False)
        if word in _DOUBLE:
            inside[i] = _double(text, words, starts[i], ends[i], i, state)
        elif word in _SINGLE:
            inside[i] = _single(text, words, starts[i], ends[i], i, state, closing)
        else:
            inside[i] = state.current
    if state.current:
        state.end(n - 1, False)
    return Marks(
        inside, np.array(state.first, np.int64), np.array(state.last, np.int64), np.array(state.closed, bool)
    )


def _double(text: str, words: list[str], a: int, b: int, i: int, state: _State) -> int:
    """Read a double mark; returns the quotation its token belongs to."""
    word = words[i]
    tight_left = a > 0 and not text[a - 1].isspace() and text[a - 1] not in _BEFORE
    tight_right = b < len(text) and not text[b].isspace() and text[b] not in _AFTER
    if word in _STRAIGHT:
        if word != "``" and not state.current and a > 0 and text[a - 1].isdigit():
            return 0  # inches or seconds
        opens = (tight_right or not tight_left) if not state.current else (not tight_left and tight_right)
    elif word in "“„«‟":
        opens = not (state.current and tight_left and not (tight_right and word == "“") and word in "“«")
    else:
        opens = not state.current and tight_right and not tight_left
    words[i] = OPEN if opens else CLOSE
    if opens:
        state.start(i, False)
        return state.current
    found = state.current
    if found and not state.single:
        state.end(i, True)
    return found


def _single(text: str, words: list[str], a: int, b: int, i: int, state: _State, closing: list[int]) -> int:
    """Read a single mark: a quotation of its own only outside others and with a closing mark ahead."""
    word = words[i]
    tight_left = a > 0 and not text[a - 1].isspace() and text[a - 1] not in _BEFORE + '"“'
    tight_right = b < len(text) and not text[b].isspace()
    if word not in "’" and not tight_left and tight_right and not text[b].isdigit():
        if not state.current and closing[i + 1] >= 0:
            words[i] = OPEN
            state.start(i, True)
        return state.current
    ends_word = b >= len(text) or not text[b].isalnum()
    if not (state.current and state.single and word in "’'" and tight_left and ends_word):
        return state.current
    if text[a - 1] == "s" and closing[i + 1] >= 0:
        return state.current  # a plural's apostrophe, as long as a better mark follows
    words[i] = CLOSE
    found = state.current
    state.end(i, True)
    return found


def _single_closings(
    text: str, words: list[str], starts: list[int], ends: list[int], breaks: list[bool]
) -> list[int]:
    """For every position, the next token that may close single marks in its paragraph, or -1."""
    n = len(words)
    out = [-1] * (n + 2)
    for i in range(n - 1, -1, -1):
        word = words[i]
        found = out[i + 1]
        if word in _DOUBLE or word == "‘":
            found = -1
        elif word == "’" or word == "'":
            a, b = starts[i], ends[i]
            if a > 0 and not text[a - 1].isspace() and (b >= len(text) or not text[b].isalnum()):
                found = i
        out[i] = -1 if breaks[i] else found
    return out
