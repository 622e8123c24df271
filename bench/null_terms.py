"""How many words each method calls different where nothing is true."""

from __future__ import annotations

import numpy as np
import pandas as pd
from null_corpora import Corpus

from samestory.measures.terms import dunning, log_odds
from samestory.measures.terms.counting import Counts
from samestory.measures.terms.evidence import article_test, story_differences, story_test

G2_AT_05, Z_AT_05 = 3.841459, 1.959964
PRIOR_WORDS = 1000.0
METHODS = ("stories", "common", "articles", "G2", "z")


def called(corpus: Corpus, dealt: np.ndarray) -> dict[str, tuple[int, int]]:
    """Count the words called different and the words tested, by method, in one draw."""
    n = len(dealt)
    counts = _counts(corpus.counts, dealt)
    p = story_test(story_differences(counts, "A"))[1]
    common = np.asarray((counts.matrix > 0).sum(axis=0)).ravel() >= n
    own = np.asarray(counts.matrix[:n].sum(axis=0), dtype=float).ravel()
    other, a, b = counts.pooled - own, float(counts.totals[:n].sum()), float(counts.totals[n:].sum())
    prior = PRIOR_WORDS * counts.pooled / (a + b)
    value, error = log_odds(own, other, prior, totals=(a, b, PRIOR_WORDS))
    verdicts = {
        "stories": _below(p),
        "common": _below(p[common]),
        "articles": _below(article_test(counts, "A")),
        "G2": dunning(own, a, other, b) > G2_AT_05,
        "z": np.abs(value / error) > Z_AT_05,
    }
    return {method: (int(v.sum()), v.size) for method, v in verdicts.items()}


def _below(p: np.ndarray) -> np.ndarray:
    return np.asarray(p[~np.isnan(p)] < 0.05)


def _counts(whole: Counts, dealt: np.ndarray) -> Counts:
    """Keep the articles dealt, and the words with five occurrences in three of them."""
    n, rows = len(dealt), dealt.T.ravel()
    matrix = whole.matrix[rows].tocsr()
    often = np.bincount(matrix.indices, weights=matrix.data, minlength=matrix.shape[1]) >= 5
    keep = np.flatnonzero(often & (np.bincount(matrix.indices, minlength=matrix.shape[1]) >= 3))
    units = pd.DataFrame(
        {"group": ["A"] * n + ["B"] * n, "story": [f"s{i:03d}" for i in range(n)] * 2}, dtype="str"
    )
    return Counts(whole.terms[keep], matrix[:, keep], units, whole.words[rows], whole.totals[rows])
