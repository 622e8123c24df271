"""Articles as weighted word vectors: what two articles about one event have in common.

An article is two bags of words, its whole text and its opening (headline and first words, where news
names the event). The two are set side by side in one row, so that the dot product of two rows is the
weighted mean of two cosines. Word weights are TF-IDF [1]_ with three choices for news:

- a word counts by the logarithm of how often it stands in the article;
- rarity counts more than in the textbook (the power of idf): a place or a name tells events apart;
- a word that no other article uses cannot link articles and only makes them look less alike, the more
  so the smaller the corpus; its weight is cut. In a corpus of two articles such words are all the
  difference there is, so there they keep most of their weight.

References
----------
.. [1] Manning, C. D., Raghavan, P., & Schütze, H. (2008). Introduction to Information Retrieval, ch. 6.
   Cambridge University Press.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

__all__ = ["Vectors", "article_vectors"]

IDF_POWER = 1.5
LONE_WORD_WEIGHT = 0.2
LONE_WORD_RELIEF = 1.5
OPENING_WORDS = 120
OPENING_SHARE = 0.4
# In a large corpus a word in more than a fifth of the articles hardly weighs, but costs the most time.
COMMON_SHARE, LARGE = 0.2, 2000

_TOKEN = r"(?u)\b[^\W_][^\W_]+\b"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Vectors:
    """One row per article, columns twice the vocabulary: whole text, then opening."""

    rows: sp.csr_matrix
    terms: npt.NDArray[np.str_]

    def top_terms(self, rows: npt.NDArray[np.intp], n: int) -> list[str]:
        """Name the words that weigh most in some articles, the heaviest first; ties by alphabet.

        Words with digits are passed over: they make poor names.
        """
        total = np.asarray(self.rows[rows].sum(axis=0)).ravel().round(6)
        total = total[: len(self.terms)] + total[len(self.terms) :]
        heavy = sorted(np.flatnonzero(total), key=lambda i: (-total[i], self.terms[i]))
        return [t for t in map(str, self.terms[heavy]) if t.isalpha()][:n]


def article_vectors(titles: list[str], texts: list[str]) -> Vectors:
    """Turn headlines and texts into rows whose dot product is the articles' likeness, 0 to 1.

    Parameters
    ----------
    titles, texts : list of str
        Headline (may be empty) and text of each article.

    Returns
    -------
    Vectors
        Rows of length 1, or of zeros for an article without any content word.

    Examples
    --------
    >>> v = article_vectors(["", "", ""], ["Ferry crews strike", "A strike of ferry crews", "Rates fall"])
    >>> (v.rows @ v.rows.T).toarray().round(2)
    array([[1., 1., 0.],
           [1., 1., 0.],
           [0., 0., 1.]])
    """
    whole = [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]
    counter = CountVectorizer(stop_words="english", token_pattern=_TOKEN, dtype=np.float32)
    try:
        counts = counter.fit_transform(whole)
    except ValueError:  # not one content word in the whole corpus
        return Vectors(sp.csr_matrix((len(texts), 0), dtype=np.float32), np.array([], dtype=str))
    openings = counter.transform([_opening(text) for text in whole])
    weights = _word_weights(counts)
    parts = [
        np.float32(np.sqrt(share)) * _weighted(part, weights)
        for part, share in ((counts, 1 - OPENING_SHARE), (openings, OPENING_SHARE))
    ]
    rows = sp.csr_matrix(sp.hstack(parts, format="csr", dtype=np.float32))
    return Vectors(rows, counter.get_feature_names_out().astype(str))


def _opening(text: str) -> str:
    found = None
    for n, found in enumerate(_WORD.finditer(text), start=1):  # noqa: B007
        if n == OPENING_WORDS:
            break
    return text[: found.end()] if found else ""


def _word_weights(counts: sp.csr_matrix) -> npt.NDArray[np.float32]:
    n = counts.shape[0]
    articles_with = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = (np.log((1 + n) / (1 + articles_with)) + 1) ** IDF_POWER
    weights[articles_with == 1] *= LONE_WORD_WEIGHT + (1 - LONE_WORD_WEIGHT) * min(1.0, LONE_WORD_RELIEF / n)
    if n > LARGE:
        weights[articles_with > COMMON_SHARE * n] = 0.0
    return weights.astype(np.float32)


def _weighted(counts: sp.csr_matrix, weights: npt.NDArray[np.float32]) -> sp.csr_matrix:
    rows = counts.copy()
    rows.data = (1 + np.log(rows.data)) * weights[rows.indices]
    rows.eliminate_zeros()
    return normalize(rows, copy=False)
