"""story_links: which articles are linked, how surely, and by which words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy.sparse as sp

from samestory import tables
from samestory.errors import OptionError
from samestory.stories.likeness import Likeness, likeness_of, probability, usable_rows
from samestory.stories.linkage import Rows

__all__ = ["story_links"]

TERMS = 5
_LEAST_SCORE = 0.02
_BLOCK = 4096


def story_links(articles: pd.DataFrame, *, least: float = 0.05) -> pd.DataFrame:
    """List the pairs of articles that may tell one event, with the chance that they do.

    Parameters
    ----------
    articles : DataFrame
        Articles table; ``published`` (UTC) and ``title`` are used where there are any.
    least : float, optional
        Smallest chance of the pairs listed, above 0 and below 1.

    Returns
    -------
    DataFrame
        Links table: ``article_id``, ``other_id``, ``score`` (likeness, 0 to 1), ``probability`` (the chance,
        0 to 1), ``terms`` (the words that carry the likeness, the heaviest first) and ``days_apart`` (NA
        where a date is unknown). The likest pairs come first.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``least`` is not between 0 and 1.

    Notes
    -----
    The chance is a logistic of the logarithm of the score, fitted on pairs whose answer is known; it is
    one pair's chance, before the other articles of the stories are looked at. A corpus that was drawn
    differently, such as one in which every article is on one affair, shifts it.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c"], "outlet": ["Herald", "Harbour", "Herald"],
    ...     "text": ["Ferry crews began a strike.", "A strike by ferry crews began.", "The rate was cut."]})
    >>> story_links(articles)[["article_id", "other_id", "terms"]]
      article_id other_id                     terms
    0          a        b  began crews ferry strike
    """
    tables.check(articles, tables.ARTICLES)
    if not 0 < least < 1:
        raise OptionError(f"least should lie between 0 and 1, it is {least}", hint="leave it out")
    rows = usable_rows(articles)
    ids = articles["article_id"].to_numpy(dtype=object)[rows]
    one, other, score, terms, apart = _links(articles.iloc[rows], least)
    out = pd.DataFrame(
        {
            "article_id": pd.Series(ids[one], dtype="str"),
            "other_id": pd.Series(ids[other], dtype="str"),
            "score": score,
            "probability": probability(score),
            "terms": pd.Series(terms, dtype="str"),
            "days_apart": apart,
        }
    )
    ordered = out.sort_values(["score", "article_id", "other_id"], ascending=[False, True, True])
    return tables.check(ordered.reset_index(drop=True), tables.LINKS)


def _links(
    articles: pd.DataFrame, least: float
) -> tuple[Rows, Rows, npt.NDArray[np.float64], list[str], npt.NDArray[np.float64]]:
    nothing = np.zeros(0, dtype=np.intp)
    if articles.empty:
        return nothing, nothing, np.zeros(0), [], np.zeros(0)
    used = likeness_of(articles)
    found = [*used.pairs(_LEAST_SCORE), (nothing, nothing, np.zeros(0))]
    one, other, score = (np.concatenate([part[i] for part in found]) for i in range(3))
    kept = probability(score) >= least
    # Articles stand in the order of their ids.
    one, other = np.minimum(one, other)[kept], np.maximum(one, other)[kept]
    apart = np.abs(used.days[one] - used.days[other])
    return one, other, score[kept].round(6), _terms(one, other, used), apart


def _terms(one: Rows, other: Rows, articles: Likeness) -> list[str]:
    """Words with the greatest part in each pair's likeness; ties by alphabet."""
    vectors, out = articles.vectors, []
    for start in range(0, len(one), _BLOCK):
        block = slice(start, start + _BLOCK)
        shared = sp.csr_matrix(vectors.rows[one[block]].multiply(vectors.rows[other[block]]))
        for i in range(shared.shape[0]):
            cells = slice(shared.indptr[i], shared.indptr[i + 1])
            columns, place = np.unique(shared.indices[cells] % len(vectors.terms), return_inverse=True)
            weight = np.bincount(place, weights=shared.data[cells], minlength=len(columns)).round(5)
            heaviest = columns[np.lexsort((columns, -weight))][:TERMS]
            out.append(" ".join(vectors.terms[heaviest]))
    return out
