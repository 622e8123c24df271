"""Sentiment by group: mean with interval, shares, intensity, and what to keep in mind."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from samestory import tables
from samestory.errors import OptionError, TableError
from samestory.measures.sentiment.scoring import score_sentiment

__all__ = ["summarise_sentiment"]

_CUT = 0.05  # VADER's own: what is between -.05 and .05 is neutral
_VOICES = ("all", "own", "quoted", "mixed")
_FEW_SENTENCES, _FEW_ARTICLES, _LOW_COVERAGE, _RHO, _TYPOGRAPHY, _NOT_SCORED = 10, 20, 0.03, 0.3, 0.5, 0.1
_CURLY, _STRAIGHT = frozenset("‘’“”"), frozenset("'\"")


def summarise_sentiment(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    articles: pd.DataFrame | None = None,
    level: float = 0.95,
    n_resamples: int = 2000,
    seed: int = 2026,
    strict: bool = False,
    news_neutral: bool = False,
) -> pd.DataFrame:
    """Summarise sentence scores by group, own and quoted voice side by side.

    Parameters
    ----------
    scores : DataFrame
        Scores table, with ``voice`` for rows by voice.
    by : str, default "outlet"
        Column that names the groups; sentences without a group are left out.
    articles : DataFrame, optional
        Articles table: its headlines (``title``) are scored as well and stand in rows of their own.
    level : float, default 0.95
        Coverage of the interval.
    n_resamples : int, default 2000
        Bootstrap samples.
    seed : int, default 2026
        Seed of the bootstrap.
    strict, news_neutral : bool, default False
        For the headlines, as they were given to :func:`samestory.score_sentiment`.

    Returns
    -------
    DataFrame
        Sentiment table: one row per group, part (body, headline) and voice (all, own, quoted, mixed). Means
        are taken over the sentences of an article, then over articles, so that a long article does not count
        for more. ``warnings`` holds reason codes (``tables.SENTIMENT_WARNINGS``).

    Raises
    ------
    TableError
        ``scores`` is not a scores table or lacks ``by``.
    OptionError
        ``level`` or ``n_resamples`` cannot be used.

    Notes
    -----
    The interval is the percentile bootstrap over articles; it is too narrow below about 20 articles, where a
    warning stands. A difference between outlets is tested by :func:`samestory.compare_groups`, story by
    story.

    Examples
    --------
    >>> sentences = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 20, 0], "end": [19, 40, 9],
    ...     "text": ["Crews were happy.", "It was a disaster.", "A fine day."], "outlet": "Herald"})
    >>> out = summarise_sentiment(score_sentiment(sentences))
    >>> out[["group", "voice", "mean", "positive", "n_articles", "warnings"]].round(3)
        group voice   mean  positive  n_articles                    warnings
    0  Herald   all  0.088      0.75           2  few_sentences few_articles
    """
    tables.check(scores, tables.SCORES, need=[by])
    if not 0 < level < 1:
        raise OptionError(f"level is between 0 and 1; {level} was found")
    if n_resamples < 1:
        raise OptionError(f"n_resamples is at least 1; {n_resamples} was found")
    parts = {"body": scores}
    if articles is not None:
        parts["headline"] = _headlines(articles, by, strict=strict, news_neutral=news_neutral)
    rows = [
        {"group": group, "part": part, "voice": voice, **_summary(mine, level, n_resamples, seed)}
        for part, table in parts.items()
        for group, voice, mine in _cells(table, by)
    ]
    out = pd.DataFrame(rows, columns=list(tables.SENTIMENT.columns)).assign(level=level, seed=seed)
    out["method"] = f"percentile bootstrap over articles, {n_resamples} samples"
    out = out.astype(dict.fromkeys(("mean", "low", "high", "intensity", "coverage"), "float64"))
    out["warnings"] = _with_typography(out, parts, by)
    order = ["group", "part", "voice"]
    keys = out["voice"].map({v: i for i, v in enumerate(_VOICES)})
    out = out.assign(_voice=keys).sort_values([*order[:2], "_voice"], ignore_index=True)
    return tables.check(out.drop(columns="_voice"), tables.SENTIMENT)


def _headlines(articles: pd.DataFrame, by: str, *, strict: bool, news_neutral: bool) -> pd.DataFrame:
    tables.check(articles, tables.ARTICLES, need=["title", by])
    titled = articles[articles["title"].fillna("").str.strip() != ""]
    lines = pd.DataFrame(
        {
            "article_id": titled["article_id"],
            "start": 0,
            "end": titled["title"].str.len(),
            "text": titled["title"],
            by: titled[by],
        }
    )
    return score_sentiment(lines, strict=strict, news_neutral=news_neutral)


def _cells(table: pd.DataFrame, by: str) -> Iterator[tuple[str, str, pd.DataFrame]]:
    for group, mine in table.groupby(by, sort=True):
        if not isinstance(group, str):
            raise TableError(f"the groups in column {by} should be text, {type(group).__name__} was found")
        yield group, "all", mine
        if "voice" in mine.columns:
            for voice, heard in mine.groupby("voice", sort=True):
                yield group, str(voice), heard


def _summary(mine: pd.DataFrame, level: float, n_resamples: int, seed: int) -> dict[str, object]:
    known = mine.dropna(subset=["compound"])
    tone = known["compound"]
    article = known.assign(
        positive=tone >= _CUT, negative=tone <= -_CUT, intensity=tone.abs(), length=known["text"].str.len()
    ).groupby("article_id", sort=True)
    columns = ["compound", "positive", "negative", "intensity"] + ["coverage"] * ("coverage" in known.columns)
    means = article[columns].mean().astype("float64")
    low, high = _interval(means["compound"].to_numpy(), level, n_resamples, seed)
    average = means.mean()
    out: dict[str, float] = {
        "mean": average["compound"],
        "low": low,
        "high": high,
        "positive": average["positive"],
        "neutral": 1 - average["positive"] - average["negative"],
        "negative": average["negative"],
        "intensity": average["intensity"],
        "coverage": average.get("coverage", np.nan),
        "n_sentences": len(known),
        "n_not_scored": len(mine) - len(known),
        "n_articles": len(means),
    }
    return {**out, "warnings": " ".join(_warnings(out, means["compound"], article["length"].sum()))}


def _interval(values: np.ndarray, level: float, n_resamples: int, seed: int) -> tuple[float, float]:
    if len(values) < 2:
        return np.nan, np.nan
    picks = np.random.default_rng(seed).integers(len(values), size=(n_resamples, len(values)))
    low, high = np.quantile(values[picks].mean(axis=1), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _warnings(row: dict[str, float], tone: pd.Series[float], length: pd.Series[float]) -> Iterator[str]:
    n, articles = row["n_sentences"], row["n_articles"]
    if n < _FEW_SENTENCES:
        yield "few_sentences"
    if articles < _FEW_ARTICLES:
        yield "one_article" if articles < 2 else "few_articles"
    if row["coverage"] < _LOW_COVERAGE:
        yield "low_coverage"
    if articles >= _FEW_ARTICLES and _varies(tone) and _varies(length) and _spearman(tone, length) >= _RHO:
        yield "length_correlation"
    if row["n_not_scored"] > _NOT_SCORED * (row["n_not_scored"] + n):
        yield "not_scored"


def _varies(values: pd.Series[float]) -> bool:
    return bool((values != values.iloc[0]).any())


def _spearman(one: pd.Series[float], two: pd.Series[float]) -> float:
    """Return the size of the rank correlation."""
    return abs(float(one.rank().corr(two.rank())))


def _with_typography(out: pd.DataFrame, parts: dict[str, pd.DataFrame], by: str) -> list[str]:
    """Add a warning to every row of a part in which the groups differ in their marks."""
    differs = {part for part, table in parts.items() if _typography_differs(table, by)}
    return [
        f"{w} typography".strip() if part in differs else w
        for part, w in zip(out["part"], out["warnings"], strict=True)
    ]


def _typography_differs(table: pd.DataFrame, by: str) -> bool:
    marks = pd.DataFrame(
        {
            "group": table[by],
            "curly": table["text"].map(lambda t: sum(c in _CURLY for c in t)),
            "straight": table["text"].map(lambda t: sum(c in _STRAIGHT for c in t)),
        }
    )
    marks = marks.dropna().astype({"curly": "int64", "straight": "int64"})
    total = marks.groupby("group")[["curly", "straight"]].sum()
    share = (total["curly"] / total.sum(axis=1)).dropna()
    return bool(len(share) > 1 and share.max() - share.min() > _TYPOGRAPHY)
