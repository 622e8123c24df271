"""Articles as weighted word vectors: what two articles about one event have in common.

An article is three bags of words: its body (headline and first 500 words, so that long reports do not
resemble everything), its opening (headline and first words, where news names the event) and its headline.
They are set side by side in one row, so that the dot product of two rows is the weighted mean of three
cosines. Word weights are TF-IDF [1]_ with three choices for news:

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

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

__all__ = ["Vectors", "article_vectors"]

IDF_POWER = 1.5
LONE_WORD_WEIGHT = 0.1
LONE_WORD_RELIEF = 1.5
BODY_WORDS, OPENING_WORDS = 500, 120
OPENING_SHARE, TITLE_SHARE = 0.3, 0.1

_TOKEN = r"(?u)\b[^\W_][^\W_]+\b"


@dataclass(frozen=True)
class Vectors:
    """One row per article; its columns are the ``terms`` (by alphabet) of body, opening and headline."""

    rows: sp.csr_matrix
    terms: npt.NDArray[np.str_]


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
    >>> (v.rows @ v.rows.T).toarray().round(2).tolist()
    [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    bodies = [_first_words(f"{a} {b}", BODY_WORDS) for a, b in zip(titles, texts, strict=True)]
    counter = CountVectorizer(stop_words="english", token_pattern=_TOKEN, dtype=np.float32)
    try:
        counts = counter.fit_transform(bodies)
    except ValueError:  # not one content word in the whole corpus
        return Vectors(sp.csr_matrix((len(texts), 0), dtype=np.float32), np.array([], dtype=str))
    bags = (
        (counts, 1 - OPENING_SHARE - TITLE_SHARE),
        (counter.transform([_first_words(body, OPENING_WORDS) for body in bodies]), OPENING_SHARE),
        (counter.transform(titles), TITLE_SHARE),
    )
    parts = [np.float32(np.sqrt(share)) * _weighted(bag) for bag, share in bags]
    rows = sp.csr_matrix(sp.hstack(parts, format="csr", dtype=np.float32))
    # An article without a headline has a shorter row until here.
    return Vectors(normalize(rows, copy=False), counter.get_feature_names_out().astype(str))


def _first_words(text: str, n: int) -> str:
    return " ".join(text.split(maxsplit=n)[:n])


def _weighted(counts: sp.csr_matrix) -> sp.csr_matrix:
    """Weigh the counts of one kind of bag: rarity is measured among the bags of that kind."""
    n = counts.shape[0]
    articles_with = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = (np.log((1 + n) / (1 + articles_with)) + 1) ** IDF_POWER
    weights[articles_with == 1] *= LONE_WORD_WEIGHT + (1 - LONE_WORD_WEIGHT) * min(1.0, LONE_WORD_RELIEF / n)
    data = (1 + np.log(counts.data)) * weights.astype(np.float32)[counts.indices]
    rows = sp.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
    return sp.csr_matrix(normalize(rows, copy=False))
