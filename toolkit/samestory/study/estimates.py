"""The main estimates of a study: which measures outlets are compared on, and the comparison."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Literal

import pandas as pd

from samestory import tables
from samestory.comparison import compare_measures, describe_groups, pair_stories

__all__ = ["compared", "measures_of", "spoken"]

Measure = tuple[str, pd.DataFrame, str]  # label, table and column


def measures_of(tone: pd.DataFrame, shares: pd.DataFrame) -> Iterator[Measure]:
    """Give the measures that outlets are compared on: label, table, column.

    One after the other: of a large corpus, all their tables are not to be in memory together.
    """
    yield "tone, own voice", spoken(tone, "own"), "compound"
    yield "tone, quoted voice", spoken(tone, "quoted"), "compound"
    yield "tone, all sentences", spoken(tone, "all"), "compound"
    yield "share of quoted voice", spoken(tone, "all", of="quoted_share"), "quoted_share"
    for topic in shares["topic"].unique():
        yield f"emphasis, {topic}", tables.without_categories(shares[shares["topic"] == topic]), "share"


def spoken(tone: pd.DataFrame, voice: str, *, of: str = "compound") -> pd.DataFrame:
    """Return the means of the articles in one voice; ``of`` says of which value sentences are counted."""
    rows = tables.without_categories(tone[(tone["part"] == "body") & (tone["voice"] == voice)])
    if of == "compound":
        return rows
    sentences = rows["n_values"] + rows["n_missing"]
    return rows.assign(n_values=rows[f"n_{of}"], n_missing=sentences - rows[f"n_{of}"])


def compared(
    tone: pd.DataFrame,
    shares: pd.DataFrame,
    *,
    reference: str | None,
    level: float,
    adjust: Literal["holm", "fdr_bh"],
    seed: int,
    reprints: bool,
) -> dict[str, pd.DataFrame]:
    """Compare all pairs of outlets on all measures; all tests are one family.

    Parameters
    ----------
    tone : DataFrame
        Means of each article and voice (:func:`~samestory.study.batches.averages.article_means`), with the
        columns of the article; texts may be categories.
    shares : DataFrame
        Topic shares; texts may be categories.
    reference, level, adjust, seed
        As in :func:`samestory.compare`.
    reprints : bool
        Whether there are any, and all is to be compared again without them.

    Returns
    -------
    dict of str to DataFrame
        ``estimates``, ``pairs``, ``groups``, and ``estimates_without_reprints`` where there are reprints.
    """
    measures = partial(measures_of, tone, shares)
    outlets = sorted(tone["outlet"].dropna().unique())
    out = {
        "estimates": compare_measures(
            measures(), groups=outlets, reference=reference, level=level, adjust=adjust, seed=seed
        ),
        "pairs": pd.concat(
            [pair_stories(t, c, groups=outlets, reference=reference, label=n) for n, t, c in measures()],
            ignore_index=True,
        ),
        "groups": pd.concat([describe_groups(t, c, label=n) for n, t, c in measures()], ignore_index=True),
    }
    if reprints:
        out["estimates_without_reprints"] = compare_measures(
            ((n, t[t["reprint_of"].isna()], c) for n, t, c in measures()),
            groups=outlets,
            reference=reference,
            level=level,
            adjust=adjust,
            family="study, without reprints",
            seed=seed,
        )
    return out
