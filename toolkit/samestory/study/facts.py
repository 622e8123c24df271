"""The facts of a run: counts, options and versions, as report, methods text and terminal quote them."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from samestory.report import Summary, methods_text
from samestory.study.sentiment import largest_change
from samestory.study.tables import StudyTables

__all__ = ["summarise"]

_PACKAGES = (
    "samestory",
    "pandas",
    "numpy",
    "scipy",
    "scikit-learn",
    "statsmodels",
    "nltk",
    "vaderSentiment",
    "matplotlib",
)
_ADJUSTMENTS = {"holm": "Holm", "fdr_bh": "Benjamini-Hochberg"}


def summarise(
    result: StudyTables,
    articles: pd.DataFrame,
    means: StudyTables,
    *,
    name: str,
    n_read: int,
    n_used: int,
    options: Mapping[str, Any],
    corrections: pd.DataFrame,
    seed: int,
) -> Summary:
    """Sum a run up.

    Parameters
    ----------
    result : StudyTables
        The tables of the study.
    articles : DataFrame
        What is known of the articles; their texts are not needed.
    means : StudyTables
        ``tone``, the means of each article and voice.
    name : str
        Name of the corpus.
    n_read, n_used : int
        Articles read, and articles with text and outlet that were measured.
    options : mapping
        Options of the run.
    corrections : DataFrame
        Corrections of the stories by hand.
    seed : int
        Seed of random steps.

    Returns
    -------
    Summary
        The facts; ``methods`` holds the methods paragraph made of them.
    """
    estimates = result["estimates"]
    told, selection = _told(result)
    family = estimates["family_size"].dropna()
    voices, n_not_english = _sentences(means)
    facts: Summary = {
        "corpus": name,
        "n_articles_read": n_read,
        "n_articles_used": n_used,
        "n_outlets": int(articles["outlet"].nunique()),
        "outlets": _outlets(articles),
        "n_stories": len(told),
        "n_shared_stories": int((told > 1).sum()),
        "corrections": _corrected(corrections, articles),
        "selection": selection,
        "n_reprints": int(articles["reprint_of"].notna().sum()),
        "reprints": {str(k): int(n) for k, n in articles["reprint_kind"].value_counts().sort_index().items()},
        "n_sentences": result.rows("scores"),
        "n_quotes": result.rows("quotes"),
        "n_quotes_with_speaker": int(result["speakers"].dropna(subset="speaker")["n_quotes"].sum()),
        "voices": {k: n for k, n in voices.items() if k != "all" and n},
        "n_not_english": n_not_english,
        "flags": _flags(articles),
        "removed_lines": int((~result.columns("lines", ["kept"])["kept"]).sum()),
        "options": dict(options),
        "versions": {"Python": platform.python_version(), **{p: version(p) for p in _PACKAGES}},
        "seed": seed,
        "tier": _tier(estimates, int((told > 1).sum())),
        "family_size": int(family.iloc[0]) if len(family) else 0,
        "families": _families(result["families"]),
        "adjustments": [_ADJUSTMENTS[options["adjust"]]],
        "tests": sorted({m.split("; p adjusted")[0] for m in estimates["method"]}),
        "measures": list(dict.fromkeys(estimates["measure"])),
        "steps": _steps(options, word_shift="word_shift" in result),
    }
    change = largest_change(estimates, result["estimates_news_neutral"])
    if change is not None:
        facts["news_neutral_change"] = change
    if "estimates_without_reprints" in result:
        change = largest_change(estimates, result["estimates_without_reprints"])
        facts |= {} if change is None else {"without_reprints_change": change}
    return {**facts, "methods": methods_text(facts)}


def _sentences(means: StudyTables) -> tuple[dict[str, int], int]:
    """Count the sentences of each voice, and those that are not English."""
    counts, other = [pd.Series(dtype="int64")], 0
    for piece in means.batches("tone", ["part", "voice", "n_values", "n_missing", "n_not_english"]):
        body = piece[piece["part"] == "body"]
        counts.append((body["n_values"] + body["n_missing"]).groupby(body["voice"]).sum())
        other += int(body.loc[body["voice"] == "all", "n_not_english"].sum())
    voices = pd.concat(counts).groupby(level=0).sum().sort_index()
    return {str(k): int(n) for k, n in voices.items()}, other


def _corrected(corrections: pd.DataFrame, articles: pd.DataFrame) -> dict[str, int]:
    """Count the corrections applied; a pair with an article that has no story has no effect."""
    placed = articles["article_id"][articles["story_id"].notna()]
    applied = corrections[corrections["article_id"].isin(placed) & corrections["other_id"].isin(placed)]
    counted = {k: int((applied["link"] == k).sum()) for k in ("must", "cannot")}
    return counted | ({"without_effect": idle} if (idle := len(corrections) - len(applied)) else {})


def _families(register: pd.DataFrame) -> list[dict[str, Any]]:
    """Take the register of tests as facts."""
    kept = register[["family", "n_tests", "rejected_adjusted"]].to_dict("records")
    return [{str(k): v for k, v in row.items()} for row in kept]


def _steps(options: Mapping[str, Any], *, word_shift: bool) -> list[str]:
    steps = ["mark_reprints", "split_sentences", "find_quotes", "label_voice", "score_sentiment"]
    steps += ["summarise_sentiment", *(["explain_sentiment"] if word_shift else [])]
    steps += ["count_speakers", "topic_share", "prominence", "distinctive_terms", "story_coverage"]
    steps += ["compare_groups", *(["fit_topics"] if options.get("topic_model") else [])]
    aligned = ["align_stories", "align_storylines"] if options["stories"] == "align" else []
    return (["clean_articles"] if options["clean"] else []) + ["mark_language"] + aligned + steps


def _told(result: StudyTables) -> tuple[pd.Series[int], str]:
    """Count the outlets that tell each story, and say why gaps are not to be read as selection.

    The latter is empty where they are, or where there are none.
    """
    reach, selection = [], ""
    # A story stands in one piece whole, and an outlet in one row of it.
    for piece in result.batches("coverage", ["story_id", "n_articles", "reason"]):
        reach.append(piece["n_articles"].gt(0).groupby(piece["story_id"]).sum())
        reasons = piece["reason"].dropna()
        selection = selection or (str(reasons.iloc[0]) if len(reasons) else "")
    counted: pd.Series[int] = pd.concat([pd.Series(dtype="int64"), *reach])
    return counted, selection


def _outlets(articles: pd.DataFrame) -> list[dict[str, Any]]:
    stances = articles.groupby("outlet")["stance"].first() if "stance" in articles.columns else pd.Series()
    return [
        {"outlet": outlet, "stance": stance if isinstance(stance, str) else None, "n_articles": int(n)}
        for outlet, n in articles["outlet"].value_counts().sort_index().items()
        for stance in [stances.get(outlet)]
    ]


def _flags(articles: pd.DataFrame) -> dict[str, int]:
    if "flags" not in articles.columns:
        return {}
    return dict(sorted(Counter(code for codes in articles["flags"] for code in codes.split()).items()))


def _tier(estimates: pd.DataFrame, n_shared: int) -> str:
    """Say what the study allows as a whole: the best tier that any pair of outlets reaches."""
    if estimates.empty:
        return "one outlet: there is nothing to compare it with, so it is described"
    best = estimates.iloc[int(estimates["n_stories"].to_numpy().argmax())]
    if isinstance(best["reason"], str) and best["tier"] != "tested":
        return best["reason"]
    return (
        f"{n_shared:,} shared stories; up to {int(best['n_stories'])} per pair of outlets, "
        "enough for intervals and exact tests on the story level"
    )
