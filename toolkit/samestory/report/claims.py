"""Each estimate in plain words, with what its number of stories allows, and the stories behind it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from samestory import tables as schema
from samestory.report.places import Places
from samestory.report.safe import plain

__all__ = ["TIERS", "claims", "foremost_estimates"]

_KEY = list(schema.ESTIMATES.key)

#: What each tier of the estimates table means.
TIERS: Mapping[str, str] = {
    "tested": "enough shared stories for a test",
    "not informative": "too few shared stories for a test to show anything",
    "no test": "two shared stories, where no test could show anything",
    "descriptive": "described, not tested",
}
_QUESTIONS = ("tone", "share of quoted voice")  # the first questions of a study, by their labels
_MOST_ROWS, _MOST_STORIES = 400, 60


def claims(
    estimates: pd.DataFrame, pairs: pd.DataFrame, places: Places, titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Turn the estimates into rows of the overview.

    Parameters
    ----------
    estimates, pairs : DataFrame
        The tables; ``pairs`` may be empty.
    places : Places
        What stands where.
    titles : mapping of str to str
        Headline by story.

    Returns
    -------
    list of dict
        One per estimate, tested ones first and smallest p first; where that is equal, tone before voices
        before all else, as a study asks. At most 400.
    """
    if estimates.empty:
        return []
    foremost = foremost_estimates(estimates)
    dots = _behind(pairs, foremost[_KEY]) if len(pairs) else {}
    return [
        {**_claim(row), **_stories(dots.get(tuple(row[k] for k in _KEY), []), places, titles)}
        for row in foremost.to_dict("records")
    ]


def foremost_estimates(estimates: pd.DataFrame) -> pd.DataFrame:
    """Return the estimates that become rows of the overview, in its order."""
    rank = {t: i for i, t in enumerate(TIERS)}
    ordered = estimates.assign(
        _tier=estimates["tier"].map(lambda t: rank.get(t, len(rank))),
        _p=_numbers(estimates, "p_adjusted"),
        _question=estimates["measure"].map(_question),
    ).sort_values(["_tier", "_p", "_question", *_KEY])
    return ordered.head(_MOST_ROWS)


def _behind(pairs: pd.DataFrame, estimates: pd.DataFrame) -> dict[Any, list[tuple[Any, ...]]]:
    """Give the stories behind each estimate, those that differ most first."""
    mine = pairs[pd.MultiIndex.from_frame(pairs[_KEY]).isin(pd.MultiIndex.from_frame(estimates))]
    size = mine["difference"].abs()
    mine = mine.assign(_size=size).sort_values(["_size", "story_id"], ascending=[False, True])
    out: dict[Any, list[tuple[Any, ...]]] = {}
    columns = (mine[c].tolist() for c in (*_KEY, "story_id", "difference", "group_mean", "reference_mean"))
    for *name, story, difference, group, reference in zip(*columns, strict=True):
        out.setdefault(tuple(name), []).append((story, difference, group, reference))
    return out


def _question(measure: str) -> int:
    return next((i for i, q in enumerate(_QUESTIONS) if measure.startswith(q)), len(_QUESTIONS))


def _numbers(frame: pd.DataFrame, column: str) -> pd.Series[float]:
    return pd.to_numeric(frame[column], errors="coerce").astype("float64")


def _number(row: Mapping[Any, Any], column: str) -> float | None:
    value = row.get(column)
    return None if value is None or pd.isna(value) else float(value)


def _signed(value: float) -> str:
    text = f"{value:+.3f}"
    return text[1:] if float(text) == 0 else text.replace("-", "−")


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _claim(row: Mapping[Any, Any]) -> dict[str, Any]:
    estimate, low, high = (_number(row, c) for c in ("estimate", "low", "high"))
    p, adjusted, level = _number(row, "p"), _number(row, "p_adjusted"), _number(row, "level") or 0.95
    tier, n = plain(row["tier"]), int(row["n_stories"])
    return {
        "measure": plain(row["measure"]),
        "group": plain(row["group"]),
        "reference": plain(row["reference"]),
        "tier": tier,
        "tier_class": tier.replace(" ", "-") if tier in TIERS else "other",
        "n": n,
        "estimate": "" if estimate is None else _signed(estimate),
        "interval": "" if low is None or high is None else f"{_signed(low)} to {_signed(high)}",
        "level": f"{100 * level:g} %",
        "p": "" if p is None else _p(p),
        "p_adjusted": "" if adjusted is None else _p(adjusted),
        "d_z": "" if (d := _number(row, "effect_size")) is None else _signed(d),
        "reason": plain(row.get("reason")),
        "method": plain(row["method"]),
        "words": _words(row, estimate, low, high, adjusted if adjusted is not None else p, 1 - level),
    }


def _words(
    row: Mapping[Any, Any],
    estimate: float | None,
    low: float | None,
    high: float | None,
    p: float | None,
    alpha: float,
) -> str:
    """Say what an estimate shows, and no more than its tier allows."""
    n = int(row["n_stories"])
    over = f"Over {n} shared {'story' if n == 1 else 'stories'}"
    group, reference, measure = (plain(row[c]) for c in ("group", "reference", "measure"))
    if estimate is None:
        why = plain(row.get("reason")) or "no shared story"
        return f"{group} and {reference} cannot be compared in “{measure}”: {why}."
    side = "higher" if estimate > 0 else "lower" if estimate < 0 else "neither higher nor lower"
    size = f"{group} is {abs(estimate):.3f} {side} than {reference} in “{measure}” on average"
    interval = "" if low is None or high is None else f" (interval {_signed(low)} to {_signed(high)})"
    if row["tier"] != "tested" or p is None:
        why = plain(row.get("reason")) or "not tested"
        return f"{over}, {size}{interval}. This is a description, not a finding: {why}."
    family = _number(row, "family_size")
    among = f" among {family:.0f} tests" if family else ""
    tested = f"adjusted p {'' if p < 0.001 else '= '}{_p(p)}{among}"
    zero_inside = low is not None and high is not None and low <= 0 <= high
    if p <= alpha:
        doubt = " The interval holds 0 all the same, so read it with care." if zero_inside else ""
        return f"{over}, {size}{interval}; {tested}. Chance alone would seldom give this.{doubt}"
    least = _number(row, "minimum_detectable")
    missed = (
        f" Differences below about {least:.2f} could go unnoticed at this number of stories." if least else ""
    )
    alone = "" if zero_inside or not interval else " Taken alone, the interval leaves 0 out."
    return f"{over}, no difference is shown: {size}{interval}; {tested}.{alone}{missed}"


def _stories(rows: list[tuple[Any, ...]], places: Places, titles: Mapping[str, str]) -> dict[str, Any]:
    """List the foremost stories behind an estimate."""
    shown = [
        {
            "href": places.story(story),
            "title": titles.get(story) or plain(story),
            "difference": _signed(difference),
            "group_mean": _signed(group),
            "reference_mean": _signed(reference),
        }
        for story, difference, group, reference in rows[:_MOST_STORIES]
    ]
    return {"stories": shown, "more_stories": len(rows) - len(shown)}
