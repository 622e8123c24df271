"""Tokens, paragraphs, sentences: the frame on which the model sees texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np
from numpy.typing import NDArray

from samestory.measures.quotes.model.marks import CLOSE, OPEN, Marks, find_marks

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ABBREVIATIONS = frozenset(
    "Mr Mrs Ms Dr Drs Messrs Sen Sens Rep Reps Gov Govs Gen Gens Jr Sr St Lt Col Sgt Cpl Pvt Adm Cmdr Rev "
    "Prof Profs Capt Maj Supt Atty Hon Jan Feb Aug Sept Oct Nov Dec Inc Corp Co Bros vs No Del".split()
)
TOKEN = re.compile(
    # The first line takes most words, which the others would read alike.
    r"[A-Za-z][a-z]*+(?=[\s,])|"
    # Nine or more quotation marks in a row are ornament: one token, and no mark.
    r"[“”„‟«»″\"'‘’‚‛`]{9,}|"
    # (?=…\.) only spares the long alternation a look at words that cannot match.
    r"(?:[A-Z]-)?(?:[A-Za-z]\.){2,}|[DRI]-[A-Z][a-z]{1,5}\.(?=[\s,)])|(?=[A-Zv][a-z]{1,5}\.)(?:"
    + "|".join(sorted(ABBREVIATIONS))
    + r")\.(?=\s)|"
    r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:-[^\W\d_]+)*|['’](?:s|re|ve|ll|d|m|t)\b|"
    r"``|''|[-–—―]+|\.\.\.|[^\w\s]|_+|\n\s*"
)
# What is no white space, by code point; the last row stands for all beyond.
_FILLED = np.array([not chr(code).isspace() for code in range(0x3001)] + [True])
_STOPS = frozenset((".", "!", "?", "...", "…"))
_CLOSERS = frozenset((CLOSE, ")", "]", "”", "’", "'"))
_STARTERS = frozenset((OPEN, "“", "[", "(", "‘"))


@dataclass(frozen=True)
class Tokens:
    """One text, or several one after the other, as arrays over the tokens.

    Attributes
    ----------
    words : list of str
        Tokens; quotation marks stand in two canonical forms, ``OPEN`` and ``CLOSE``.
    starts, ends : ndarray of int, shape (n,)
        Character offsets, in its text.
    head, paragraph, sentence : ndarray of bool, shape (n,)
        True on the first token of a text, of a paragraph, of a sentence.
    marks : Marks
        Quotations.
    """

    words: list[str]
    starts: Ints
    ends: Ints
    head: Bools
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
    words, breaks = _words(text)
    firsts, stops = _places(text, words)
    starts, ends = firsts.tolist(), stops.tolist()
    marks = find_marks(text, words, starts, ends, breaks)
    return Tokens(
        words,
        firsts,
        stops,
        np.arange(len(words)) == 0,
        _flags(breaks),
        _flags(_sentence_starts(words, starts, ends, breaks)),
        marks,
    )


def _flags(values: list[bool]) -> Bools:
    return np.frombuffer(bytearray(values), np.bool_)


def _words(text: str) -> tuple[list[str], list[bool]]:
    """Tokens, and whether a paragraph begins with each: run by run, since none holds white space."""
    words: list[str] = []
    heads: list[int] = []
    for paragraph in text.split("\n"):
        runs = paragraph.split()
        if runs:
            heads.append(len(words))
            words += chain.from_iterable(map(_cut.__getitem__, runs))
    if heads and not text[-1].isspace():  # what nothing follows may be cut otherwise: "Mr."
        del words[len(words) - len(_cut[runs[-1]]) :]
        words += TOKEN.findall(runs[-1])
    breaks = [False] * len(words)
    for first in heads:
        breaks[first] = True
    return words, breaks


_LONGEST_RUN = 60  # characters; a longer one is not worth keeping


class _Runs(dict[str, tuple[str, ...]]):
    """Tokens of runs of characters before a blank, kept since most runs come again and again."""

    def __missing__(self, written: str) -> tuple[str, ...]:
        found = tuple(TOKEN.findall(f"{written} "))
        if len(written) <= _LONGEST_RUN:
            if len(self) >= 1 << 16:
                self.clear()
            self[written] = found
        return found


_cut = _Runs()


def joined(parts: Sequence[Tokens]) -> Tokens:
    """Put the tokens of several texts one after the other.

    Parameters
    ----------
    parts : sequence of Tokens
        At least one; none of them empty.

    Returns
    -------
    Tokens
    """
    edges = np.cumsum([0, *map(len, parts)])[:-1]
    marks = [p.marks for p in parts]
    quotes = np.cumsum([0, *(len(m.first) for m in marks)])[:-1]
    return Tokens(
        [word for p in parts for word in p.words],
        np.concatenate([p.starts for p in parts]),
        np.concatenate([p.ends for p in parts]),
        np.concatenate([p.head for p in parts]),
        np.concatenate([p.paragraph for p in parts]),
        np.concatenate([p.sentence for p in parts]),
        Marks(
            np.concatenate([np.where(m.inside, m.inside + q, 0) for m, q in zip(marks, quotes, strict=True)]),
            np.concatenate([m.first + a for m, a in zip(marks, edges, strict=True)]),
            np.concatenate([m.last + a for m, a in zip(marks, edges, strict=True)]),
            np.concatenate([m.closed for m in marks]),
        ),
    )


def _places(text: str, words: list[str]) -> tuple[Ints, Ints]:
    """Where each token starts and ends: together they hold every character of the text but white space."""
    if text.isascii():
        characters = np.frombuffer(text.encode(), np.uint8)
    else:
        characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    filled = np.flatnonzero(_FILLED.take(characters, mode="clip"))
    length = np.fromiter(map(len, words), np.int64, len(words))
    stops = np.cumsum(length)
    return filled[stops - length], filled[stops - 1] + 1


def _sentence_starts(words: list[str], starts: list[int], ends: list[int], breaks: list[bool]) -> list[bool]:
    """Mark where sentences begin: after a stop, its closing marks and white space, before a capital.

    The blank may be lost before a quotation opens, and between two long words ("said.The").
    """
    n = len(words)
    out = list(breaks)
    for i in compress(range(n), map(_STOPS.__contains__, words)):
        word, j = words[i], i + 1
        while j < n and not breaks[j] and words[j] in _CLOSERS:
            j += 1
        if j >= n or breaks[j] or (starts[j] <= ends[j - 1] and not _glued(words, i, j)):
            continue
        # A full stop after a single capital is an initial, not an end.
        initial = word == "." and j == i + 1 and i > 0 and len(words[i - 1]) == 1 and words[i - 1].isupper()
        head = words[j]
        if not initial and (head in _STARTERS or head[0].isupper() or head[0].isdigit()):
            out[j] = True
    return out


def _glued(words: list[str], stop: int, head: int) -> bool:
    """Whether a new sentence begins at token ``head`` without a blank after the one that ends at ``stop``."""
    if words[head] == OPEN:
        return True
    before, after = words[stop - 1] if stop else "", words[head]
    long = len(before) > 3 and len(after) > 2
    return head == stop + 1 and long and before[1:].islower() and after[0].isupper() and after[1:].islower()
