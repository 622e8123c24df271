"""Which words carry a difference in mean sentiment: a word shift that adds up to it.

With s the sum of the valences in a sentence (after VADER's rules, with the emphasis of its marks), VADER's
compound is s / sqrt(s² + 15). So each hit with valence v has the part v / sqrt(s² + 15) in it, and the parts
add up to the compound; summed over sentences with the weight that each sentence has in the mean of its
group, they add up to the mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import fsum

import numpy as np
import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.measures.sentiment.scoring import engine, prepared
from samestory.measures.sentiment.vader import Vader

__all__ = ["explain_sentiment"]

_MARKS = "! ?"
_TOLERANCE = 1e-4  # compound is rounded to four digits


def explain_sentiment(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    group: str | None = None,
    reference: str | None = None,
    within: str | None = None,
    strict: bool = False,
    news_neutral: bool = False,
    lexicon: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Say which words carry the difference in mean sentiment between groups.

    Parameters
    ----------
    scores : DataFrame
        Scores table; take ``scores[scores["voice"] == "own"]`` for the outlets' own voice.
    by : str, default "outlet"
        Column that names the groups.
    group, reference : str, optional
        Only the pairs in which this group comes first, or second. By default all pairs.
    within : str, optional
        Column of the stories: the contributions add up to the mean over the shared stories of the difference,
        which is the estimate of :func:`samestory.compare_groups`. By default they add up to the difference of
        the means over all articles, as :func:`samestory.summarise_sentiment` gives them.
    strict, news_neutral, lexicon
        As they were given to :func:`samestory.score_sentiment`.

    Returns
    -------
    DataFrame
        Word shift table: one row per pair and word, the largest contributions first. ``contribution`` is
        ``by_frequency`` (the word stands more often in one group) plus ``by_context`` (it is negated, raised
        or drowned by its neighbours more often in one group).

    Raises
    ------
    TableError
        ``scores`` is not a scores table or lacks a column.
    OptionError
        A group is not there, or the scores were made with other options than given here.

    Notes
    -----
    The generalised word shift of [1]_ with reference value 0, VADER's value of a neutral word, so that rates
    need not sum to 1.

    References
    ----------
    .. [1] Gallagher, R. J., Frank, M. R., Mitchell, L., Schwartz, A. J., Reagan, A. J., Danforth, C. M., &
       Dodds, P. S. (2021). Generalized word shift graphs: a method for visualizing and explaining pairwise
       comparisons between texts. EPJ Data Science, 10, 4.

    Examples
    --------
    >>> from samestory.measures.sentiment.scoring import score_sentiment
    >>> sentences = pd.DataFrame({"article_id": ["a", "b"], "start": 0, "end": 20,
    ...     "outlet": ["Herald", "Ledger"], "text": ["The brave crews won.", "The crews won."]})
    >>> shift = explain_sentiment(score_sentiment(sentences))
    >>> shift[["group", "reference", "word", "contribution", "by_frequency", "by_context"]].round(3)
        group reference   word  contribution  by_frequency  by_context
    0  Herald    Ledger  brave         0.375         0.375        0.00
    1  Herald    Ledger    won        -0.150         0.000       -0.15
    """
    tables.check(scores, tables.SCORES, need=[by] + ([within] if within else []))
    known = scores.dropna(subset=["compound", by, *([within] if within else [])])
    names = sorted(known[by].unique())
    for name in (group, reference):
        if name is not None and name not in names:
            raise OptionError(f"'{name}' is none of the groups: {', '.join(map(str, names))}")
    parts = _parts(known, engine(lexicon), strict=strict, news_neutral=news_neutral)
    frames = [
        _shift(known, parts, by, pair, within) for pair in _pairs(names, group=group, reference=reference)
    ]
    columns = list(tables.WORD_SHIFT.columns)
    out = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns, dtype="float64")
    text = dict.fromkeys(("group", "reference", "word"), "str")
    return tables.check(out[columns].astype(text), tables.WORD_SHIFT)


def _pairs(names: list[str], *, group: str | None, reference: str | None) -> list[tuple[str, str]]:
    if group is not None and reference is not None:
        return [(group, reference)] if group != reference else []
    if group is not None:
        return [(group, other) for other in names if other != group]
    if reference is not None:
        return [(other, reference) for other in names if other != reference]
    return list(combinations(names, 2))


def _parts(known: pd.DataFrame, vader: Vader, *, strict: bool, news_neutral: bool) -> pd.DataFrame:
    """Return one row per hit: the row of its sentence, its word, and its part in the sentence's compound."""
    rows: list[tuple[int, str, float]] = []
    for i, (sentence, compound) in enumerate(zip(known["text"], known["compound"], strict=True)):
        hits, emphasis, _ = vader.hits(prepared(sentence, strict=strict, news_neutral=news_neutral))
        total = fsum(v for _, v in hits) + emphasis
        norm = np.sqrt(total * total + 15)
        if abs(total / norm - compound) > _TOLERANCE:
            raise OptionError(
                f"the compound of '{sentence[:60]}' is {compound} in the table, but {total / norm:.4f} now",
                hint="give strict, news_neutral and lexicon as they were given to score_sentiment",
            )
        rounding = compound / (total / norm) if total else 1.0
        given = [*hits, (_MARKS, emphasis)] if emphasis else hits
        rows.extend((i, word, v / norm * rounding) for word, v in given)
    return pd.DataFrame(rows, columns=["row", "word", "part"]).astype({"row": "int64", "part": "float64"})


def _weights(known: pd.DataFrame, by: str, pair: tuple[str, str], within: str | None) -> np.ndarray:
    """Return the weight of each sentence in the mean of its group; 0 where it has none."""
    mine = known.assign(_place=range(len(known)))[known[by].isin(pair).to_numpy()]
    keys = [by, *([within] if within else [])]
    if within:
        both = mine.groupby(within)[by].nunique() == 2
        mine = mine[mine[within].map(both)]
    sentences = mine.groupby([*keys, "article_id"])["text"].transform("size")
    articles = mine.groupby(keys)["article_id"].transform("nunique")
    stories = mine[within].nunique() if within else 1
    weights = np.zeros(len(known))
    weights[mine["_place"]] = 1 / (sentences * articles * stories)
    return weights


def _shift(
    known: pd.DataFrame, parts: pd.DataFrame, by: str, pair: tuple[str, str], within: str | None
) -> pd.DataFrame:
    weights = _weights(known, by, pair, within)[parts["row"]]
    groups = known[by].to_numpy()[parts["row"]]
    hits = parts.assign(group=groups, weight=weights, total=weights * parts["part"])[weights > 0]
    sums = hits.groupby(["word", "group"]).agg(
        rate=("weight", "sum"), total=("total", "sum"), n=("weight", "size")
    )
    wide = pd.DataFrame(sums.unstack("group"))
    wide = wide.reindex(columns=pd.MultiIndex.from_product([["rate", "total", "n"], pair])).fillna(0.0)
    (rate1, rate2), (total1, total2) = ([wide[k, g] for g in pair] for k in ("rate", "total"))
    score1, score2 = total1 / rate1.where(rate1 > 0), total2 / rate2.where(rate2 > 0)
    full1, full2 = score1.fillna(score2), score2.fillna(score1)
    out = pd.DataFrame(
        {
            "group": pair[0],
            "reference": pair[1],
            "word": wide.index,
            "contribution": (total1 - total2).to_numpy(),
            "by_frequency": ((rate1 - rate2) * (full1 + full2) / 2).to_numpy(),
            "by_context": ((rate1 + rate2) / 2 * (full1 - full2)).to_numpy(),
            "rate_group": rate1.to_numpy(),
            "rate_reference": rate2.to_numpy(),
            "score_group": score1.to_numpy(),
            "score_reference": score2.to_numpy(),
            "n_group": wide["n", pair[0]].to_numpy(dtype="int64"),
            "n_reference": wide["n", pair[1]].to_numpy(dtype="int64"),
        }
    )
    largest = out["contribution"].abs().round(12)  # ties in the order of the words
    order = out.assign(_largest=largest).sort_values(["_largest", "word"], ascending=[False, True]).index
    return out.loc[order].reset_index(drop=True)
