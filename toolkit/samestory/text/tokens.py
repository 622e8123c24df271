"""Words, and all words of many texts as numbers."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain, count, islice

import numpy as np
from numpy.typing import NDArray

from samestory.punkt import Span
from samestory.text.typography import normalise_typography

__all__ = ["WordTable", "count_words", "encode_words", "total_words", "word_spans", "words"]

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_TEXTS_AT_ONCE = 40_000
_NONE = np.zeros(0, dtype=np.int32)


def word_spans(text: str) -> list[Span]:
    """Find the words of a text: runs of letters and digits, joined by inner apostrophes, dots and hyphens.

    Examples
    --------
    >>> text = "The ex-minister’s 2.5 crowns"
    >>> [text[a:b] for a, b in word_spans(text)]
    ['The', 'ex-minister’s', '2.5', 'crowns']
    """
    return [m.span() for m in _WORD.finditer(text)]


def count_words(text: str, start: int, end: int) -> int:
    """Count the words between two characters of a text, as they stand there by themselves.

    Examples
    --------
    >>> count_words("The ex-minister’s 2.5 crowns", 3, 22)
    2
    """
    return len(_WORD.findall(text, start, end))


def words(text: str) -> list[str]:
    """Return the words of a text in lower case with straight apostrophes.

    Examples
    --------
    >>> words("The ex-minister’s 2.5 crowns")
    ['the', "ex-minister's", '2.5', 'crowns']
    """
    return _WORD.findall(normalise_typography(text).lower())


def total_words(text: str) -> int:
    """Count the words of a text, as many as :func:`words` gives; several times faster where it is English.

    Examples
    --------
    >>> total_words("The ex-minister’s 2.5 crowns")
    4
    """
    plain = normalise_typography(text)
    if not plain.isascii():
        return len(words(text))
    kinds = _KINDS[np.frombuffer(plain.encode("ascii"), dtype=np.uint8)]
    inside = kinds == _LETTER
    begins = np.count_nonzero(inside[1:] & ~inside[:-1]) + int(inside[:1].sum())
    return int(begins - np.count_nonzero(inside[:-2] & (kinds[1:-1] == _JOINT) & inside[2:]))


_LETTER, _JOINT = 1, 2
#: What each ASCII character is to a word: a letter or digit, what joins two runs of them, or neither.
_KINDS = np.array(
    [_LETTER if chr(c).isalnum() else _JOINT if chr(c) in "'.-" else 0 for c in range(128)], dtype=np.uint8
)


@dataclass(frozen=True)
class WordTable:
    """All words of many texts as numbers: ``vocabulary[ids[i]]`` is word i, it stands in text ``rows[i]``."""

    ids: NDArray[np.int32]
    rows: NDArray[np.int32]
    vocabulary: list[str]


def encode_words(texts: Iterable[str]) -> WordTable:
    """Give each word of many texts a number, to count words by the million.

    Examples
    --------
    >>> table = encode_words(["Rain on rain", "No rain"])
    >>> table.vocabulary, table.ids.tolist(), table.rows.tolist()
    (['rain', 'on', 'no'], [0, 1, 0, 2, 0], [0, 0, 0, 1, 1])
    """
    # A word never reaches over a blank, so each distinct run between blanks is searched for words once only.
    number: defaultdict[str, int] = defaultdict(count().__next__)
    known: dict[str, int] = {}
    inside, sizes = array("i"), array("i")
    ids, rows, given, n = [_NONE], [_NONE], iter(texts), 0
    while some := list(islice(given, _TEXTS_AT_ONCE)):
        of_run, lengths, runs = _runs(some)
        new = [r for r in runs if r not in known]
        known.update(zip(new, count(len(known))))
        # No run holds a line break, so all are made plain in one go.
        plain = normalise_typography("\n".join(new)).lower()
        for found in map(_WORD.findall, plain.split("\n") if new else ()):
            inside.extend(map(number.__getitem__, found))
            sizes.append(len(found))
        code = np.fromiter(map(known.__getitem__, runs), dtype=np.int32, count=len(runs))[of_run]
        place, many = _places(code, np.array(sizes, dtype=np.int32))
        ids.append(np.array(inside, dtype=np.int32)[place])
        rows.append(np.repeat(np.repeat(np.arange(n, n + len(some), dtype=np.int32), lengths), many))
        n += len(some)
    return WordTable(np.concatenate(ids), np.concatenate(rows), list(number))


def _places(code: NDArray[np.int32], size: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Say where the words of the runs stand among those of all distinct runs, and how many each has."""
    many = size[code]
    # Word j of a run stands at the first place of the run, plus j.
    first = (np.cumsum(size, dtype=np.int32) - size)[code] - np.cumsum(many, dtype=np.int32) + many
    place = np.repeat(first, many)
    place += np.arange(place.size, dtype=np.int32)
    return place, many


def _runs(texts: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int32], list[str]]:
    """Split at blanks: the numbers of the runs in a row, how many each text has, and what each run is.

    PyArrow, where it is installed, takes a quarter of the time for the same words.
    """
    if find_spec("pyarrow") is not None:
        import pyarrow as pa
        from pyarrow import compute

        # Half a surrogate pair is a str and no text; Arrow refuses it.
        with suppress(UnicodeEncodeError):
            split = compute.utf8_split_whitespace(pa.array(texts, type=pa.large_string()))
            coded = split.flatten().dictionary_encode()
            lengths = np.asarray(compute.list_value_length(split), dtype=np.int32)
            return np.asarray(coded.indices, dtype=np.int32), lengths, coded.dictionary.to_pylist()
    run: defaultdict[str, int] = defaultdict(count().__next__)
    parts = [text.split() for text in texts]
    lengths = np.fromiter(map(len, parts), dtype=np.int32, count=len(parts))
    return np.fromiter(map(run.__getitem__, chain.from_iterable(parts)), dtype=np.int32), lengths, list(run)
