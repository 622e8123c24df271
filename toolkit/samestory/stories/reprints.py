"""mark_reprints: which articles are (nearly) copies of an earlier one."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from samestory import tables
from samestory.errors import OptionError

__all__ = ["mark_reprints"]

SHINGLE = 5
# Articles looked at as possible original: those that first used most of the later text's shingles.
CANDIDATES = 5

_WORD = re.compile(r"[^\W_]+")
Shingles = npt.NDArray[np.int64]


def mark_reprints(articles: pd.DataFrame, *, threshold: float = 0.6) -> pd.DataFrame:
    """Find articles whose text stands, wholly or for the most part, in an earlier article.

    Parameters
    ----------
    articles : DataFrame
        Articles table.
    threshold : float, optional
        Share of the later text's runs of five words that must stand in the earlier text, above 0, at most 1.
        Reports by different hands on one event share some quotes, seldom more than a quarter.

    Returns
    -------
    DataFrame
        The articles with ``reprint_of``, the ``article_id`` of the original, and ``reprint_share``, the share
        of the text's runs of five words that stand in the original, 0 to 1; both NA where the article is no
        reprint. The earliest article is the original, undated ones come last, ties go by ``article_id``; a
        reprint of a reprint points to the first original.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``threshold`` is not between 0 and 1.

    Notes
    -----
    The measure is the containment of word shingles [1]_; case, punctuation and typography do not count.
    The earlier articles compared are the five that were first to use most of the later text's shingles,
    so that time and memory grow with the words of the corpus and not with the pairs of articles. A text of
    fewer than five words is never a reprint.

    References
    ----------
    .. [1] Broder, A. Z. (1997). On the resemblance and containment of documents. Compression and
       Complexity of Sequences, 21-29.

    Examples
    --------
    >>> text = "Crews stopped all ferries at dawn on Tuesday and asked for more rest."
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b"], "outlet": ["Agency", "Harbour"],
    ...     "text": [text, text.replace("asked", "begged")]})
    >>> mark_reprints(articles, threshold=0.4)[["article_id", "reprint_of", "reprint_share"]].round(2)
      article_id reprint_of  reprint_share
    0          a        NaN            NaN
    1          b          a           0.56
    """
    tables.check(articles, tables.ARTICLES)
    if not 0 < threshold <= 1:
        raise OptionError(f"threshold should lie between 0 and 1, it is {threshold}", hint="leave it out")
    order = _first_published_first(articles)
    originals, shares = _originals(_shingled(articles["text"].iloc[order].tolist()), threshold)
    ids = articles["article_id"].to_numpy(dtype=object)[order]
    reprint_of = np.full(len(order), pd.NA, dtype=object)
    share = np.full(len(order), np.nan)
    copied = originals >= 0
    reprint_of[order[copied]] = ids[originals[copied]]
    share[order] = shares
    out = articles.assign(
        reprint_of=pd.Series(reprint_of, index=articles.index, dtype="str"),
        reprint_share=pd.Series(share, index=articles.index, dtype="float64"),
    )
    return tables.check(out, tables.ARTICLES)


def _first_published_first(articles: pd.DataFrame) -> npt.NDArray[np.intp]:
    key = articles[[c for c in ("published", "article_id") if c in articles.columns]].reset_index(drop=True)
    if "published" in key.columns:
        key = key.assign(published=pd.to_datetime(key["published"], utc=True))
    return key.sort_values(list(key.columns), na_position="last").index.to_numpy(dtype=np.intp)


def _shingled(texts: list[str]) -> list[Shingles]:
    """Give each text the numbers of its distinct shingles; equal numbers are equal shingles."""
    vocabulary: dict[str, int] = {}
    runs = []
    for text in texts:
        found = _WORD.findall(text.lower())
        numbers = np.array([vocabulary.setdefault(w, len(vocabulary) + 1) for w in found], dtype=np.uint64)
        run = np.zeros(max(0, len(numbers) - SHINGLE + 1), dtype=np.uint64)
        for k in range(SHINGLE):  # a 64-bit polynomial of the five word numbers
            run = run * np.uint64(0x9E3779B97F4A7C15) + numbers[k : k + len(run)]
            run ^= run >> np.uint64(29)
        runs.append(np.unique(run))
    _, number = np.unique(np.concatenate([*runs, np.array([], dtype=np.uint64)]), return_inverse=True)
    return np.split(number.astype(np.int64), np.cumsum([len(r) for r in runs])[:-1]) if runs else []


def _originals(
    shingled: list[Shingles], threshold: float
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """For texts in the order of publication, the place of each one's original (-1: none) and the share."""
    originals = np.full(len(shingled), -1, dtype=np.intp)
    shares = np.full(len(shingled), np.nan)
    n_shingles = max((int(s.max()) + 1 for s in shingled if len(s)), default=0)
    first_user = np.full(n_shingles, -1, dtype=np.intp)
    for later, shingles in enumerate(shingled):
        users = first_user[shingles]
        used = users[users >= 0]
        first_user[shingles[users < 0]] = later
        if len(used) < max(1.0, threshold * len(shingles)):
            continue  # too little of it stands in all earlier texts together
        best, source = _likeliest_source(shingles, used, shingled)
        if best >= threshold:
            originals[later] = source if originals[source] < 0 else originals[source]
            shares[later] = _share(shingles, shingled[originals[later]])
    return originals, shares


def _likeliest_source(
    shingles: Shingles, used: npt.NDArray[np.intp], shingled: list[Shingles]
) -> tuple[float, int]:
    """Of the texts that first used most of the shingles, the one that holds most; ties: the earliest."""
    texts, times = np.unique(used, return_counts=True)
    likely = texts[np.lexsort((texts, -times))][:CANDIDATES]
    share, place = max((_share(shingles, shingled[earlier]), -int(earlier)) for earlier in likely)
    return share, -place


def _share(later: Shingles, earlier: Shingles) -> float:
    return len(np.intersect1d(later, earlier, assume_unique=True)) / len(later)
