"""Write the report: one HTML file that needs no network, no script and no other file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from samestory import tables as schema
from samestory.errors import OutputError
from samestory.report.claims import TIERS, claims
from samestory.report.reading import anchors_of, stories
from samestory.report.safe import anchors, plain
from samestory.report.summary import Summary, as_summary
from samestory.report.svg import drawing

__all__ = ["write_report"]

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


def write_report(
    path: str | Path,
    *,
    tables: Mapping[str, pd.DataFrame],
    figures: Mapping[str, str],
    summary: Mapping[str, object],
    title: str,
) -> Path:
    """Write the whole run as one page that leads from every number to its sentences.

    Parameters
    ----------
    path : str or Path
        The ``.html`` file to write, or a folder, which gets a ``report.html``.
    tables : mapping of str to DataFrame
        ``articles`` is needed; ``sentences`` (or ``scores``), ``quotes``, ``estimates`` and ``pairs`` are
        shown where present. All offsets refer to ``articles.text``.
    figures : mapping of str to str
        SVG text by name, shown in this order.
    summary : mapping
        The facts of the run: the keys of :class:`~samestory.report.Summary`.
    title : str
        Heading of the page.

    Returns
    -------
    Path
        The file written. At most 400 articles are shown in full; the page says what it leaves out.

    Raises
    ------
    TableError
        A table or a figure is not what it should be.
    OutputError
        The file cannot be written.

    Notes
    -----
    All text of the corpus is escaped, links lead to http and https only, and the page's own policy forbids
    scripts, frames and every request, so nothing in an article can act in the page.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Herald"], "text": ["Rain fell."]})
    >>> with TemporaryDirectory() as folder:
    ...     write_report(folder, tables={"articles": articles}, figures={}, summary={}, title="Rain").name
    'report.html'
    """
    target = Path(path)
    target = target if target.suffix in {".html", ".htm"} else target / "report.html"
    page = _render(tables, figures, as_summary(summary), title)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(page.encode("utf-8", "replace"))
    except OSError as problem:
        raise OutputError(
            f"cannot write the report ({problem.strerror or problem})",
            hint="choose another place",
            path=target,
        ) from problem
    return target


def _render(
    tables: Mapping[str, pd.DataFrame], figures: Mapping[str, str], facts: Summary, title: str
) -> str:
    articles = _table(tables, "articles", schema.ARTICLES, needed=True)
    sentences = _table(tables, "scores" if "scores" in tables else "sentences", schema.SENTENCES)
    quotes = _table(tables, "quotes", schema.QUOTES)
    estimates = _table(tables, "estimates", schema.ESTIMATES)
    pairs = _table(tables, "pairs", schema.PAIRS)
    told = stories(articles, sentences, quotes)
    titles = {s["id"]: s["title"] for s in told if s["id"]}
    made = claims(estimates, pairs, anchors_of(articles).stories, titles)
    css = _resource("report.css")
    page = _environment().get_template("report.html.j2")
    return page.render(
        title=plain(title),
        css=Markup(css),
        css_hash=base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii"),
        lead=list(_lead(facts)),
        counts=list(_counts(facts)),
        flags=_flags(facts, articles),
        outlets=[{k: plain(v) for k, v in o.items()} for o in facts.get("outlets", [])],
        claims=made,
        spoken=made[:_MOST_SPOKEN],
        more_claims=len(estimates) - len(made),
        by_tier=[(plain(t), TIERS.get(t, ""), int(n)) for t, n in _tiers(estimates)],
        figures=_drawings(figures),
        stories=told,
        methods=_blocks(plain(facts.get("methods"))),
    )


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


def _table(
    given: Mapping[str, pd.DataFrame], name: str, table: schema.Table, *, needed: bool = False
) -> pd.DataFrame:
    frame = given.get(name)
    if frame is None and not needed:
        return pd.DataFrame(columns=list(table.columns))
    if frame is not None and frame.empty and len(frame.columns) == 0:
        return pd.DataFrame(columns=list(table.columns))
    return schema.check(frame, table)  # type: ignore[arg-type]


def _environment() -> Environment:
    return Environment(
        loader=DictLoader({"report.html.j2": _resource("report.html.j2")}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _resource(name: str) -> str:
    return files("samestory.report").joinpath(name).read_text(encoding="utf-8")


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


def _drawings(figures: Mapping[str, str]) -> list[dict[str, Any]]:
    prefix = anchors(figures, "figure-")
    return [
        {
            "name": plain(name).replace("_", " "),
            "anchor": prefix[name],
            "svg": Markup(drawing(svg, name=prefix[name])),
        }
        for name, svg in figures.items()
    ]


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
