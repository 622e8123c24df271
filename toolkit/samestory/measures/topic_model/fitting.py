"""Fit one model: TF-IDF weights of the articles, and their factorisation."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from samestory import text

__all__ = ["Fit", "Weights", "fit", "resampled", "weighted_words"]

MAX_WORDS = 5_000
MAX_STEPS = 200


@dataclass(frozen=True, eq=False)
class Weights:
    """TF-IDF weights, articles × words; ``present`` says which words an article holds."""

    articles: list[str]
    story: NDArray[np.int64]
    terms: NDArray[np.object_]
    matrix: sparse.csr_matrix
    present: sparse.csc_matrix


@dataclass(frozen=True, eq=False)
class Fit:
    """One run: weights of the words by topic, top words by topic, and each article's shares of the topics."""

    words: NDArray[np.float32]
    top: list[list[int]]
    shares: NDArray[np.float32]
    converged: bool


def weighted_words(sentences: pd.DataFrame, *, min_articles: int) -> Weights:
    """Weigh the words of each article by TF-IDF; words of too few or of most articles are left out."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import

    ordered = sentences.sort_values(["article_id", "start"])
    bodies = ordered.groupby("article_id", sort=True)["text"].agg("\n".join)
    counter = TfidfVectorizer(
        analyzer=_letters,
        min_df=min_articles,
        max_df=0.5,
        max_features=MAX_WORDS,
        sublinear_tf=True,
        dtype=np.float32,
    )
    try:
        matrix = counter.fit_transform(bodies)
        terms = counter.get_feature_names_out()
    except ValueError:  # no word is left
        matrix, terms = sparse.csr_matrix((len(bodies), 0), dtype=np.float32), np.empty(0, dtype=object)
    known = pd.Series(bodies.index, index=bodies.index, dtype="str")
    if "story_id" in sentences.columns:
        known = ordered.groupby("article_id", sort=True)["story_id"].first().fillna(known)
    return Weights(list(bodies.index), pd.factorize(known)[0], terms, matrix, (matrix > 0).tocsc())


def _letters(body: str) -> list[str]:
    return [w for w in text.words(body) if len(w) > 2 and w.isalpha()]


def fit(
    weights: Weights, n_topics: int, seed: int, top: int, *, rows: NDArray[np.int64] | None = None
) -> Fit:
    """Fit on all articles, or on some of them; the shares are those of all articles either way."""
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    model = NMF(n_topics, init="random", random_state=seed, max_iter=MAX_STEPS, tol=1e-3)
    # The matrices are too small to share out: threads would spend ten times the work on waiting.
    # A perfect fit can have a squared error just below zero; it is not used.
    with warnings.catch_warnings(), threadpool_limits(1), np.errstate(invalid="ignore"):
        warnings.simplefilter("ignore", ConvergenceWarning)  # told in the grid instead
        found = model.fit_transform(weights.matrix if rows is None else weights.matrix[rows])
        loadings = found if rows is None else model.transform(weights.matrix)
    words = model.components_
    scaled = loadings * words.sum(axis=1)  # comparable across topics: weight in words
    total = scaled.sum(axis=1, keepdims=True)
    shares = np.divide(scaled, total, out=np.full_like(scaled, 1 / n_topics), where=total > 0)
    best = np.argsort(-words, axis=1, kind="stable")[:, :top]
    return Fit(words, best.tolist(), shares, bool(model.n_iter_ < MAX_STEPS))


def resampled(weights: Weights, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Articles of stories drawn with replacement, and how often each article was drawn."""
    n = int(weights.story.max()) + 1
    members = [np.flatnonzero(weights.story == s) for s in range(n)]
    drawn = np.random.default_rng([seed, 7]).integers(0, n, size=n)
    return np.concatenate([members[s] for s in drawn]), np.bincount(drawn, minlength=n)[weights.story]
