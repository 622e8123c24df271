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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from sklearn.preprocessing import normalize

from samestory.stories.rarity import rarity_now
from samestory.stories.spool import Spool

__all__ = ["Bags", "Vectors", "article_vectors", "count_words"]

IDF_POWER = 1.5
LONE_WORD_WEIGHT = 0.1
LONE_WORD_RELIEF = 1.5
BODY_WORDS, OPENING_WORDS = 500, 120
OPENING_SHARE, TITLE_SHARE = 0.3, 0.1
_SHARES = (1 - OPENING_SHARE - TITLE_SHARE, OPENING_SHARE, TITLE_SHARE)

_TOKEN = re.compile(r"\b[^\W_][^\W_]+\b")
_STOP_WORDS = tuple(sorted(ENGLISH_STOP_WORDS))
# Articles whose words are counted, and whose rows are made, together: bounds what is held besides the result.
_BATCH = 2048


@dataclass(frozen=True)
class Bags:
    """How often each of the ``terms`` (by alphabet) stands in each article's body, opening and headline.

    The counts wait in a file, those of some articles after those of others: they are read when the articles
    are weighed, as to their events and again as to their subjects, and would be as large as the result.
    """

    terms: npt.NDArray[np.object_]
    counts: Spool

    def blocks(self) -> Iterator[list[sp.csr_matrix]]:
        """Give for some articles after the other the counts of body, opening and headline."""
        for arrays in self.counts:
            yield [self.table(*arrays[i : i + 3]) for i in (0, 3, 6)]

    def table(self, data: npt.NDArray[Any], words: npt.NDArray[Any], ends: npt.NDArray[Any]) -> sp.csr_matrix:
        """Make a table with a column for each term."""
        return sp.csr_matrix((data, words, ends), shape=(len(ends) - 1, len(self.terms)))


@dataclass(frozen=True)
class Vectors:
    """One row per article; its columns are the ``terms`` (by alphabet) of body, opening and headline."""

    rows: sp.csr_matrix
    terms: npt.NDArray[np.object_]


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
    n_terms = len(bags.terms)
    n, cells, articles_with = 0, 0, np.zeros((len(_SHARES), n_terms), dtype=np.int64)
    for block in bags.blocks():
        n += block[0].shape[0]
        for bag, held_by in zip(block, articles_with, strict=True):
            cells += bag.nnz
            held_by += np.bincount(bag.indices, minlength=n_terms)
    if not n_terms:  # not one content word in the whole corpus
        return Vectors(sp.csr_matrix((n, 0), dtype=np.float32), bags.terms)
    weights = [_weights(held_by, n) for held_by in articles_with]
    now: Iterable[list[Any]] = repeat([None]) if days is None else _factors_now(bags, days)
    data, columns = np.empty(cells, dtype=np.float32), np.empty(cells, dtype=np.int32)
    ends, done, end = np.zeros(n + 1, dtype=np.int64), 0, 0
    for block, (factors,) in zip(bags.blocks(), now, strict=False):
        then = None if factors is None else bags.table(factors, block[0].indices, block[0].indptr)
        weighed = [
            np.float32(np.sqrt(share)) * _weighted(bag, weight, then)
            for bag, weight, share in zip(block, weights, _SHARES, strict=True)
        ]
        # An article without a headline has a shorter row until here.
        rows = normalize(sp.csr_matrix(sp.hstack(weighed, format="csr", dtype=np.float32)), copy=False)
        data[end : end + rows.nnz], columns[end : end + rows.nnz] = rows.data, rows.indices
        ends[done + 1 : done + rows.shape[0] + 1] = end + rows.indptr[1:]
        done, end = done + rows.shape[0], end + rows.nnz
    return Vectors(sp.csr_matrix((data[:end], columns[:end], ends), shape=(n, 3 * n_terms)), bags.terms)


def _factors_now(bags: Bags, days: npt.NDArray[np.float64]) -> Spool:
    """Give each word of the bodies its factor for how rare it is at the time, in the parts of the bags."""
    sizes = [(block[0].nnz, np.diff(block[0].indptr)) for block in bags.blocks()]
    words = np.empty(sum(size for size, _ in sizes), dtype=np.int32)
    edges = np.cumsum([0, *(size for size, _ in sizes)])
    for (first, last), block in zip(pairwise(edges), bags.blocks(), strict=True):
        words[first:last] = block[0].indices
    ends = np.cumsum(np.concatenate([[0], *(lengths for _, lengths in sizes)]))
    factors = rarity_now(words, ends, days, n_words=len(bags.terms))
    spool = Spool()
    for first, last in pairwise(edges):
        spool.add(factors[first:last])
    return spool


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
    >>> bags.terms.tolist(), [bag.toarray().tolist() for bag in next(bags.blocks())]
    (['crews', 'strike'], [[[1, 2]], [[1, 2]], [[0, 1]]])
    """
    numbers: defaultdict[str, int] = defaultdict()
    numbers.default_factory = numbers.__len__
    n_stop = len([numbers[word] for word in _STOP_WORDS])
    counted = Spool()
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
        counted.add(*(array for column in found for array in _counts(column)))
    terms = np.array([*numbers, None], dtype=object)[
        n_stop:-1
    ]  # None: so that they are never taken for a table
    order = np.argsort(terms)
    return Bags(terms[order], _by_alphabet(counted, order))


def _numbered(text: str, numbers: defaultdict[str, int], n_stop: int) -> npt.NDArray[np.int32]:
    """Numbers of a text's content words, from 0."""
    words = _TOKEN.findall(text.lower())
    found = np.fromiter(map(numbers.__getitem__, words), dtype=np.int32, count=len(words)) - n_stop
    return found[found >= 0]


def _counts(bags: list[npt.NDArray[np.int32]]) -> list[npt.NDArray[Any]]:
    """Count the words of some articles, at most ``BODY_WORDS`` each: counts, words, ends of articles."""
    words = np.concatenate([*bags, np.zeros(0, dtype=np.int32)])
    ends = np.cumsum([0, *(len(bag) for bag in bags)], dtype=np.int32)
    shape = (len(bags), int(words.max(initial=-1)) + 1)
    table = sp.csr_matrix((np.ones(len(words), dtype=np.uint16), words, ends), shape=shape)
    table.sum_duplicates()
    return [table.data, table.indices, table.indptr]


def _by_alphabet(counted: Spool, order: npt.NDArray[np.intp]) -> Spool:
    """Give the words numbers by the alphabet, which is known when all are counted."""
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    out = Spool()
    for arrays in counted:
        tables = [
            sp.csr_matrix((data, place[words], ends), shape=(len(ends) - 1, len(order)))
            for data, words, ends in (arrays[:3], arrays[3:6], arrays[6:])
        ]
        for table in tables:
            table.sort_indices()
        out.add(*(array for table in tables for array in (table.data, table.indices, table.indptr)))
    return out


def _weights(articles_with: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.float32]:
    """Weigh the words of one kind of bag: rarity is measured among the bags of that kind."""
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
