"""Write the report: one HTML file that needs no network; many articles get pages beside it."""

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
from samestory.report import evidence
from samestory.report.claims import TIERS, claims
from samestory.report.facets import facets_of
from samestory.report.places import places_of
from samestory.report.reading import Reader
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
    most_articles: int = 2000,
) -> Path:
    """Write the whole run as one page that leads from every number to its sentences.

    Parameters
    ----------
    path : str or Path
        The ``.html`` file to write, or a folder, which gets a ``report.html``.
    tables : mapping of str to DataFrame
        ``articles`` is needed; ``sentences`` (or ``scores``), ``quotes``, ``estimates``, ``pairs``,
        ``topic_shares``, ``terms``, ``term_lines`` and ``lines`` are shown where present. All offsets
        refer to ``articles.text``. Where ``quotes`` are those of the articles shown, ``heard`` holds the
        columns :data:`~samestory.report.HEARD` of all.
    figures : mapping of str to str
        SVG text by name, shown in this order.
    summary : mapping
        The facts of the run: the keys of :class:`~samestory.report.Summary`.
    title : str
        Heading of the page.
    most_articles : int, default 2000
        Articles to show; the stories told by most outlets come first, and the page says what is left out.

    Returns
    -------
    Path
        The file written. Up to 500 articles stand in it; more stand in pages of about 150 articles in the
        folder ``report_stories`` beside it.

    Raises
    ------
    TableError
        A table or a figure is not what it should be.
    OutputError
        The file cannot be written.

    Notes
    -----
    All text of the corpus is escaped, links lead to http and https only, and the page's own policy forbids
    frames, every request and every script but the one that comes with the toolkit, named by its hash, so
    nothing in an article can act in the page. Without scripts the page still reads; only choosing and
    searching are gone.

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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for name, page in _made(
            tables, figures, as_summary(summary), title, report=target.name, most_articles=most_articles
        ):
            file = target.parent / name if name else target
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(page.encode("utf-8", "replace"))
    except OSError as problem:
        raise OutputError(
            f"cannot write the report ({problem.strerror or problem})",
            hint="choose another place",
            path=target,
        ) from problem
    return target


def _made(
    tables: Mapping[str, pd.DataFrame],
    figures: Mapping[str, str],
    facts: Summary,
    title: str,
    *,
    report: str,
    most_articles: int,
) -> Iterator[tuple[str, str]]:
    """Give each page: its name as seen from the report (empty for the report itself) and its source."""
    articles = _table(tables, "articles", schema.ARTICLES, needed=True)
    sentences = _table(tables, "scores" if "scores" in tables else "sentences", schema.SENTENCES)
    quotes = _table(tables, "quotes", schema.QUOTES)
    heard = tables.get("heard", quotes)
    lines = _table(tables, "lines", schema.LINES)
    places = places_of(articles, sentences, most_articles=most_articles)
    facets = facets_of(articles, heard, _table(tables, "topic_shares", schema.TOPIC_SHARES))
    reader = Reader(articles, sentences, quotes, lines, places, facets)
    environment = _environment()
    shared = {
        **_resources(),
        "facets": facets,
        "removed": bool((~lines["kept"].astype(bool)).any()),
        "n_pages": len(places.pages),
        "report": report,
    }
    overview = {
        **_overview(tables, facts, articles, sentences, heard, reader),
        "title": plain(title),
        "figures": _drawings(figures),
        "index": list(reader.index()),
        "paged": places.paged,
        "left_out": places.left_out,
        "stories": [] if places.paged else reader.stories(0),
    }
    yield "", environment.get_template("report.html.j2").render(**shared, **overview)
    if places.paged:
        for page in range(len(places.pages)):
            template = environment.get_template("stories.html.j2")
            here = template.render(
                **shared, title=plain(title), number=page + 1, stories=reader.stories(page)
            )
            yield places.page_name(page), here


def _overview(
    tables: Mapping[str, pd.DataFrame],
    facts: Summary,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    heard: pd.DataFrame,
    reader: Reader,
) -> dict[str, Any]:
    """All that the first page says above the stories."""
    estimates = _table(tables, "estimates", schema.ESTIMATES)
    titles = {s["id"]: s["title"] for s in reader.index() if s["id"]}
    made = claims(estimates, _table(tables, "pairs", schema.PAIRS), reader.places, titles)
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
        "terms": evidence.terms(_table(tables, "terms", schema.TERMS), lines, reader.places),
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


def _table(
    given: Mapping[str, pd.DataFrame], name: str, table: schema.Table, *, needed: bool = False
) -> pd.DataFrame:
    frame = given.get(name)
    if frame is None and not needed:
        return pd.DataFrame(columns=list(table.columns))
    if frame is not None and frame.empty and len(frame.columns) == 0:
        return pd.DataFrame(columns=list(table.columns))
    return schema.check(frame, table)  # type: ignore[arg-type]


_TEMPLATES = ("page.html.j2", "parts.html.j2", "report.html.j2", "stories.html.j2")


def _environment() -> Environment:
    return Environment(
        loader=DictLoader({name: _resource(name) for name in _TEMPLATES}),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _resource(name: str) -> str:
    return files("samestory.report").joinpath("templates", name).read_text(encoding="utf-8")


def _resources() -> dict[str, Any]:
    """Read the style and the script; the page's policy lets these two through and nothing else."""
    css, js = _resource("report.css"), _resource("report.js")
    return {"css": Markup(css), "css_hash": _digest(css), "js": Markup(js), "js_hash": _digest(js)}


def _digest(source: str) -> str:
    return base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest()).decode("ascii")


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
            "svg": Markup(drawing(svg, name=prefix[name], label=plain(name).replace("_", " "))),
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
