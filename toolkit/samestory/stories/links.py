"""story_links: which articles are linked, how surely, and by which words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy.sparse as sp

from samestory import tables
from samestory.errors import OptionError
from samestory.stories.chances import Chances, chances_of, probability
from samestory.stories.likeness import Likeness, likeness_of, usable_rows
from samestory.stories.linkage import Floats, Rows

__all__ = ["least_certain_links", "story_links"]

TERMS = 5
LEAST = 0.05
_BLOCK = 4096

Found = tuple[Rows, Rows, Floats, Floats]


def story_links(articles: pd.DataFrame, *, least: float = LEAST) -> pd.DataFrame:
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
        where a date is unknown). The surest pairs come first.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``least`` is not between 0 and 1.

    Notes
    -----
    The chance is a logistic of the logarithm of the score, fitted on pairs whose answer is known. The score
    at which it is one half is higher where more articles of the corpus were published in the same days (see
    ``samestory.stories.chances``). It is one pair's chance, before the other articles of the stories are
    looked at. A corpus in which every article is on one affair shifts it.

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
    out = _links(articles, least, None)
    by = ["probability", "score", "article_id", "other_id"]
    ordered = out.sort_values(by, ascending=[False, False, True, True])
    return tables.check(ordered.reset_index(drop=True), tables.LINKS)


def least_certain_links(articles: pd.DataFrame, most: int) -> pd.DataFrame:
    """List so many links whose chance is nearest to one half, without making the others."""
    out = _links(articles, LEAST, most)
    doubt = (out["probability"] - 0.5).abs()
    ordered = out.assign(doubt=doubt).sort_values(["doubt", "article_id", "other_id"])
    return tables.check(ordered.drop(columns="doubt").reset_index(drop=True), tables.LINKS)


def _links(articles: pd.DataFrame, least: float, most: int | None) -> pd.DataFrame:
    """Links of a chance of ``least`` or more; with ``most``, only so many, the least certain."""
    rows = usable_rows(articles)
    ids = articles["article_id"].to_numpy(dtype=object)[rows]
    one, other, score, chance, apart = (np.zeros(0, dtype=t) for t in (np.intp, np.intp, float, float, float))
    terms: list[str] = []
    if len(rows):
        used = likeness_of(articles.iloc[rows])
        one, other, score, chance = _pairs(used, chances_of(used.days), least, most)
        apart = np.abs(used.days[one] - used.days[other])
        terms = _terms(one, other, used)
    return pd.DataFrame(
        {
            "article_id": pd.Series(ids[one], dtype="str"),
            "other_id": pd.Series(ids[other], dtype="str"),
            "score": score,
            "probability": chance,
            "terms": pd.Series(terms, dtype="str"),
            "days_apart": apart,
        }
    )


def _pairs(used: Likeness, chances: Chances, least: float, most: int | None) -> Found:
    """Find pairs (first, second, score, chance) of at least a chance; the lower id is the first."""
    none = np.zeros(0, dtype=np.intp)
    held = [(none, none, np.zeros(0), np.zeros(0))]
    # Scores are rounded below, hence the margin.
    for a, b, likeness in used.pairs(chances.least_likeness(least) - 1e-5):
        one, other, score = np.minimum(a, b), np.maximum(a, b), likeness.round(6)
        chance = probability(chances.relative(one, other, score))
        likely = chance >= least
        held.append((one[likely], other[likely], score[likely], chance[likely]))
        if most is not None:  # as copies of one text have millions of links
            held = [_least_certain(held, most)]
    one, other, score, chance = (np.concatenate(part) for part in zip(*held, strict=True))
    return one, other, score, chance


def _least_certain(held: list[Found], most: int) -> Found:
    """Keep so many pairs, those of the first part being in order already."""
    one, other, score, chance = (np.concatenate(part) for part in zip(*held, strict=True))
    doubt = np.abs(chance - 0.5)
    able = np.arange(len(one))
    if len(held[0][0]) >= most:
        worst = most - 1
        able = np.flatnonzero((doubt < doubt[worst]) | ((doubt == doubt[worst]) & (one <= one[worst])))
    nearest = able[np.lexsort((other[able], one[able], doubt[able]))[:most]]
    return one[nearest], other[nearest], score[nearest], chance[nearest]


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
