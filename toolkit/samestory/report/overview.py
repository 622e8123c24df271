"""All that the first page says above the stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from samestory import tables as schema
from samestory.report import evidence
from samestory.report.claims import TIERS, claims
from samestory.report.heard import Heard
from samestory.report.reading import Reader
from samestory.report.safe import plain
from samestory.report.summary import Summary
from samestory.report.tables import table_of

__all__ = ["overview"]

_MOST_SPOKEN = 12  # claims told in words above the table

# The counts in the order of the walk, with what each counts.
_COUNTS: Mapping[str, str] = {
    "n_articles_read": "articles read",
    "n_articles_used": "articles with text and outlet, used in the measures",
    "n_outlets": "outlets",
    "removed_lines": "lines of page furniture removed",
    "n_stories": "stories",
    "n_shared_stories": "stories told by at least two outlets",
    "n_reprints": "articles that reprint another",
    "n_sentences": "sentences",
    "n_quotes": "attributions of speech",
}

_CORRECTED: Mapping[str, str] = {
    "must": "corrections by hand: pairs of articles put into one story",
    "cannot": "corrections by hand: pairs of articles put apart",
    "without_effect": "corrections by hand without effect: an article of the pair has no text",
}
_REPRINTS: Mapping[str, str] = {
    "copy": "of these, copies of another outlet's text",
    "version": "of these, versions of the outlet's own text",
}


def overview(
    tables: Mapping[str, pd.DataFrame],
    facts: Summary,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    heard: Heard,
    reader: Reader,
    index: list[dict[str, Any]],
) -> dict[str, Any]:
    """All that the first page says above the stories."""
    estimates = table_of(tables, "estimates", schema.ESTIMATES)
    titles = {s["id"]: s["title"] for s in index if s["id"]}
    made = claims(estimates, table_of(tables, "pairs", schema.PAIRS), reader.places, titles)
    lines = tables.get("term_lines", pd.DataFrame())
    return {
        "lead": list(_lead(facts)),
        "counts": list(_counts(facts)),
        "flags": _flags(facts, articles),
        "outlets": [{k: plain(v) for k, v in o.items()} for o in facts.get("outlets", [])],
        "claims": made,
        "spoken": made[:_MOST_SPOKEN],
        "more_claims": len(estimates) - len(made),
        "by_tier": [(plain(t), TIERS.get(t, ""), int(n)) for t, n in _tiers(estimates)],
        "voices": evidence.speakers(heard, sentences, reader.places),
        "terms": evidence.terms(table_of(tables, "terms", schema.TERMS), lines, reader.places),
        "methods": _blocks(plain(facts.get("methods"))),
    }


def _lead(facts: Summary) -> Iterator[str]:
    """Say in a few sentences what the page is about."""
    if "corpus" in facts:
        yield f"Corpus: {plain(facts['corpus'])}."
    if "n_articles_used" in facts:
        outlets = f" of {facts['n_outlets']} outlets" if "n_outlets" in facts else ""
        yield f"{facts['n_articles_used']:,} articles{outlets} were measured."
    if "n_shared_stories" in facts:
        n = facts["n_shared_stories"]
        yield f"{n:,} {'story is' if n == 1 else 'stories are'} told by at least two outlets."
    if "tier" in facts:
        yield f"{plain(facts['tier']).rstrip('.')}."


def _counts(facts: Summary) -> Iterator[tuple[str, int]]:
    """Say what is counted, and how many there are; hand corrections stand below the stories."""
    for key, meaning in _COUNTS.items():
        if key in facts:
            yield meaning, facts[key]  # type: ignore[literal-required]
        if key == "n_shared_stories":
            fixes = facts.get("corrections", {})
            yield from ((what, fixes[link]) for link, what in _CORRECTED.items() if fixes.get(link))
        if key == "n_reprints":
            kinds = facts.get("reprints", {})
            yield from ((what, kinds[kind]) for kind, what in _REPRINTS.items() if kinds.get(kind))


def _tiers(estimates: pd.DataFrame) -> list[tuple[str, int]]:
    n = estimates["tier"].value_counts().to_dict() if len(estimates) else {}
    order = [*TIERS, *sorted(set(map(str, n)) - set(TIERS))]
    return [(t, n[t]) for t in order if t in n]


def _flags(facts: Summary, articles: pd.DataFrame) -> list[tuple[str, str, int]]:
    """Count the reservations: those of the summary, else those the articles carry."""
    counted = dict(facts.get("flags", {}))
    if "flags" not in facts and "flags" in articles.columns:
        codes = [code for f in articles["flags"] for code in f.split()]
        counted = {code: codes.count(code) for code in sorted(set(codes))}
    return [(plain(c), schema.FLAGS.get(c, "no meaning is given"), int(n)) for c, n in counted.items() if n]


def _blocks(markdown: str) -> list[tuple[str, list[str]]]:
    """Split the methods text into headings, lists and paragraphs; all of it stays text."""
    out: list[tuple[str, list[str]]] = []
    for block in markdown.split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip()]
        if not lines:
            continue
        if lines[0].startswith("#"):
            out.append(("heading", [lines[0].lstrip("# ")]))
        elif all(line.startswith("- ") for line in lines):
            out.append(("list", [line[2:] for line in lines]))
        else:
            out.append(("paragraph", [" ".join(lines)]))
    return out
