"""Counts over a corpus before anything is measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from samestory import tables
from samestory.quality.remarks import remarks
from samestory.text import words

__all__ = ["corpus_quality"]

_GUESSED = ("file name", "url")
_SHORT = 50  # words
_CURLY, _STRAIGHT = "“”‘’„", "\"'"
_NO_OUTLET = "(no outlet)"


def corpus_quality(
    articles: pd.DataFrame,
    lines: pd.DataFrame | None = None,
    *,
    outlets: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, pd.DataFrame]:
    """Describe a corpus: articles, dates, lengths, languages, duplicates, furniture and typography.

    Parameters
    ----------
    articles : DataFrame
        Articles table, cleaned or not, best after :func:`samestory.mark_language`.
    lines : DataFrame, optional
        What :func:`samestory.cleaning_lines` says of the same articles.
    outlets : mapping, optional
        ``outlets`` of :func:`samestory.readers.read_corpus_info`, for the sources of the stances; without
        them nothing is said about sources.

    Returns
    -------
    dict of str to DataFrame
        ``outlet_quality``, ``months``, ``quality_counts``, ``duplicates`` and ``quality_warnings``, as
        declared in ``samestory.tables``.

    Raises
    ------
    TableError
        A table is not what it should be.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Ledger"],
    ...     "text": ["Rain fell.", "Rain fell."]})
    >>> quality = corpus_quality(articles)
    >>> quality["duplicates"].iloc[0].tolist()
    ['b', 'a', 'text']
    """
    tables.check(articles, tables.ARTICLES)
    if lines is not None:
        tables.check(lines, tables.LINES)
    named = articles.assign(outlet=articles["outlet"].fillna(_NO_OUTLET)).reset_index(drop=True)
    repeated = _duplicates(named)
    found = {
        "outlet_quality": _outlets(named, lines, repeated, outlets or {}),
        "months": _months(named),
        "quality_counts": _counts(named, lines),
        "duplicates": repeated,
    }
    found["quality_warnings"] = remarks(found, len(named), sources_known=outlets is not None)
    return {name: tables.check(frame, tables.TABLES[name]) for name, frame in found.items()}


def _duplicates(articles: pd.DataFrame) -> pd.DataFrame:
    """Find articles that have the words, or the web address, of an earlier one."""
    seen: dict[tuple[str, str], str] = {}
    rows = []
    urls = articles["url"] if "url" in articles.columns else pd.Series(None, index=articles.index)
    for name, text, url in zip(articles["article_id"], articles["text"], urls, strict=True):
        keys = [("text", " ".join(words(text)))] if text.strip() else []
        keys += [("url", url.strip())] if isinstance(url, str) and url.strip() else []
        first = next(((seen[key], key[0]) for key in keys if key in seen), None)
        if first is not None:
            rows.append((name, *first))
        for key in keys:
            seen.setdefault(key, name)
    return pd.DataFrame(rows, columns=list(tables.DUPLICATES.columns)).astype("str")


def _outlets(
    articles: pd.DataFrame,
    lines: pd.DataFrame | None,
    repeated: pd.DataFrame,
    known: Mapping[str, Mapping[str, Any]],
) -> pd.DataFrame:
    claims = {str(o.get("name", key)): o for key, o in known.items()}
    lengths = articles["text"].map(lambda t: len(words(t)))
    again = articles["article_id"].isin(repeated["article_id"])
    rows = []
    for outlet, part in articles.groupby("outlet", sort=True):
        claim = claims.get(str(outlet), {})
        n_words = lengths[part.index]
        told = n_words[n_words > 0]
        foreign = tables.has_flag(part, "not_english")
        rows.append(
            {
                "outlet": outlet,
                "n_articles": len(part),
                "n_measured": int(((n_words > 0) & ~foreign).sum()),
                **_dates(part),
                "words_low": told.min(),
                "words_median": told.median(),
                "words_high": told.max(),
                "n_short": int((n_words < _SHORT).sum()),
                "n_not_english": int(foreign.sum()),
                "n_duplicates": int(again[part.index].sum()),
                "furniture_share": _removed_share(part, lines),
                **_typography(part.loc[n_words > 0, "text"]),
                "stance": _stance(part, claim),
                "stance_source": claim.get("stance_source"),
                "stance_date": claim.get("stance_date"),
            }
        )
    declared = tables.OUTLET_QUALITY.columns
    frame = pd.DataFrame(rows, columns=list(declared))
    for name, column in declared.items():
        if column.kind == "text":
            frame[name] = frame[name].astype("str")
        elif column.kind == "time":
            frame[name] = pd.to_datetime(frame[name], utc=True).astype("datetime64[us, UTC]")
    return frame


def _dates(part: pd.DataFrame) -> dict[str, object]:
    if "published" not in part.columns:
        return {"first": pd.NaT, "last": pd.NaT, "n_undated": len(part), "n_guessed": 0}
    rule = part["published_from"] if "published_from" in part.columns else pd.Series(None, index=part.index)
    return {
        "first": part["published"].min(),
        "last": part["published"].max(),
        "n_undated": int(part["published"].isna().sum()),
        "n_guessed": int(rule.isin(_GUESSED).sum()),
    }


def _stance(part: pd.DataFrame, claim: Mapping[str, Any]) -> str | None:
    if claim.get("stance"):
        return str(claim["stance"])
    given = part["stance"].dropna() if "stance" in part.columns else pd.Series(dtype="str")
    return "; ".join(sorted(given.unique())) or None


def _removed_share(part: pd.DataFrame, lines: pd.DataFrame | None) -> float:
    if lines is None:
        return float("nan")
    here = lines[lines["article_id"].isin(part["article_id"])]
    sizes = here["text"].str.len()
    return float(sizes[~here["kept"]].sum() / sizes.sum()) if len(here) else float("nan")


def _typography(texts: pd.Series[str]) -> dict[str, float]:
    return {
        name: float(texts.map(lambda t, m=marks: any(c in t for c in m)).mean())
        if len(texts)
        else float("nan")
        for name, marks in {"curly_share": _CURLY, "straight_share": _STRAIGHT}.items()
    }


def _months(articles: pd.DataFrame) -> pd.DataFrame:
    """Count articles per outlet in every month from the first to the last."""
    dated = articles[articles["published"].notna()] if "published" in articles.columns else articles[:0]
    if dated.empty:
        return pd.DataFrame(columns=list(tables.MONTHS.columns)).astype({"n_articles": "int64"})
    month = dated["published"].dt.strftime("%Y-%m")
    n = Counter(zip(dated["outlet"], month, strict=True))
    rows = [
        (outlet, m, n[outlet, m])
        for outlet in sorted(dated["outlet"].unique())
        for m in sorted(month.unique())
    ]
    return pd.DataFrame(rows, columns=list(tables.MONTHS.columns))


def _counts(articles: pd.DataFrame, lines: pd.DataFrame | None) -> pd.DataFrame:
    rows: list[tuple[str, str, int, str | None]] = []

    def count(kind: str, values: Iterable[Any]) -> None:
        found = Counter(v if isinstance(v, str) and v else "unknown" for v in values)
        meanings = tables.FLAGS if kind == "flag" else {}
        rows.extend(
            (kind, v, n, meanings.get(v)) for v, n in sorted(found.items(), key=lambda x: (-x[1], x[0]))
        )

    for kind, column in {
        "date rule": "published_from",
        "date precision": "published_precision",
        "language": "language",
        "encoding": "encoding",
    }.items():
        if column in articles.columns:
            count(kind, articles[column])
    if "flags" in articles.columns:
        count("flag", (code for codes in articles["flags"] for code in codes.split()))
    if lines is not None:
        count("removed line", lines.loc[~lines["kept"], "reason"])
    frame = pd.DataFrame(rows, columns=list(tables.QUALITY_COUNTS.columns))
    return frame.astype({"kind": "str", "value": "str", "n": "int64", "meaning": "str"})
