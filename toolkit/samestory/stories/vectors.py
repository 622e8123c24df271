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
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.preprocessing import normalize

from samestory.stories.rarity import rarity_now

__all__ = ["Bags", "Vectors", "article_vectors", "count_words"]

IDF_POWER = 1.5
LONE_WORD_WEIGHT = 0.1
LONE_WORD_RELIEF = 1.5
BODY_WORDS, OPENING_WORDS = 500, 120
OPENING_SHARE, TITLE_SHARE = 0.3, 0.1

_TOKEN = re.compile(r"\b[^\W_][^\W_]+\b")
_STOP_WORDS = tuple(sorted(ENGLISH_STOP_WORDS))
# Articles whose words are counted, and whose rows are made, together: bounds what is held besides the result.
_BATCH = 2048


@dataclass(frozen=True)
class Bags:
    """How often each of the ``terms`` (by alphabet) stands in each article's body, opening and headline."""

    terms: npt.NDArray[np.str_]
    body: sp.csr_matrix
    opening: sp.csr_matrix
    headline: sp.csr_matrix


@dataclass(frozen=True)
class Vectors:
    """One row per article; its columns are the ``terms`` (by alphabet) of body, opening and headline."""

    rows: sp.csr_matrix
    terms: npt.NDArray[np.str_]


def article_vectors(bags: Bags, days: npt.NDArray[np.float64] | None = None) -> Vectors:
    """Turn counts of words into rows whose dot product is the articles' likeness, 0 to 1.

    Parameters
    ----------
    bags : Bags
        The words of the articles (:func:`count_words`).
    days : array, optional
        Publication time in days, NaN where unknown: words count less where many articles of the weeks around
        use them. Left out: rarity in the whole corpus alone counts.

    Returns
    -------
    Vectors
        Rows of length 1, or of zeros for an article without any content word.

    Examples
    --------
    >>> texts = ["Ferry crews strike", "A strike of ferry crews", "Rates fall"]
    >>> v = article_vectors(count_words(["", "", ""], texts))
    >>> (v.rows @ v.rows.T).toarray().round(2).tolist()
    [[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]]
    """
    if not len(bags.terms):  # not one content word in the whole corpus
        return Vectors(bags.body.astype(np.float32), bags.terms)
    now = None if days is None else rarity_now(bags.body, days)
    parts = [
        (bag, _weights(bag), np.float32(np.sqrt(share)))
        for bag, share in (
            (bags.body, 1 - OPENING_SHARE - TITLE_SHARE),
            (bags.opening, OPENING_SHARE),
            (bags.headline, TITLE_SHARE),
        )
    ]
    n, most = bags.body.shape[0], sum(bag.nnz for bag, _, _ in parts)
    data, columns = np.empty(most, dtype=np.float32), np.empty(most, dtype=np.int32)
    ends, end = np.zeros(n + 1, dtype=np.int64), 0
    for start in range(0, n, _BATCH):
        block = slice(start, min(start + _BATCH, n))
        then = None if now is None else now[block]
        weighed = [share * _weighted(bag[block], weights, then) for bag, weights, share in parts]
        # An article without a headline has a shorter row until here.
        rows = normalize(sp.csr_matrix(sp.hstack(weighed, format="csr", dtype=np.float32)), copy=False)
        data[end : end + rows.nnz], columns[end : end + rows.nnz] = rows.data, rows.indices
        ends[start + 1 : block.stop + 1] = end + rows.indptr[1:]
        end += rows.nnz
    shape = (n, 3 * len(bags.terms))
    return Vectors(sp.csr_matrix((data[:end], columns[:end], ends), shape=shape), bags.terms)


def count_words(titles: Iterable[str], texts: Iterable[str]) -> Bags:
    """Count the content words of articles, read one after the other.

    Parameters
    ----------
    titles, texts : iterable of str
        Headline (may be empty) and text of each article; the texts need not be in memory together.

    Returns
    -------
    Bags

    Examples
    --------
    >>> bags = count_words(["Strike"], ["Crews strike again and again."])
    >>> bags.terms.tolist(), bags.body.toarray().tolist(), bags.headline.toarray().tolist()
    (['crews', 'strike'], [[1, 2]], [[0, 1]])
    """
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    n_stop = len([numbers[word] for word in _STOP_WORDS])
    tables: list[list[sp.csr_matrix]] = [[], [], []]
    articles = zip(titles, texts, strict=True)
    while batch := list(islice(articles, _BATCH)):
        found: list[list[npt.NDArray[np.int32]]] = [[], [], []]
        for title, text in batch:
            words = f"{title} {text}".split(maxsplit=BODY_WORDS)[:BODY_WORDS]
            opening, rest = (
                _numbered(" ".join(part), numbers, n_stop)
                for part in (words[:OPENING_WORDS], words[OPENING_WORDS:])
            )
            bags = (np.concatenate([opening, rest]), opening, _numbered(title, numbers, n_stop))
            for column, bag in zip(found, bags, strict=True):
                column.append(bag)
        for table, column in zip(tables, found, strict=True):
            table.append(_table(column))
    terms = np.array(list(numbers)[n_stop:], dtype=str)
    order = np.argsort(terms)
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return Bags(terms[order], *(_stacked(table, place) for table in tables))


def _numbered(text: str, numbers: defaultdict[str, int], n_stop: int) -> npt.NDArray[np.int32]:
    """Numbers of a text's content words, from 0."""
    words = _TOKEN.findall(text.lower())
    found = np.fromiter(map(numbers.__getitem__, words), dtype=np.int32, count=len(words)) - n_stop
    return found[found >= 0]


def _table(bags: list[npt.NDArray[np.int32]]) -> sp.csr_matrix:
    """Count the words of some articles, at most ``BODY_WORDS`` each; as wide as the highest number."""
    words = np.concatenate([*bags, np.zeros(0, dtype=np.int32)])
    ends = np.cumsum([0, *(len(bag) for bag in bags)], dtype=np.int32)
    shape = (len(bags), int(words.max(initial=-1)) + 1)
    table = sp.csr_matrix((np.ones(len(words), dtype=np.uint16), words, ends), shape=shape)
    table.sum_duplicates()
    return table


def _stacked(tables: list[sp.csr_matrix], place: npt.NDArray[np.int32]) -> sp.csr_matrix:
    """Set the tables below each other, with each column at its place; the list is emptied on the way."""
    ends = np.cumsum([0, *(size for table in tables for size in np.diff(table.indptr))])
    data, words = np.empty(ends[-1], dtype=np.uint16), np.empty(ends[-1], dtype=np.int32)
    end = 0
    while tables:
        table = tables.pop(0)
        data[end : end + table.nnz] = table.data
        words[end : end + table.nnz] = place[table.indices]
        end += table.nnz
    stacked = sp.csr_matrix((data, words, ends), shape=(len(ends) - 1, len(place)))
    stacked.sort_indices()
    return stacked


def _weights(counts: sp.csr_matrix) -> npt.NDArray[np.float32]:
    """Weigh the words of one kind of bag: rarity is measured among the bags of that kind."""
    n = counts.shape[0]
    articles_with = np.bincount(counts.indices, minlength=counts.shape[1])
    weights = (np.log((1 + n) / (1 + articles_with)) + 1) ** IDF_POWER
    weights[articles_with == 1] *= LONE_WORD_WEIGHT + (1 - LONE_WORD_WEIGHT) * min(1.0, LONE_WORD_RELIEF / n)
    return np.asarray(weights, dtype=np.float32)


def _weighted(
    counts: sp.csr_matrix, weights: npt.NDArray[np.float32], now: sp.csr_matrix | None
) -> sp.csr_matrix:
    """Rows of length 1: counts by their logarithm, times the weights of the words, times ``now``."""
    data = (1 + np.log(counts.data.astype(np.float32))) * weights[counts.indices]
    rows = sp.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)
    if now is not None:
        rows = sp.csr_matrix(rows.multiply(now))
    return sp.csr_matrix(normalize(rows, copy=False))
