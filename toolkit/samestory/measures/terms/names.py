"""Names of several words as terms: runs of capitalised words, told by the corpus from sentence openings."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from samestory import text

__all__ = ["find_names"]

# Two to six words that begin with a capital, with at most one small link of a name between two of them.
_LINK = r"(?: (?:of|the|de|da|di|du|la|le|van|von|der|den|bin|al|for|and)){0,2}"
_CAPITAL = r"[A-Z\u00c0-\u00de][\w'-]*"
_RUN = re.compile(rf"(?<![\w'-]){_CAPITAL}(?:{_LINK} {_CAPITAL})+(?![\w-])")
# Capitals of the calendar stand beside names and belong to none.
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december".split()
)
_FIRST = re.compile(r"[^\w]*([\w'-]+)")
_WORDS = re.compile(r"[\w'-]+")


def find_names(sentences: list[str]) -> tuple[NDArray[np.int64], list[str]]:
    """Find names of two words and more: the sentence each stands in, and the name in lower case.

    A capital at the head of a sentence says nothing, so its word belongs to a name only if the corpus writes
    it with a capital inside sentences more often than without. Days and months at the edges and a
    possessive ending are left off.

    Examples
    --------
    >>> places, names = find_names(["Then Ada Holm met the Harbour Board of Tal.", "Ada Holm’s hat."])
    >>> places.tolist(), names
    ([0, 0, 1], ['ada holm', 'harbour board of tal', 'ada holm'])
    """
    plain = [text.normalise_typography(s) for s in sentences]
    capital, small = _usage(plain)
    places, names = [], []
    for place, sentence in enumerate(plain):
        opening = _FIRST.match(sentence)
        head = opening.start(1) if opening else 0
        for run in _RUN.finditer(sentence):
            words = run.group().split(" ")
            if run.start() == head and capital[words[0].lower()] <= small[words[0].lower()]:
                words = words[1:]
            while words and (not words[0][:1].isupper() or words[0].lower() in _CALENDAR):
                words = words[1:]
            while words and (not words[-1][:1].isupper() or words[-1].lower() in _CALENDAR):
                words = words[:-1]
            if len(words) < 2 or len(words) > 6:
                continue
            places.append(place)
            names.append(re.sub(r"'s?$", "", " ".join(words)).lower())
    return np.asarray(places, dtype=np.int64), names


def _usage(sentences: list[str]) -> tuple[Counter[str], Counter[str]]:
    """Count each word with a capital and without; the first word of a sentence is no witness."""
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for sentence in sentences:
        found = _WORDS.findall(sentence)[1:]
        capital.update(w.lower() for w in found if w[0].isupper())
        small.update(w for w in found if w[0].islower())
    return capital, small
