"""Count the terms of every article: words, or pairs of neighbouring words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from samestory import text

__all__ = ["Counts", "count_terms"]


@dataclass(frozen=True)
class Counts:
    """Counts of the terms worth listing, and the size of all that was counted.

    ``matrix[i, j]`` is how often unit i (an article; an article of one group where it has parts of several)
    holds term j. ``units`` has the columns ``group`` and ``story``; ``words`` are the words of each unit,
    ``totals`` the terms counted in it, listed or not; ``pooled`` are the counts of the listed terms overall.
    """

    terms: NDArray[np.object_]
    matrix: sparse.csr_matrix
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


def count_terms(
    sentences: pd.DataFrame, *, by: str, ngrams: int, min_count: int, min_articles: int, exclude: set[str]
) -> Counts:
    """Count terms by unit; terms below the minima, without a letter or excluded are not listed."""
    found = text.encode_words(sentences["text"].tolist())
    units, unit_of = _units(sentences, by)
    of_word = unit_of[found.rows]
    words = np.bincount(of_word, minlength=len(units))
    listed = np.array(
        [w not in exclude and any(c.isalpha() for c in w) for w in found.vocabulary], dtype=bool
    )
    names = np.array(found.vocabulary, dtype=object)
    if ngrams == 1:
        codes, at, wanted = found.ids.astype(np.int64), of_word, listed
    else:
        near = found.rows[1:] == found.rows[:-1]  # a pair never crosses a sentence
        size = len(found.vocabulary)
        pairs = found.ids[:-1][near].astype(np.int64) * size + found.ids[1:][near]
        distinct, codes = np.unique(pairs, return_inverse=True)
        at, wanted = of_word[1:][near], listed[distinct // max(size, 1)] & listed[distinct % max(size, 1)]
        names = distinct
    enough = np.bincount(codes, minlength=wanted.size) >= min_count
    keep = np.flatnonzero(wanted & enough)
    place = np.full(wanted.size, -1, dtype=np.int64)
    place[keep] = np.arange(keep.size)
    here = place[codes] >= 0
    matrix = sparse.coo_matrix(
        (np.ones(int(here.sum()), dtype=np.int32), (at[here], place[codes[here]])),
        shape=(len(units), keep.size),
    ).tocsr()
    common = np.asarray((matrix > 0).sum(axis=0)).ravel() >= min_articles
    labels = names[keep[common]]
    if ngrams == 2:
        vocabulary = np.array(found.vocabulary, dtype=object)
        labels = vocabulary[labels // size] + " " + vocabulary[labels % size]
    order = np.argsort(labels.astype(str), kind="stable")
    kept = matrix[:, np.flatnonzero(common)[order]].tocsr()
    return Counts(labels[order], kept, units, words, np.bincount(at, minlength=len(units)))


def _units(sentences: pd.DataFrame, by: str) -> tuple[pd.DataFrame, NDArray[np.int64]]:
    """Articles by group, in alphabetical order, and the unit of each sentence."""
    key = pd.DataFrame({"article": sentences["article_id"].array, "group": sentences[by].array})
    number = np.asarray(key.groupby(["article", "group"], sort=True).ngroup(), dtype=np.int64)
    key["story"] = sentences["story_id"].array if "story_id" in sentences.columns else pd.NA
    units = key.assign(unit=number).drop_duplicates("unit").sort_values("unit").drop(columns="unit")
    return units.reset_index(drop=True), number
