"""The quotes table: one row per attribution."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from samestory import tables
from samestory.errors import OptionError
from samestory.measures.quotes.confidence import RESOLUTION_PRECISION
from samestory.measures.quotes.detection import LEAST_CONFIDENCE, detect, read_by_model
from samestory.measures.quotes.discourse import Found
from samestory.measures.quotes.inside import Inside
from samestory.measures.quotes.marks import find_quotations
from samestory.measures.quotes.model import Attribution as Modelled
from samestory.measures.quotes.negation import is_negated
from samestory.measures.quotes.nesting import enclosing
from samestory.measures.quotes.resolution import Resolved, resolve_speakers
from samestory.measures.quotes.tokens import read_sentences
from samestory.text import Span

__all__ = ["KINDS", "find_quotes"]

KINDS = ("direct", "mixed", "indirect")
_TRAVELS = ("outlet", "stance", "published", "story_id", "reprint_of")
#: Columns that come from the text alone, with the type that pandas holds them in.
_TYPES = {
    "row": "int64", "start": "int64", "end": "int64", "spans": "object", "kind": "str", "text": "str",
    "quoted_words": "int64", "speaker": "str", "speaker_spans": "object", "speaker_kind": "str",
    "speaker_resolved": "str", "resolution_confidence": "float64", "cue": "str", "cue_spans": "object",
    "cue_lemma": "str", "cue_stance": "str", "negated": "bool", "confidence": "float64",
    "in_headline": "bool", "floating": "bool", "nested_in": "object", "position": "float64", "rule": "str",
}  # fmt: skip


def find_quotes(
    articles: pd.DataFrame,
    *,
    kinds: Sequence[str] = KINDS,
    min_confidence: float = 0.0,
    model: str | Path | None = None,
) -> pd.DataFrame:
    """Find who is said to have said what: direct, mixed and indirect speech.

    Parameters
    ----------
    articles : DataFrame
        Articles table; it need not have been cleaned.
    kinds : sequence of str
        Which of "direct" (at least 90 % of the letters inside quotation marks), "indirect" (at most 2 %)
        and "mixed" (between) to keep.
    min_confidence : float
        Keep attributions with at least this confidence, 0 to 1.
    model : path-like, optional
        Folder of a transformer on this machine that ``bench/train_quotes_neural.py`` trained, to take the
        place of the model that comes with samestory; rules, speakers and confidence stay the same.

    Returns
    -------
    DataFrame
        Quotes table: one row per attribution, ordered by article and place. All spans count characters of
        ``articles.text``; ``text`` joins the parts of the content with a blank. ``speaker`` is the phrase as
        written, NA where none is; ``speaker_resolved`` is one name per speaker within the article.
        ``confidence`` is the estimated probability that content and speaker are right: the calibrated
        estimate of the model, or the measured precision of the rule that fired. Outlet, stance, publication
        time and story travel along. An article without attributions has no row.

    Raises
    ------
    TableError
        ``articles`` is not an articles table.
    OptionError
        ``kinds`` names an unknown kind, ``min_confidence`` lies outside 0 to 1, or ``model`` is no folder of
        a trained transformer.
    MissingExtraError
        ``model`` without the packages transformers and torch.

    Notes
    -----
    A linear-chain model trained on PolNeAR (``models/quotes.md``), and rules over closed word classes and a
    lexicon of cue verbs where these see more, in time linear in the text. The annotation follows PolNeAR
    [1]_: content includes its quotation marks and "that", a source its title, apposition and relative clause.

    References
    ----------
    .. [1] Newell, E., Margolin, D., & Ruths, D. (2018). An attribution relations corpus for political news.
       Proceedings of LREC 2018.

    Examples
    --------
    >>> text = "“We had no choice,” Finance Minister Tobias Kerrel said. He added that rain was near."
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": [text]})
    >>> find_quotes(articles)[["kind", "text", "speaker_resolved"]]
           kind                  text speaker_resolved
    0    direct  “We had no choice,”    Tobias Kerrel
    1  indirect    that rain was near    Tobias Kerrel
    """
    articles = tables.whole_characters(tables.check(articles, tables.ARTICLES))
    unknown = [k for k in kinds if k not in KINDS]
    if unknown or isinstance(kinds, str):
        raise OptionError(
            f"kinds should be some of {', '.join(KINDS)}; found {kinds!r}", hint="give a tuple of kinds"
        )
    if not 0 <= min_confidence <= 1:
        raise OptionError(f"min_confidence should lie between 0 and 1; found {min_confidence!r}")
    titles = articles["title"] if "title" in articles.columns else [None] * len(articles)
    columns: dict[str, list[Any]] = {name: [] for name in _TYPES}
    modelled = read_by_model(articles["text"], model)
    for number, (text, title, found) in enumerate(zip(articles["text"], titles, modelled, strict=True)):
        headline = title if isinstance(title, str) else None
        for row in _article_quotes(text, headline, found):
            if row["kind"] in kinds and row["confidence"] >= min_confidence:
                row["row"] = number
                for name, column in columns.items():
                    column.append(row[name])
    return _as_table(articles, columns)


def _as_table(articles: pd.DataFrame, columns: dict[str, list[Any]]) -> pd.DataFrame:
    found = pd.DataFrame({name: pd.Series(columns[name], dtype=kind) for name, kind in _TYPES.items()})
    context = articles[["article_id", *(c for c in _TRAVELS if c in articles.columns)]]
    context = context.iloc[found.pop("row")].reset_index(drop=True)
    out = pd.concat([context[["article_id"]], found, context.drop(columns="article_id")], axis=1)
    return tables.check(out, tables.QUOTES)


def _article_quotes(text: str, headline: str | None, modelled: Sequence[Modelled]) -> list[dict[str, Any]]:
    """Find the attributions of one text, as rows of the quotes table without the article's columns."""
    quotations = find_quotations(text)
    sentences = read_sentences(text, quotations)
    detected = detect(text, modelled, headline=headline, sentences=sentences)
    found = [one for one, _ in detected]
    marked = [(q.start, q.end) for q in quotations]
    resolved = resolve_speakers(text, found, [s.start for s in sentences], marked)
    inside = Inside(text, marked)
    best: dict[Span, dict[str, Any]] = {}
    head_end = _headline_end(text, headline)
    for (one, confidence), name in zip(detected, resolved, strict=True):
        if confidence < LEAST_CONFIDENCE:
            continue
        row = _row(text, one, name, inside, head_end, confidence=confidence)
        if row is None:
            continue
        key = (row["start"], row["end"])
        if key not in best or row["confidence"] > best[key]["confidence"]:
            best[key] = row
    rows = [best[key] for key in sorted(best)]
    for row, outer in zip(
        rows, enclosing([r["spans"] for r in rows], [_extent(r) for r in rows]), strict=True
    ):
        row["nested_in"] = [] if outer is None else [[rows[outer]["start"], rows[outer]["end"]]]
    return rows


def _extent(row: dict[str, Any]) -> Span:
    spans = [*row["spans"], *row["speaker_spans"], *row["cue_spans"]]
    starts, ends = zip(*spans, strict=True)
    return min(starts), max(ends)


def _headline_end(text: str, headline: str | None) -> int:
    """Where the headline ends, if the text begins with it; -1 otherwise."""
    lead = len(text) - len(text.lstrip())
    end = text.find("\n", lead)
    first = text[lead : end if end >= 0 else len(text)].strip()
    if headline is not None and first.rstrip(".") == headline.strip().rstrip("."):
        return lead + len(first)
    unfinished = bool(first) and len(first.split()) <= 25 and first[-1] not in ".!?…:;,\"”’'"
    return lead + len(first) if unfinished else -1


def _row(
    text: str, found: Found, who: Resolved, inside: Inside, head_end: int, *, confidence: float
) -> dict[str, Any] | None:
    a = found.attribution
    spans = _merged(text, a.content)
    if not spans:
        return None
    letters = inside.letters(spans)
    if not letters:
        return None
    marked = inside.marked(spans)
    share = inside.letters(marked) / letters
    cue = _outside(a.cue, spans)
    start, end = spans[0][0], spans[-1][1]
    return {
        "start": start,
        "end": end,
        "spans": [list(s) for s in spans],
        "kind": "direct" if share >= 0.9 else "indirect" if share <= 0.02 else "mixed",
        "text": " ".join([text[s:e] for s, e in spans]),
        "quoted_words": inside.words(marked),
        "speaker": " ".join([text[s:e] for s, e in a.source]) or None,
        "speaker_spans": [list(s) for s in a.source],
        "speaker_kind": who.kind if a.source else "none",
        "speaker_resolved": who.name,
        "resolution_confidence": RESOLUTION_PRECISION[who.way] if who.name is not None else None,
        "cue": " ".join([text[s:e] for s, e in cue]) or None,
        "cue_spans": [list(s) for s in cue],
        "cue_lemma": a.lemma or None,
        "cue_stance": a.stance,
        "negated": is_negated(text, a.cue, a.source),
        "confidence": confidence,
        "in_headline": end <= head_end,
        "floating": not a.source and not a.cue,
        "position": start / len(text),
        "rule": a.rule,
    }


def _outside(cue: Sequence[Span], content: Sequence[Span]) -> list[Span]:
    """Keep the parts of a cue that share no character with what it introduces."""
    return [c for c in cue if all(c[1] <= start or c[0] >= end for start, end in content)]


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """Order the parts, and make one of those that overlap or that only blanks of one line part."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and (start <= out[-1][1] or text[out[-1][1] : start].strip(" \t\u00a0") == ""):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out
