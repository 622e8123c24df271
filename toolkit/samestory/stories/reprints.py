"""mark_reprints: which articles are (nearly) copies of an earlier one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.stories.agencies import DATELINE, credited_agency
from samestory.stories.shingles import Runs, shingled, telling

__all__ = ["mark_reprints", "reprints_read"]

# Articles looked at as possible original: those that first used most of the later text's shingles.
CANDIDATES = 5
# Share of a text that must stand in an earlier one.
THRESHOLD = 0.6


def mark_reprints(articles: pd.DataFrame, *, threshold: float = THRESHOLD) -> pd.DataFrame:
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
        The articles with four columns more. ``reprint_of`` is the ``article_id`` of the original;
        ``reprint_share`` the share of the text's runs of five words that stand in the original, 0 to 1;
        ``reprint_kind`` is ``copy`` where another outlet published the original, such as an agency's text in
        two papers, and ``version`` where the outlet itself did, such as a corrected article. These are NA
        where the article is no reprint (the kind also where an outlet is unknown). ``agency`` is the news
        agency that the article credits, NA for none. The earliest article is the original, undated ones come
        last, ties go by ``article_id``; a reprint of a reprint points to the first original. Nothing is left
        out.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``threshold`` is not between 0 and 1.

    Notes
    -----
    The measure is the containment of word shingles [1]_; case, punctuation and typography do not count.
    Runs that recur in three or more different texts of the outlet are its furniture and do not count either,
    where at least 20 other runs and a fifth of the text are left.
    Shingles are looked up exactly, not by MinHash, which estimates resemblance: an agency's text cut to
    its half is contained in it, yet resembles it by a half only. The earlier articles compared are the five
    that were first to use most of the later text's shingles, so that time and memory grow with the words of
    the corpus and not with the pairs of articles. A text of fewer than five words is never a reprint.

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
    >>> mark_reprints(articles, threshold=0.4)[["reprint_of", "reprint_share", "reprint_kind"]].round(2)
      reprint_of  reprint_share reprint_kind
    0        NaN            NaN          NaN
    1          a           0.56         copy
    """
    tables.check(articles, tables.ARTICLES)
    if not 0 < threshold <= 1:
        raise OptionError(f"threshold should lie between 0 and 1, it is {threshold}", hint="leave it out")
    return tables.check(_marked(articles, articles["text"], threshold), tables.ARTICLES)


def reprints_read(articles: pd.DataFrame, texts: Iterable[str]) -> pd.DataFrame:
    """Find the reprints among articles whose texts are elsewhere, as :func:`mark_reprints` does.

    Parameters
    ----------
    articles : DataFrame
        Articles, without ``text``.
    texts : iterable of str
        Their texts, read once, one after the other.

    Returns
    -------
    DataFrame
        The articles with the columns of :func:`mark_reprints`.
    """
    return _marked(articles, texts, THRESHOLD)


def _marked(articles: pd.DataFrame, texts: Iterable[str], threshold: float) -> pd.DataFrame:
    order = _first_published_first(articles)
    heads: list[str] = []
    found = shingled(_heads_kept(texts, heads))
    whole = [found[i] for i in order]
    outlets = articles["outlet"].fillna("").to_numpy(dtype=object)
    originals, shares = _originals(telling(whole, outlets[order].tolist()), whole, threshold)
    copied, source = order[originals >= 0], order[originals[originals >= 0]]
    reprint_of, kind = (np.full(len(order), pd.NA, dtype=object) for _ in range(2))
    reprint_of[copied] = articles["article_id"].to_numpy(dtype=object)[source]
    named = (outlets[copied] != "") & (outlets[source] != "")
    kind[copied[named]] = np.where(outlets[copied] == outlets[source], "version", "copy")[named]
    share = np.full(len(order), np.nan)
    share[order] = shares
    return articles.assign(
        reprint_of=pd.Series(reprint_of, index=articles.index, dtype="str"),
        reprint_share=pd.Series(share, index=articles.index, dtype="float64"),
        reprint_kind=pd.Series(kind, index=articles.index, dtype="str"),
        agency=pd.Series(credited_agency(articles, heads), index=articles.index, dtype="str"),
    )


def _heads_kept(texts: Iterable[str], heads: list[str]) -> Iterator[str]:
    """Give the texts on, and keep the beginning of each."""
    for text in texts:
        heads.append(text[:DATELINE])
        yield text


def _first_published_first(articles: pd.DataFrame) -> npt.NDArray[np.intp]:
    key = articles[[c for c in ("published", "article_id") if c in articles.columns]].reset_index(drop=True)
    if "published" in key.columns:
        key = key.assign(published=pd.to_datetime(key["published"], utc=True))
    return key.sort_values(list(key.columns), na_position="last").index.to_numpy(dtype=np.intp)


def _originals(
    telling_runs: list[Runs], whole: list[Runs], threshold: float
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.float64]]:
    """For texts in the order of publication, the place of each one's original (-1: none) and the share."""
    originals = np.full(len(whole), -1, dtype=np.intp)
    shares = np.full(len(whole), np.nan)
    n_shared = max((int(t.shared.max()) + 1 for t in whole if len(t.shared)), default=0)
    first_user = np.full(n_shared, -1, dtype=np.int32)
    for later, (runs, text) in enumerate(zip(telling_runs, whole, strict=True)):
        users = first_user[runs.shared]
        used = users[users >= 0]
        first_user[text.shared[first_user[text.shared] < 0]] = later
        if len(used) < max(1.0, threshold * runs.size):
            continue  # too little of it stands in all earlier texts together
        best, source = _likeliest_source(runs, used, whole)
        if best >= threshold:
            originals[later] = source if originals[source] < 0 else originals[source]
            shares[later] = _share(runs, whole[originals[later]])
    return originals, shares


def _likeliest_source(runs: Runs, used: npt.NDArray[np.int32], whole: list[Runs]) -> tuple[float, int]:
    """Of the texts that first used most of the shingles, the one that holds most; ties: the earliest."""
    texts, times = np.unique(used, return_counts=True)
    likely = texts[np.lexsort((texts, -times))][:CANDIDATES]
    share, place = max((_share(runs, whole[earlier]), -int(earlier)) for earlier in likely)
    return share, -place


def _share(later: Runs, earlier: Runs) -> float:
    return len(np.intersect1d(later.shared, earlier.shared, assume_unique=True)) / later.size
