"""The main estimates of a study: which measures outlets are compared on, and the comparison."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pandas as pd

from samestory.comparison import compare_measures, describe_groups, pair_stories

__all__ = ["compared", "measures_of"]


def measures_of(result: Mapping[str, pd.DataFrame]) -> list[tuple[str, pd.DataFrame, str]]:
    """Name the measures that outlets are compared on: label, table, column."""
    scores, shares = result["scores"], result["topic_shares"]
    return [
        ("tone, own voice", scores[scores["voice"] == "own"], "compound"),
        ("tone, quoted voice", scores[scores["voice"] == "quoted"], "compound"),
        ("tone, all sentences", scores, "compound"),
        ("share of quoted voice", scores, "quoted_share"),
        *((f"emphasis, {t}", shares[shares["topic"] == t], "share") for t in shares["topic"].unique()),
    ]


def compared(
    result: Mapping[str, pd.DataFrame],
    *,
    reference: str | None,
    level: float,
    adjust: Literal["holm", "fdr_bh"],
    seed: int,
) -> dict[str, pd.DataFrame]:
    """Compare all pairs of outlets on all measures; all tests are one family.

    Parameters
    ----------
    result : mapping of str to DataFrame
        ``scores``, ``topic_shares`` and ``articles`` of the study.
    reference, level, adjust, seed
        As in :func:`samestory.compare`.

    Returns
    -------
    dict of str to DataFrame
        ``estimates``, ``pairs``, ``groups``, and ``estimates_without_reprints`` where there are reprints.
    """
    measures = measures_of(result)
    outlets = sorted(result["scores"]["outlet"].dropna().unique())
    out = {
        "estimates": compare_measures(
            measures, groups=outlets, reference=reference, level=level, adjust=adjust, seed=seed
        ),
        "pairs": pd.concat(
            [pair_stories(t, c, groups=outlets, reference=reference, label=n) for n, t, c in measures],
            ignore_index=True,
        ),
        "groups": pd.concat([describe_groups(t, c, label=n) for n, t, c in measures], ignore_index=True),
    }
    if result["articles"]["reprint_of"].notna().any():
        originals = [(n, t[t["reprint_of"].isna()], c) for n, t, c in measures]
        out["estimates_without_reprints"] = compare_measures(
            originals,
            groups=outlets,
            reference=reference,
            level=level,
            adjust=adjust,
            family="study, without reprints",
            seed=seed,
        )
    return out
