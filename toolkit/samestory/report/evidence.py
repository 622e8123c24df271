"""From a term to its lines and from a speaker to the quotes: each count with the places behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from samestory.report.heard import MOST_NAMES, MOST_PLACES, Heard
from samestory.report.places import Places
from samestory.report.safe import plain

__all__ = ["speakers", "terms"]

_MOST_LETTERS = 240  # of a quote shown


def terms(table: pd.DataFrame, lines: pd.DataFrame, places: Places) -> list[dict[str, Any]]:
    """Give the most distinctive terms of each outlet, each with its lines.

    Parameters
    ----------
    table, lines : DataFrame
        The terms table, and the lines of its foremost terms (table ``term_lines``); either may be empty.
    places : Places
        What stands where.

    Returns
    -------
    list of dict
        One per outlet: ``outlet`` and ``rows``, the ten terms with the largest ``z`` above 0.
    """
    if table.empty or "outlet" not in table.columns:
        return []
    found = dict(iter(lines.groupby(["outlet", "term"]))) if len(lines) else {}
    out = []
    for outlet, mine in table.groupby("outlet"):
        ahead = mine[mine["z"] > 0].sort_values(["z", "term"], ascending=[False, True]).head(MOST_NAMES)
        rows = [
            {
                "name": plain(row["term"]),
                "count": int(row["count"]),
                "rate": f"{row['rate']:.2f}",
                "z": f"{row['z']:.1f}",
                "p": _p(row.get("p_stories_adjusted")),
                "places": [
                    {
                        "href": places.sentence(line["article_id"], int(line["sentence_start"])),
                        "before": plain(line["left"]),
                        "match": plain(line["match"]),
                        "after": plain(line["right"]),
                    }
                    for line in _first(found.get((outlet, row["term"])))
                ],
            }
            for row in ahead.to_dict("records")
        ]
        out.append({"outlet": plain(outlet), "rows": rows})
    return out


def _p(value: Any) -> str:
    if value is None or pd.isna(value):
        return "not tested"
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _first(lines: pd.DataFrame | None) -> list[dict[Any, Any]]:
    if lines is None:
        return []
    return lines.sort_values(["article_id", "start"]).head(MOST_PLACES).to_dict("records")


def speakers(heard: Heard, sentences: pd.DataFrame, places: Places) -> list[dict[str, Any]]:
    """Give those who are heard most in each outlet, each with the attributions.

    Parameters
    ----------
    heard : Heard
        Who is heard.
    sentences : DataFrame
        The table; it may be empty.
    places : Places
        What stands where.

    Returns
    -------
    list of dict
        One per outlet: ``outlet`` and ``rows``, the ten speakers with most attributions.
    """
    begins = _sentence_starts(sentences)
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for quote in heard.places.to_dict("records"):
        here = found.setdefault((quote["outlet"], quote["name"]), [])
        here.append(_place(quote, begins, places))
    out: dict[str, list[dict[str, Any]]] = {}
    for outlet, name, n, articles in heard.foremost.itertuples(index=False):
        row = {
            "name": name,
            "n": int(n),
            "share": f"{100 * n / heard.named[outlet]:.0f} %",
            "articles": int(articles),
            "places": found[outlet, name],
        }
        out.setdefault(outlet, []).append(row)
    return [{"outlet": plain(o), "n": heard.named[o], "rows": rows} for o, rows in out.items()]


def _sentence_starts(sentences: pd.DataFrame) -> dict[str, list[int]]:
    if sentences.empty:
        return {}
    ordered = sentences.sort_values(["article_id", "start"])
    return {str(a): s.astype(int).tolist() for a, s in ordered.groupby("article_id")["start"]}


def _place(quote: dict[Any, Any], begins: dict[str, list[int]], places: Places) -> dict[str, Any]:
    """Where an attribution stands: the last sentence that begins at or before it."""
    article, start = quote["article_id"], int(quote["start"])
    before = [s for s in begins.get(article, []) if s <= start]
    text = plain(quote["text"])
    return {
        "href": places.sentence(article, before[-1] if before else -1),
        "text": text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1].rstrip()}…",
        "kind": plain(quote["kind"]),
        "cue": plain(quote.get("cue")),
    }
