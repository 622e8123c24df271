"""Count the terms of every article: words, or pairs of neighbouring words, and names."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from samestory import text
from samestory.measures.terms.names import find_names

__all__ = ["Counts", "count_terms", "listable"]

Numbers = NDArray[np.int32] | NDArray[np.int64]
_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class Counts:
    """Counts of the terms worth listing, and the size of all that was counted.

    ``matrix[i, j]`` is how often unit i (an article; an article of one group where it has parts of several)
    holds term j. ``units`` has the columns ``group`` and ``story``; ``words`` are the words of each unit,
    ``totals`` the terms counted in it, listed or not; ``pooled`` are the counts of the listed terms overall.
    """

    terms: NDArray[np.object_]
    matrix: sparse.csc_matrix
    units: pd.DataFrame
    words: NDArray[np.int64]
    totals: NDArray[np.int64]

    @property
    def pooled(self) -> NDArray[np.float64]:
        """Counts of each listed term over all units."""
        return np.asarray(self.matrix.sum(axis=0), dtype=float).ravel()

    def members(self, group: str) -> NDArray[np.int64]:
        """Units of a group."""
        return np.flatnonzero((self.units["group"] == group).to_numpy())

    def holders(self, term: str, group: str, most: int) -> list[str]:
        """Return the first articles of a group that hold a term."""
        column = int(np.flatnonzero(self.terms == term)[0])
        units = self.matrix.indices[self.matrix.indptr[column] : self.matrix.indptr[column + 1]]
        held = self.units.iloc[np.sort(units)]
        articles: list[str] = held.loc[held["group"] == group, "article"].head(most).tolist()
        return articles

    def blocks(self) -> Iterator[tuple[slice, Counts]]:
        """Give the counts of some terms after the other, so that what is made of them stays small."""
        start, ends = 0, self.matrix.indptr
        while start < self.terms.size:
            stop = max(int(np.searchsorted(ends, ends[start] + _AT_ONCE, side="right")) - 1, start + 1)
            some = slice(start, stop)
            yield some, replace(self, terms=self.terms[some], matrix=self.matrix[:, some])
            start = stop


def count_terms(
    sentences: pd.DataFrame,
    *,
    by: str,
    ngrams: int,
    min_count: int,
    min_articles: int,
    unlisted: Set[str],
    names: bool = False,
    not_in_names: Set[str] = frozenset(),
) -> Counts:
    """Count terms by unit; terms below the minima, without a letter or unlisted are counted as words only."""
    given = text.mask_datelines(sentences)
    found = text.encode_words(given)
    units, unit_of = _units(sentences, by)
    of_word = unit_of[found.rows]
    words = np.bincount(of_word, minlength=len(units))
    listed = np.array([listable(w, unlisted) for w in found.vocabulary], dtype=bool)
    labels_of = np.array(found.vocabulary, dtype=object)
    codes: Numbers = found.ids
    at, wanted = of_word, listed
    if ngrams == 2:
        near = found.rows[1:] == found.rows[:-1]  # a pair never crosses a sentence
        size = len(found.vocabulary)
        pairs = found.ids[:-1][near].astype(np.int64) * size + found.ids[1:][near]
        distinct, codes = np.unique(pairs, return_inverse=True)
        one, other = distinct // max(size, 1), distinct % max(size, 1)
        at, wanted = of_word[1:][near], listed[one] & listed[other]
        labels_of = labels_of[one] + " " + labels_of[other] if distinct.size else labels_of[:0]
    if names:
        terms = codes, at, wanted, labels_of
        codes, at, wanted, labels_of = _with_names(given, unit_of, *terms, not_in_names)
    enough = np.bincount(codes, minlength=wanted.size) >= min_count
    keep = np.flatnonzero(wanted & enough)
    place = np.full(wanted.size, -1, dtype=np.int32)
    place[keep] = np.arange(keep.size)
    column = place[codes]
    here = column >= 0
    row, column = at[here], column[here]
    matrix = sparse.coo_matrix(
        (np.ones(row.size, dtype=np.int32), (row, column)), shape=(len(units), keep.size)
    ).tocsc()
    del row, column  # tens of millions of each in a large corpus
    common = np.diff(matrix.indptr) >= min_articles
    labels = labels_of[keep[common]]
    order = np.argsort(labels.astype(str), kind="stable")
    kept = matrix[:, np.flatnonzero(common)[order]]
    return Counts(labels[order], kept, units, words, np.bincount(at, minlength=len(units)))


def listable(word: str, unlisted: Set[str]) -> bool:
    """Whether a word may be listed: it has a letter, and is not left out."""
    return word not in unlisted and any(map(str.isalpha, word))


def _with_names(
    sentences: list[str],
    unit_of: NDArray[np.int32],
    codes: Numbers,
    at: NDArray[np.int32],
    wanted: NDArray[np.bool_],
    labels: NDArray[np.object_],
    unwanted: Set[str],
) -> tuple[Numbers, NDArray[np.int32], NDArray[np.bool_], NDArray[np.object_]]:
    """Add names to the terms counted; a name that is a term already is not counted a second time."""
    place, found = find_names(sentences)
    code, distinct = pd.factorize(np.array(found, dtype=object))
    known = set(labels.tolist())
    fit = [n not in known and not any(w in unwanted for w in n.split()) for n in distinct]
    return (
        np.concatenate([codes, code + wanted.size]),
        np.concatenate([at, unit_of[place]]),
        np.concatenate([wanted, np.array(fit, dtype=bool)]),
        np.concatenate([labels, np.asarray(distinct, dtype=object)]),
    )


def _units(sentences: pd.DataFrame, by: str) -> tuple[pd.DataFrame, NDArray[np.int32]]:
    """Articles by group, in alphabetical order, and the unit of each sentence."""
    key = pd.DataFrame({"article": sentences["article_id"].array, "group": sentences[by].array})
    number = np.asarray(key.groupby(["article", "group"], sort=True).ngroup(), dtype=np.int32)
    key["story"] = sentences["story_id"].array if "story_id" in sentences.columns else pd.NA
    units = key.assign(unit=number).drop_duplicates("unit").sort_values("unit").drop(columns="unit")
    return units.reset_index(drop=True), number
