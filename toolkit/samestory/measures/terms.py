"""Distinctive terms: which words an outlet uses more than the others, as a description."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables, text
from samestory.errors import OptionError

__all__ = ["distinctive_terms"]

_COLUMNS = [c for c in tables.TERMS.columns if c != "outlet"]


def distinctive_terms(
    sentences: pd.DataFrame,
    *,
    by: str = "outlet",
    prior_words: float = 1000.0,
    min_count: int = 5,
    min_articles: int = 3,
    exclude: Iterable[str] = (),
) -> pd.DataFrame:
    r"""Weigh the words of each group against all other groups by log-odds with an informative prior.

    Parameters
    ----------
    sentences : DataFrame
        Sentences table with the column ``by``; rows without a group are left out.
    by : str, default "outlet"
        Column of the groups.
    prior_words : float, default 1000
        Weight of the prior in words: it is spread over the terms as they are spread over all groups together.
        The larger, the more evidence a rare word needs.
    min_count : int, default 5
        Occurrences over all groups below which a term is not listed.
    min_articles : int, default 3
        Articles, over all groups, below which a term is not listed: a word of one article is that article's.
    exclude : iterable of str
        Words not to list, such as the outlets' own names. They still count as words of the text.

    Returns
    -------
    DataFrame
        Terms table: one row per group and term, by group and falling ``z``. A group that never uses a term
        has a row with count 0. The group column is named as in ``by``.

    Raises
    ------
    TableError
        A column is absent.
    OptionError
        ``prior_words`` is not positive.

    Notes
    -----
    Equations 15 to 22 of Monroe, Colaresi and Quinn [1]_: with counts :math:`y`, totals :math:`n` and prior
    :math:`\alpha`, the log-odds of term w in group i are
    :math:`\log\frac{y_{iw}+\alpha_w}{n_i+\alpha_0-y_{iw}-\alpha_w}`; the value is the difference to the same
    quantity for all other groups pooled, its variance about
    :math:`1/(y_{iw}+\alpha_w)+1/(y_{jw}+\alpha_w)`.
    The z describes; it is no test, because words are not independent within an article.

    References
    ----------
    .. [1] Monroe, B. L., Colaresi, M. P., & Quinn, K. M. (2008). Fightin' words: Lexical feature selection
       and evaluation for identifying the content of political conflict. Political Analysis, 16(4), 372-403.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a", "b"], "start": [0, 0], "end": [9, 9],
    ...                           "outlet": ["A", "B"], "text": ["Calm calm storm", "Storm storm calm"]})
    >>> terms = distinctive_terms(sentences, min_count=1, min_articles=1)
    >>> terms[["outlet", "term", "count"]].head(2)
      outlet   term  count
    0      A   calm      2
    1      A  storm      1
    """
    tables.check(sentences, tables.SENTENCES, need=[by])
    if not prior_words > 0:
        raise OptionError(f"prior_words is a positive number of words; {prior_words} was found")
    known = sentences[sentences[by].notna()]
    tokens = _tokens(known, by)
    totals = tokens.groupby(by, sort=True)["count"].sum()
    if len(totals) == 0:
        return _empty(by)
    counts = tokens.groupby(["term", by])["count"].sum().unstack(by, fill_value=0).sort_index()
    articles = tokens.groupby(["term", by])["article_id"].nunique().unstack(by, fill_value=0).sort_index()
    keep = (counts.sum(axis=1) >= min_count) & (articles.sum(axis=1) >= min_articles)
    keep &= ~counts.index.isin([w for e in exclude for w in text.words(e)])
    keep &= counts.index.str.contains(r"[^\W\d_]", regex=True)
    pooled = counts.sum(axis=1)
    if len(pooled) < 2:  # the odds of the only word there is are infinite
        return _empty(by)
    prior = (prior_words * pooled / pooled.sum()).to_numpy(dtype=float)
    stories = _stories(tokens, by)
    frames = []
    for group in totals.index:
        own, n = counts[group].to_numpy(dtype=float), float(totals[group])
        value, error = log_odds(own, pooled.to_numpy() - own, prior)
        frame = pd.DataFrame(
            {
                by: group,
                "term": counts.index,
                "count": counts[group].to_numpy(),
                "rate": 1000 * own / n,
                "log_odds": value,
                "z": value / error,
                "low": value - 1.959964 * error,
                "high": value + 1.959964 * error,
                "n_articles": articles[group].to_numpy(),
                "n_stories": stories[group].reindex(counts.index).to_numpy() if group in stories else np.nan,
            }
        )
        frames.append(frame[keep.to_numpy()].sort_values(["z", "term"], ascending=[False, True]))
    out = pd.concat(frames, ignore_index=True) if keep.any() else _empty(by)
    return tables.check(out, tables.TERMS) if by == "outlet" else out


def log_odds(
    own: NDArray[np.float64], other: NDArray[np.float64], prior: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds of each term in one group against another, and its standard error.

    Parameters
    ----------
    own, other : ndarray of shape (terms,)
        Counts of every term of the vocabulary in the two groups.
    prior : ndarray of shape (terms,)
        Pseudo-counts of the Dirichlet prior.

    Returns
    -------
    (ndarray, ndarray)
        The difference of log-odds and its approximate standard error (Monroe et al. 2008, eq. 16 and 20).

    Examples
    --------
    >>> value, error = log_odds(np.array([2.0, 1.0]), np.array([1.0, 2.0]), np.array([0.5, 0.5]))
    >>> value.round(3).tolist(), error.round(3).tolist()
    ([1.022, -1.022], [1.033, 1.033])
    """
    odds = [np.log((y + prior) / (y.sum() + prior.sum() - y - prior)) for y in (own, other)]
    return odds[0] - odds[1], np.sqrt(1 / (own + prior) + 1 / (other + prior))


def _tokens(sentences: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count the words of each article: one row per article and term."""
    rows: list[tuple[object, ...]] = []
    columns = [by, "article_id", "story_id"] if "story_id" in sentences.columns else [by, "article_id"]
    for (article, group), part in sentences.groupby(["article_id", by], sort=True):
        found = Counter(w for s in part["text"] for w in text.words(s))
        story = part["story_id"].iloc[0] if "story_id" in columns else pd.NA
        rows.extend((group, article, story, term, n) for term, n in sorted(found.items()))
    return pd.DataFrame(rows, columns=[by, "article_id", "story_id", "term", "count"])


def _stories(tokens: pd.DataFrame, by: str) -> pd.DataFrame:
    known = tokens[tokens["story_id"].notna()]
    return known.groupby(["term", by])["story_id"].nunique().unstack(by, fill_value=0)


def _empty(by: str) -> pd.DataFrame:
    text_columns = dict.fromkeys([by, "term"], "str")
    numbers = {c: "float64" for c in _COLUMNS if c != "term"}
    return pd.DataFrame(columns=[by, *_COLUMNS]).astype({**text_columns, **numbers})
