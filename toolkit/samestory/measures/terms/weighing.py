"""Weigh the counted terms of each group: descriptions, tests and ranks, one group after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory import tables
from samestory.measures.terms import evidence
from samestory.measures.terms.counting import Counts
from samestory.measures.terms.keyness import log_likelihood, log_odds, log_ratio
from samestory.measures.terms.ranks import rank_intervals

__all__ = ["weigh"]

_COLUMNS = [c for c in tables.TERMS.columns if c != "outlet"]
MOST_RANKED = 1_000  # the place of the ten-thousandth word says nothing
_GROUPS = 40  # tested at once, so that memory does not grow with the number of outlets
_Columns = dict[str, NDArray[Any]]


def weigh(
    counts: Counts,
    groups: Sequence[str],
    *,
    by: str = "outlet",
    prior_words: float = 1000.0,
    resamples: int = 200,
    seed: int = 2026,
) -> Iterator[pd.DataFrame]:
    """Give the terms table of :func:`samestory.distinctive_terms`, group by group.

    Parameters
    ----------
    counts : Counts
        The counted terms.
    groups : sequence of str
        Groups to list, in order.
    by, prior_words, resamples, seed
        As in :func:`samestory.distinctive_terms`.

    Yields
    ------
    DataFrame
        The rows of one group; none where nothing can be compared.
    """
    # With one word only, or one group only, there is nothing that a term could be compared with.
    if not counts.terms.size or counts.pooled.max() == counts.totals.sum():
        return
    pooled = counts.pooled
    found: dict[str, _Columns] = {}
    ranks: dict[str, NDArray[np.float64]] = {}
    for start in range(0, len(groups), _GROUPS):
        some = groups[start : start + _GROUPS]
        found |= _measured(counts, some, silent=by == "stance")
        first = {
            g: _order(_weights(counts, g, found[g], pooled, prior_words)["z"])[:MOST_RANKED] for g in some
        }
        ranks |= rank_intervals(counts, first, prior_words, resamples=resamples, seed=seed)
    adjusted = {
        p: np.split(_adjusted(np.concatenate([found[g][p] for g in groups])), len(groups))
        for p in ("p_articles", "p_stories")
    }
    labels = pd.Series(counts.terms, dtype="str")
    for i, group in enumerate(groups):
        columns = found.pop(group)
        columns |= _weights(counts, group, columns, pooled, prior_words)
        order = _order(columns["z"])
        frame = pd.DataFrame({"term": labels, **columns}).iloc[order].reset_index(drop=True)
        interval = np.full((2, len(frame)), np.nan)
        if group in ranks:
            interval[:, : ranks[group].shape[1]] = ranks[group]
        frame = frame.assign(
            **{by: group},
            **{c: frame[c].astype("int64") for c in ("count", "n_articles", "n_shared_stories")},
            rank=np.arange(1, len(frame) + 1, dtype=float),
            rank_low=interval[0],
            rank_high=interval[1],
            **{f"{p}_adjusted": values[i][order] for p, values in adjusted.items()},
        )
        yield frame[[by, *_COLUMNS]]


def _order(z: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places of the terms by falling z; those of equal z stay in the order of the alphabet."""
    return np.argsort(-z, kind="stable")


def _measured(counts: Counts, groups: Sequence[str], *, silent: bool) -> dict[str, _Columns]:
    """Count and test the terms of each group, some terms after the other."""
    weights = [evidence.story_weights(counts.units, g) for g in groups]
    blocks: list[list[_Columns]] = [[] for _ in groups]
    for _, some in counts.blocks():
        rates = evidence.rates(some)
        used = evidence.used(some, groups)
        p_articles = None if silent else evidence.article_tests(rates, counts.units["group"], groups)
        for i, weight in enumerate(weights):
            mean, p_stories = evidence.story_test((weight @ rates).tocsr())
            nothing = np.full(some.terms.size, np.nan)
            blocks[i].append(
                {name: values[i] for name, values in used.items()}
                | {"rate_difference": mean, "p_articles": nothing if p_articles is None else p_articles[i]}
                | {"p_stories": nothing if silent else p_stories}
            )
    out = {}
    for group, weight, parts in zip(groups, weights, blocks, strict=True):
        out[group] = {name: np.concatenate([p[name] for p in parts]) for name in parts[0]}
        out[group]["n_shared_stories"] = np.broadcast_to(np.int32(weight.shape[0]), counts.terms.size)
        parts.clear()
    return out


def _weights(
    counts: Counts, group: str, found: _Columns, pooled: NDArray[np.float64], prior_words: float
) -> _Columns:
    """Describe each term of one group against all others."""
    members = counts.members(group)
    own = found["count"].astype(float)
    n, total = float(counts.totals[members].sum()), float(counts.totals.sum())
    prior = prior_words * pooled / total
    value, error = log_odds(own, pooled - own, prior, totals=(n, total - n, prior_words))
    missing = np.full(own.size, np.nan)
    return {
        "rate": 1000 * own / counts.words[members].sum(),
        "log_odds": value,
        "z": value / error,
        "low": value - 1.959964 * error,
        "high": value + 1.959964 * error,
        "n_stories": found["n_stories"].astype(float) if counts.units["story"].notna().any() else missing,
        "log_ratio": log_ratio(own, n, pooled - own, total - n) if total > n else missing,
        "log_likelihood": log_likelihood(own, n, pooled - own, total - n),
    }


def _adjusted(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Benjamini-Hochberg over all known p of the table, once."""
    from scipy.stats import false_discovery_control

    out, known = np.full(len(p), np.nan), ~np.isnan(p)
    if known.any():
        out[known] = false_discovery_control(p[known])
    return out
