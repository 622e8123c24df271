"""Words of articles that are counted batch by batch and summed over a corpus without its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from samestory import text
from samestory.measures.terms.counting import Counts, listable

__all__ = ["article_words", "sum_words"]

#: Gives the tables of the batches, with the columns asked for.
Read = Callable[[Sequence[str]], Iterable[pd.DataFrame]]


def article_words(sentences: pd.DataFrame, found: text.WordTable) -> pd.DataFrame:
    """Count the words of each article, datelines aside.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table.
    found : WordTable
        The words of its texts, datelines included.

    Returns
    -------
    DataFrame
        ``article_id``, ``term`` and ``n``, one row per article and word; the first two are categories, since
        a word stands in many articles of a batch. An article without words has one row without a term.

    Examples
    --------
    >>> given = ["Rain on rain.", "…"]
    >>> sentences = pd.DataFrame({"article_id": ["a", "b"], "start": 0, "end": [13, 1], "text": given})
    >>> article_words(sentences, text.encode_words(given))
      article_id  term  n
    0          a  rain  2
    1          a    on  1
    2          b   NaN  0
    """
    ids, rows, vocabulary = _without_datelines(sentences, found)
    code, articles = pd.factorize(sentences["article_id"])
    size = max(len(vocabulary), 1)
    key, n = np.unique(code[rows].astype(np.int64) * size + ids, return_counts=True)
    silent = np.setdiff1d(np.arange(len(articles)), key // size)
    article = np.concatenate([key // size, silent])
    term = np.concatenate([key % size, np.full(silent.size, -1)])
    order = np.argsort(article, kind="stable")
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(article[order], categories=articles),
            "term": pd.Categorical.from_codes(term[order], categories=pd.Index(vocabulary, dtype="str")),
            "n": np.concatenate([n, np.zeros(silent.size, dtype=np.int64)])[order].astype(np.int32),
        }
    )


def _without_datelines(
    sentences: pd.DataFrame, found: text.WordTable
) -> tuple[NDArray[np.int32], NDArray[np.int32], list[str]]:
    """Look again at the few sentences that have one: a dash of it may join words."""
    masked = text.mask_datelines(sentences)
    changed = np.array(
        [m != t for m, t in zip(masked, sentences["text"].tolist(), strict=True)], dtype=np.bool_
    )
    if not changed.any():
        return found.ids, found.rows, found.vocabulary
    places = np.flatnonzero(changed).astype(np.int32)
    again = text.encode_words(masked[i] for i in places)
    number = {word: i for i, word in enumerate(found.vocabulary)}
    new = np.array([number.setdefault(word, len(number)) for word in again.vocabulary], dtype=np.int32)
    kept = ~changed[found.rows]
    ids = np.concatenate([found.ids[kept], new[again.ids]])
    return ids, np.concatenate([found.rows[kept], places[again.rows]]), list(number)


def sum_words(
    read: Read, articles: pd.DataFrame, *, min_count: int, min_articles: int, unlisted: Set[str]
) -> Counts:
    """Sum up what :func:`article_words` counted: the counts of :func:`count_terms`, of single words.

    Parameters
    ----------
    read : callable
        Gives the tables of the batches; it is asked three times, so that only the counts of words worth
        listing are held. No article is in two of them.
    articles : DataFrame
        ``article_id``, ``group`` and ``story``; articles without a group are left out.
    min_count, min_articles, unlisted
        As in :func:`count_terms`.

    Returns
    -------
    Counts
        Of the articles that have sentences.
    """
    known = articles[articles["group"].notna()].sort_values("article_id", ignore_index=True)
    place = pd.Index(known["article_id"])
    words, present = np.zeros(len(known), dtype=np.int64), np.zeros(len(known), dtype=np.bool_)
    for piece in read(["article_id", "n"]):
        of = place.get_indexer(piece["article_id"].cat.categories)
        number = np.bincount(piece["article_id"].cat.codes, weights=piece["n"], minlength=len(of))
        present[of[of >= 0]] = True
        words[of[of >= 0]] = number[of >= 0].astype(np.int64)
    units = known[present].reset_index(drop=True).rename(columns={"article_id": "article"})
    place, words = pd.Index(units["article"]), words[present]
    vocabulary = _Vocabulary(unlisted)
    for _, term, n in _parts(read, place, vocabulary):
        vocabulary.add(term, n)
    terms, matrix = _filled(_parts(read, place, vocabulary), vocabulary, len(units), min_count, min_articles)
    return Counts(terms, matrix, units, words, words)


class _Vocabulary(dict[str, int]):
    """Numbers for the words as they come, -1 for those not listed; and how often each occurs."""

    def __init__(self, unlisted: Set[str]) -> None:
        self._unlisted = unlisted
        self.words: list[str] = []
        self.total = np.zeros(1 << 12, dtype=np.int64)
        self.articles = np.zeros(1 << 12, dtype=np.int32)
        self.most = 0

    def __missing__(self, word: str) -> int:
        number = len(self.words) if listable(word, self._unlisted) else -1
        if number >= 0:
            self.words.append(word)
        self[word] = number
        return number

    def add(self, term: NDArray[np.int64], n: NDArray[np.int32]) -> None:
        """Count the occurrences of words, given by number, in one batch."""
        while len(self.total) < len(self.words):
            self.total = np.concatenate([self.total, np.zeros_like(self.total)])
            self.articles = np.concatenate([self.articles, np.zeros_like(self.articles)])
        number, place, many = np.unique(term, return_inverse=True, return_counts=True)
        self.total[number] += np.bincount(place, weights=n).astype(np.int64)
        self.articles[number] += many.astype(np.int32)
        self.most = max(self.most, int(n.max(initial=0)))


def _parts(
    read: Read, place: pd.Index, vocabulary: _Vocabulary
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]]:
    """Give unit, number of the word and occurrences, batch by batch, of words that may be listed."""
    for piece in read(["article_id", "term", "n"]):
        unit = place.get_indexer(piece["article_id"].cat.categories)[piece["article_id"].cat.codes]
        words = piece["term"].cat.categories.tolist()
        # The last place stands for no word, which has the code -1.
        number = np.fromiter((*map(vocabulary.__getitem__, words), -1), np.int64, len(words) + 1)
        term = number[piece["term"].cat.codes]
        here = (unit >= 0) & (term >= 0)
        yield unit[here], term[here], piece["n"].to_numpy()[here]


def _filled(
    parts: Iterable[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int32]]],
    vocabulary: _Vocabulary,
    units: int,
    min_count: int,
    min_articles: int,
) -> tuple[NDArray[np.object_], sparse.csc_matrix]:
    """Put the counts of words worth listing where they stand in the end: no second copy of them is made."""
    size = len(vocabulary.words)
    total, articles = vocabulary.total[:size], vocabulary.articles[:size]
    kept = np.flatnonzero((total >= min_count) & (articles >= min_articles))
    kept = np.array(sorted(kept.tolist(), key=vocabulary.words.__getitem__), dtype=np.int64)
    column = np.full(size, -1, dtype=np.int64)
    column[kept] = np.arange(kept.size)
    ends = np.cumsum(articles[kept], dtype=np.int64)
    first = np.concatenate([np.zeros(1, dtype=np.int64), ends])
    wide = np.int64 if first[-1] > np.iinfo(np.int32).max else np.int32
    indices = np.empty(first[-1], dtype=wide)
    data = np.empty(first[-1], dtype=np.min_scalar_type(vocabulary.most))
    free = first[:-1].copy()
    for unit, term, n in parts:
        here = np.flatnonzero(column[term] >= 0)
        here = here[np.lexsort((unit[here], column[term[here]]))]
        number, begins, many = np.unique(column[term[here]], return_index=True, return_counts=True)
        place = np.repeat(free[number] - begins, many) + np.arange(here.size)
        indices[place], data[place] = unit[here], n[here]
        free[number] += many
    matrix = sparse.csc_matrix((data, indices, first.astype(wide)), shape=(units, kept.size))
    matrix.sort_indices()  # batches may come in any order
    return np.array([vocabulary.words[i] for i in kept], dtype=object), matrix
