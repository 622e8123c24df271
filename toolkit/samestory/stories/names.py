"""Names of stories: first day and heaviest words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

import numpy as np
import numpy.typing as npt

from samestory.stories.likeness import Likeness
from samestory.stories.linkage import Rows
from samestory.stories.vectors import Vectors
from samestory.text import words

__all__ = ["groups_of", "story_names"]


def groups_of(labels: Rows) -> list[Rows]:
    """Members of each cluster, the cluster of the first article first."""
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return sorted(groups, key=lambda members: int(members[0]))


def story_names(labels: Rows, articles: Likeness) -> npt.NDArray[np.object_]:
    """Name each cluster by its first day and heaviest words; number the names that clusters share."""
    names = np.empty(len(labels), dtype=object)
    taken: Counter[str] = Counter()
    for members in groups_of(labels):
        known = articles.days[members][np.isfinite(articles.days[members])]
        day = str(np.datetime64(int(known.min() // 1), "D")) if len(known) else "undated"
        name = "-".join([day, *_heaviest_words(members, articles.vectors, articles.titles)])
        taken[name] += 1
        names[members] = name if taken[name] == 1 else f"{name}-{taken[name]}"
    return names


def _heaviest_words(members: Rows, vectors: Vectors, titles: list[str]) -> list[str]:
    """Up to three words of the headlines (where there is none: of the texts), by weight, then alphabet."""
    start, stop = vectors.rows.indptr[members], vectors.rows.indptr[members + 1]
    cells = np.concatenate([np.arange(a, b) for a, b in zip(start, stop, strict=True)])
    n_terms = len(vectors.terms)
    columns, place = np.unique(vectors.rows.indices[cells] % max(1, n_terms), return_inverse=True)
    weights = np.bincount(place, weights=vectors.rows.data[cells], minlength=len(columns)).round(5)
    ranked = vectors.terms[columns[np.lexsort((columns, -weights))]].tolist()
    headline = {w for i in members for w in words(titles[i])}
    return _first_words(w for w in ranked if w in headline) or _first_words(ranked) or ["untitled"]


def _first_words(ranked: Iterable[str]) -> list[str]:
    return list(islice((w for w in ranked if w.isalpha()), 3))
