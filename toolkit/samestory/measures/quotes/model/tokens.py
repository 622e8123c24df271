"""Tokens, paragraphs, sentences: the frame on which the model sees a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.marks import CLOSE, OPEN, Marks, find_marks

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ABBREVIATIONS = frozenset(
    "Mr Mrs Ms Dr Sen Sens Rep Reps Gov Gen Jr Sr St Lt Col Sgt Rev Prof Capt Maj Hon Jan Feb Aug Sept Oct "
    "Nov Dec Inc Corp Co vs No Del".split()
)
TOKEN = re.compile(
    r"(?:[A-Z]-)?(?:[A-Za-z]\.){2,}|[DRI]-[A-Z][a-z]{1,5}\.(?=[\s,)])|(?:"
    + "|".join(sorted(ABBREVIATIONS))
    + r")\.(?=\s)|"
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:-[^\W\d_]+)*|['’](?:s|re|ve|ll|d|m|t)\b|"
    r"``|''|[-–—―]+|\.\.\.|[^\w\s]|_+|\n\s*"
)
_STOPS = frozenset((".", "!", "?", "...", "…"))
_CLOSERS = frozenset((CLOSE, ")", "]", "”", "’", "'"))
_STARTERS = frozenset((OPEN, "“", "[", "(", "‘"))


@dataclass(frozen=True)
class Tokens:
    """One text as arrays over its tokens.

    Attributes
    ----------
    text : str
    words : list of str
        Tokens; quotation marks stand in two canonical forms, ``OPEN`` and ``CLOSE``.
    starts, ends : ndarray of int, shape (n,)
        Character offsets.
    paragraph, sentence : ndarray of bool, shape (n,)
        True on the first token of a paragraph, of a sentence.
    marks : Marks
        Quotations.
    """

    text: str
    words: list[str]
    starts: Ints
    ends: Ints
    paragraph: Bools
    sentence: Bools
    marks: Marks

    def __len__(self) -> int:
        return len(self.words)


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens, paragraphs and sentences and pair its quotation marks.

    Parameters
    ----------
    text : str

    Returns
    -------
    Tokens

    Examples
    --------
    >>> tokenize("She left. 'Why?' he asked.").words[:3]
    ['She', 'left', '.']
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    breaks: list[bool] = []
    fresh = True
    for match in TOKEN.finditer(text):
        word = match.group()
        if word[0] == "\n":
            fresh = True
            continue
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
        breaks.append(fresh)
        fresh = False
    marks = find_marks(text, words, starts, ends, breaks)
    return Tokens(
        text,
        words,
        np.array(starts, np.int64),
        np.array(ends, np.int64),
        np.array(breaks, bool),
        np.array(_sentence_starts(words, starts, ends, breaks), bool),
        marks,
    )


def _sentence_starts(words: list[str], starts: list[int], ends: list[int], breaks: list[bool]) -> list[bool]:
    """Mark where sentences begin: after a stop, its closing marks and white space, before a capital."""
    n = len(words)
    out = list(breaks)
    for i, word in enumerate(words):
        if word not in _STOPS:
            continue
        j = i + 1
        while j < n and not breaks[j] and words[j] in _CLOSERS:
            j += 1
        if j >= n or breaks[j] or starts[j] <= ends[j - 1]:
            continue
        # A full stop after a single capital is an initial, not an end.
        initial = word == "." and j == i + 1 and i > 0 and len(words[i - 1]) == 1 and words[i - 1].isupper()
        head = words[j]
        if not initial and (head in _STARTERS or head[0].isupper() or head[0].isdigit()):
            out[j] = True
    return out
