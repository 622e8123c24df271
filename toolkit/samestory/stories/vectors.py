"""Articles as weighted word vectors: what two articles about one event have in common.

An article is three bags of words: its body (headline and first 500 words, so that long reports do not
resemble everything), its opening (headline and first words, where news names the event) and its headline.
They are set side by side in one row, so that the dot product of two rows is the weighted mean of three
cosines. Word weights are TF-IDF [1]_ with four choices for news:

- a word counts by the logarithm of how often it stands in the article;
- rarity counts more than in the textbook (the power of idf): a place or a name tells events apart;
- rarity is also measured among the articles of the weeks around (``samestory.stories.rarity``), since the
  words of an affair are rare in the corpus and common while it lasts;
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
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.preprocessing import normalize

from samestory.stories.rarity import rarity_now

__all__ = ["Vectors", "article_vectors"]

IDF_POWER = 1.5
LONE_WORD_WEIGHT = 0.1
LONE_WORD_RELIEF = 1.5
BODY_WORDS, OPENING_WORDS = 500, 120
OPENING_SHARE, TITLE_SHARE = 0.3, 0.1

_TOKEN = re.compile(r"\b[^\W_][^\W_]+\b")
_STOP_WORDS = tuple(sorted(ENGLISH_STOP_WORDS))
# Articles counted before their words are put into a table: bounds what is held besides it.
_BATCH = 2048


@dataclass(frozen=True)
class Vectors:
    """One row per article; its columns are the ``terms`` (by alphabet) of body, opening and headline."""

    rows: sp.csr_matrix
    terms: npt.NDArray[np.str_]


def article_vectors(
    titles: list[str], texts: list[str], days: npt.NDArray[np.float64] | None = None
) -> Vectors:
    """Turn headlines and texts into rows whose dot product is the articles' likeness, 0 to 1.

    Parameters
    ----------
    titles, texts : list of str
        Headline (may be empty) and text of each article.
    days : array, optional
        Publication time in days, NaN where unknown: words count less where many articles of the weeks around
        use them. Left out: rarity in the whole corpus alone counts.

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
    terms, (body, opening, headline) = _counted(titles, texts)
    if not len(terms):  # not one content word in the whole corpus
        return Vectors(body, terms)
    now = None if days is None else rarity_now(body, days)
    bags = (
        (body, 1 - OPENING_SHARE - TITLE_SHARE),
        (opening, OPENING_SHARE),
        (headline, TITLE_SHARE),
    )
    parts = [np.float32(np.sqrt(share)) * _weighted(bag, now) for bag, share in bags]
    rows = sp.csr_matrix(sp.hstack(parts, format="csr", dtype=np.float32))
    # An article without a headline has a shorter row until here.
    return Vectors(normalize(rows, copy=False), terms)


def _counted(titles: list[str], texts: list[str]) -> tuple[npt.NDArray[np.str_], list[sp.csr_matrix]]:
    """Words by alphabet, and how often each stands in each body, opening and headline."""
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    n_stop = len([numbers[word] for word in _STOP_WORDS])
    batches: list[list[sp.csr_matrix]] = [[], [], []]
    for start in range(0, len(texts), _BATCH):
        found: list[list[npt.NDArray[np.int32]]] = [[], [], []]
        for title, text in zip(titles[start : start + _BATCH], texts[start : start + _BATCH], strict=True):
            words = f"{title} {text}".split(maxsplit=BODY_WORDS)[:BODY_WORDS]
            opening, rest = (
                _numbered(" ".join(part), numbers, n_stop)
                for part in (words[:OPENING_WORDS], words[OPENING_WORDS:])
            )
            bags = (np.concatenate([opening, rest]), opening, _numbered(title, numbers, n_stop))
            for column, bag in zip(found, bags, strict=True):
                column.append(bag)
        for batch, column in zip(batches, found, strict=True):
            batch.append(_table(column))
    terms = np.array(list(numbers)[n_stop:], dtype=str)
    order = np.argsort(terms)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return terms[order], [_stacked(tables, place) for tables in batches]


def _numbered(text: str, numbers: defaultdict[str, int], n_stop: int) -> npt.NDArray[np.int32]:
    """Numbers of a text's content words, from 0."""
    words = _TOKEN.findall(text.lower())
    found = np.fromiter(map(numbers.__getitem__, words), dtype=np.int32, count=len(words)) - n_stop
    return found[found >= 0]


def _table(bags: list[npt.NDArray[np.int32]]) -> sp.csr_matrix:
    """Count the words of some articles; as wide as the highest number."""
    words = np.concatenate([*bags, np.zeros(0, dtype=np.int32)])
    ends = np.cumsum([0, *(len(bag) for bag in bags)], dtype=np.int32)
    shape = (len(bags), int(words.max(initial=-1)) + 1)
    table = sp.csr_matrix((np.ones(len(words), dtype=np.float32), words, ends), shape=shape)
    table.sum_duplicates()
    return table


def _stacked(tables: list[sp.csr_matrix], place: npt.NDArray[np.int32]) -> sp.csr_matrix:
    """Set the tables below each other, with each column at its place."""
    if not tables:
        return sp.csr_matrix((0, len(place)), dtype=np.float32)
    ends = np.cumsum([0, *np.concatenate([np.diff(t.indptr) for t in tables])])
    words = place[np.concatenate([t.indices for t in tables])]
    data = np.concatenate([t.data for t in tables])
    stacked = sp.csr_matrix((data, words, ends), shape=(len(ends) - 1, len(place)))
    stacked.sort_indices()
    return stacked


def _weighted(counts: sp.csr_matrix, now: sp.csr_matrix | None = None) -> sp.csr_matrix:
    """Weigh the counts of one kind of bag: rarity is measured among the bags of that kind, and ``now``."""
    n = counts.shape[0]
    articles_with = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = (np.log((1 + n) / (1 + articles_with)) + 1) ** IDF_POWER
    weights[articles_with == 1] *= LONE_WORD_WEIGHT + (1 - LONE_WORD_WEIGHT) * min(1.0, LONE_WORD_RELIEF / n)
    data = (1 + np.log(counts.data)) * weights.astype(np.float32)[counts.indices]
    rows = sp.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
    if now is not None:
        rows = sp.csr_matrix(rows.multiply(now))
    return sp.csr_matrix(normalize(rows, copy=False))
