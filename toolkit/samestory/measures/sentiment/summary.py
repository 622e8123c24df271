"""Sentiment by group: mean with interval, shares, intensity, and what to keep in mind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from samestory import tables
from samestory.errors import OptionError, TableError
from samestory.measures.sentiment.scoring import score_sentiment

__all__ = [
    "averages",
    "headlines",
    "sentence_values",
    "summarise_articles",
    "summarise_sentiment",
    "tone_of_articles",
]

_CUT = 0.05  # VADER's own: what is between -.05 and .05 is neutral
_VOICES = ("all", "own", "quoted", "mixed")
_FEW_SENTENCES, _FEW_ARTICLES, _LOW_COVERAGE, _RHO, _TYPOGRAPHY, _NOT_SCORED = 10, 20, 0.03, 0.3, 0.5, 0.1
_DRAWN_AT_ONCE = 1 << 20  # articles of the samples: 8 MB
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
    tone = tone_of_articles(scores, by=by, articles=articles, strict=strict, news_neutral=news_neutral)
    return summarise_articles(tone, by=by, level=level, n_resamples=n_resamples, seed=seed)


def tone_of_articles(
    scores: pd.DataFrame,
    *,
    by: str = "outlet",
    articles: pd.DataFrame | None = None,
    strict: bool = False,
    news_neutral: bool = False,
) -> pd.DataFrame:
    """Average sentence scores over articles: all that a summary needs to know of them.

    Parameters
    ----------
    scores, by, articles, strict, news_neutral
        As in :func:`summarise_sentiment`.

    Returns
    -------
    DataFrame
        One row per group, article, part (body, headline) and voice (all, own, quoted, mixed): the means of
        ``compound``, of ``positive``, ``negative`` (shares of its sentences), ``intensity`` and ``coverage``
        over the sentences with a score; ``n_values`` and ``n_missing``, the sentences with and without one;
        ``length`` of those with one and the ``curly`` and ``straight`` marks of all, in characters.
    """
    parts = {"body": scores}
    if articles is not None:
        parts["headline"] = headlines(articles, by, strict=strict, news_neutral=news_neutral)
    cells = [
        averages(sentence_values(table, by), [by, "article_id"]).assign(part=part)
        for part, table in parts.items()
    ]
    return pd.concat(cells, ignore_index=True)[[by, "article_id", "part", "voice", *_MEANS, *_SUMS]]


_MEANS = ("compound", "positive", "negative", "intensity", "coverage")
_SUMS = ("n_values", "n_missing", "length", "curly", "straight")


def sentence_values(scores: pd.DataFrame, *kept: str) -> pd.DataFrame:
    """Return what is averaged of each sentence, with its article, its voice and the columns to be kept."""
    tone, known, texts = scores["compound"], scores["compound"].notna(), scores["text"].tolist()
    return pd.DataFrame(
        {
            **{c: scores[c] for c in (*kept, "article_id", "voice") if c in scores.columns},
            "compound": tone,
            "positive": (tone >= _CUT).astype("float64").where(known),
            "negative": (tone <= -_CUT).astype("float64").where(known),
            "intensity": tone.abs(),
            "coverage": scores["coverage"].where(known) if "coverage" in scores.columns else np.nan,
            "n_values": known.astype("int64"),
            "n_missing": (~known).astype("int64"),
            "length": np.where(known, np.fromiter(map(len, texts), np.int64, len(texts)), 0),
            "curly": [0 if t.isascii() else sum(map(t.count, _CURLY)) for t in texts],
            "straight": [sum(map(t.count, _STRAIGHT)) for t in texts],
        }
    )


def averages(values: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Average the sentences of each article, all together and by voice.

    Parameters
    ----------
    values : DataFrame
        What :func:`sentence_values` gives.
    keys : sequence of str
        The columns that tell articles apart.

    Returns
    -------
    DataFrame
        One row per voice and article, in this order.
    """
    # Articles by number, which are quicker to group than their names; without a key there is none.
    number = values.groupby(list(keys), sort=True).ngroup()
    first = np.flatnonzero(~number.duplicated() & number.notna())
    names = values[list(keys)].iloc[first].set_axis(number.iloc[first])
    cells = []
    for voice in _VOICES if "voice" in values.columns else _VOICES[:1]:
        mine = slice(None) if voice == "all" else (values["voice"] == voice).to_numpy()
        grouped = values.loc[mine, [*_MEANS, *_SUMS]].groupby(number[mine], sort=True)
        made = pd.concat([grouped[list(_MEANS)].mean(), grouped[list(_SUMS)].sum()], axis=1)
        cells.append(names.loc[made.index].assign(voice=voice).join(made))
    return pd.concat(cells, ignore_index=True)


def summarise_articles(
    tone: pd.DataFrame,
    *,
    by: str = "outlet",
    level: float = 0.95,
    n_resamples: int = 2000,
    seed: int = 2026,
) -> pd.DataFrame:
    """Summarise the tone of articles by group; see :func:`summarise_sentiment`.

    Parameters
    ----------
    tone : DataFrame
        What :func:`tone_of_articles` gives.
    by, level, n_resamples, seed
        As in :func:`summarise_sentiment`.

    Returns
    -------
    DataFrame
        Sentiment table.
    """
    if not 0 < level < 1:
        raise OptionError(f"level is between 0 and 1; {level} was found")
    if n_resamples < 1:
        raise OptionError(f"n_resamples is at least 1; {n_resamples} was found")
    rows = [
        {by: group, "part": part, "voice": voice, **_summary(mine, level, n_resamples, seed)}
        for (part, voice), cell in tone.groupby(["part", "voice"], sort=False)
        for group, mine in cell.groupby(by, sort=True)
        if _is_text(group, by)
    ]
    out = pd.DataFrame(rows).rename(columns={by: "group"}).reindex(columns=list(tables.SENTIMENT.columns))
    out = out.assign(level=level, seed=seed)
    out["method"] = f"percentile bootstrap over articles, {n_resamples} samples"
    out = out.astype(dict.fromkeys(("mean", "low", "high", "intensity", "coverage"), "float64"))
    out["warnings"] = _with_typography(out, tone, by)
    order = ["group", "part", "voice"]
    keys = out["voice"].map({v: i for i, v in enumerate(_VOICES)})
    out = out.assign(_voice=keys).sort_values([*order[:2], "_voice"], ignore_index=True)
    return tables.check(out.drop(columns="_voice"), tables.SENTIMENT)


def _is_text(group: object, by: str) -> bool:
    if not isinstance(group, str):
        raise TableError(f"the groups in column {by} should be text, {type(group).__name__} was found")
    return True


def headlines(
    articles: pd.DataFrame, by: str, *, strict: bool = False, news_neutral: bool = False
) -> pd.DataFrame:
    """Score the headlines of articles."""
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


def _summary(mine: pd.DataFrame, level: float, n_resamples: int, seed: int) -> dict[str, object]:
    means = mine[mine["n_values"] > 0].sort_values("article_id")
    tone = means["compound"]
    low, high = _interval(tone.to_numpy(), level, n_resamples, seed)
    average = {c: float(means[c].mean()) for c in _MEANS}
    out: dict[str, float] = {
        "mean": average["compound"],
        "low": low,
        "high": high,
        "positive": average["positive"],
        "neutral": 1 - average["positive"] - average["negative"],
        "negative": average["negative"],
        "intensity": average["intensity"],
        "coverage": average["coverage"],
        "n_sentences": int(mine["n_values"].sum()),
        "n_not_scored": int(mine["n_missing"].sum()),
        "n_articles": len(means),
    }
    return {**out, "warnings": " ".join(_warnings(out, tone, means["length"]))}


def _interval(values: np.ndarray, level: float, n_resamples: int, seed: int) -> tuple[float, float]:
    if len(values) < 2:
        return np.nan, np.nan
    rng, n = np.random.default_rng(seed), len(values)
    means = np.empty(n_resamples)
    step = max(1, _DRAWN_AT_ONCE // n)
    for start in range(0, n_resamples, step):
        some = means[start : start + step]
        some[:] = values[rng.integers(n, size=(some.size, n))].mean(axis=1)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
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


def _with_typography(out: pd.DataFrame, tone: pd.DataFrame, by: str) -> list[str]:
    """Add a warning to every row of a part in which the groups differ in their marks."""
    differs = {part for part, rows in tone[tone["voice"] == "all"].groupby("part") if _marks_differ(rows, by)}
    return [
        f"{w} typography".strip() if part in differs else w
        for part, w in zip(out["part"], out["warnings"], strict=True)
    ]


def _marks_differ(rows: pd.DataFrame, by: str) -> bool:
    total = rows.groupby(by)[["curly", "straight"]].sum()
    share = (total["curly"] / total.sum(axis=1)).dropna()
    return bool(len(share) > 1 and share.max() - share.min() > _TYPOGRAPHY)
