"""Write the report: one HTML file that needs no network; many articles get pages beside it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from samestory import tables as schema
from samestory.errors import OutputError
from samestory.report.facets import facets_of
from samestory.report.heard import heard_in
from samestory.report.overview import overview
from samestory.report.places import places_of
from samestory.report.reading import Reader
from samestory.report.safe import anchors, plain
from samestory.report.summary import as_summary
from samestory.report.svg import drawing
from samestory.report.tables import table_of

__all__ = ["Report", "begin_report", "write_report"]

#: Gives columns of the quotes table, in pieces that hold their articles whole.
Quotes = Callable[[tuple[str, ...]], Iterable[pd.DataFrame]]


def write_report(
    path: str | Path,
    *,
    tables: Mapping[str, pd.DataFrame],
    figures: Mapping[str, str],
    summary: Mapping[str, object],
    title: str,
    most_articles: int = 2000,
    heard: Quotes | None = None,
) -> Path:
    """Write the whole run as one page that leads from every number to its sentences.

    Parameters
    ----------
    path : str or Path
        The ``.html`` file to write, or a folder, which gets a ``report.html``.
    tables : mapping of str to DataFrame
        ``articles`` is needed; ``sentences`` (or ``scores``), ``quotes``, ``estimates``, ``pairs``,
        ``topic_shares``, ``terms``, ``term_lines`` and ``lines`` are shown where present. All offsets
        refer to ``articles.text``.
    figures : mapping of str to str
        SVG text by name, shown in this order.
    summary : mapping
        The facts of the run: the keys of :class:`~samestory.report.Summary`.
    title : str
        Heading of the page.
    most_articles : int, default 2000
        Articles to show; the stories told by most outlets come first, and the page says what is left out.
    heard : callable, optional
        Where ``quotes`` are those of the articles shown: gives columns of all quotes, in pieces that hold
        their articles whole, since who is heard is counted in all articles.

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
    report = begin_report(
        path, tables=tables, summary=summary, title=title, most_articles=most_articles, heard=heard
    )
    target = report.write_first(figures)
    report.write_stories()
    return target


@dataclass(frozen=True)
class Report:
    """A report whose pages are written one by one; those of the stories do not wait for the figures.

    Attributes
    ----------
    target : Path
        The ``.html`` file.
    reader : Reader
        Arranges the stories.
    shared, first : mapping of str to object
        What the templates are told: those of all pages, and that of the first.
    """

    target: Path
    reader: Reader
    shared: Mapping[str, Any]
    first: Mapping[str, Any]

    def write_first(self, figures: Mapping[str, str]) -> Path:
        """Write the report itself, with figures as SVG text by name."""
        stories = [] if self.reader.places.paged else self.reader.stories(0)
        told = {**self.shared, **self.first, "figures": _drawings(figures), "stories": stories}
        self._write(self.target, "report.html.j2", told)
        return self.target

    def write_stories(self) -> None:
        """Write the pages of the stories, where they stand in files of their own."""
        places = self.reader.places
        for page in range(len(places.pages) if places.paged else 0):
            told = {**self.shared, "number": page + 1, "stories": self.reader.stories(page)}
            self._write(self.target.parent / places.page_name(page), "stories.html.j2", told)

    def _write(self, file: Path, template: str, told: Mapping[str, Any]) -> None:
        page = _environment().get_template(template).render(**told)
        with _told_as_output(self.target):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page.encode("utf-8", "replace"))


def begin_report(
    path: str | Path,
    *,
    tables: Mapping[str, pd.DataFrame],
    summary: Mapping[str, object],
    title: str,
    most_articles: int = 2000,
    heard: Quotes | None = None,
) -> Report:
    """Prepare a report; its parameters are those of :func:`write_report`."""
    target = Path(path)
    target = target if target.suffix in {".html", ".htm"} else target / "report.html"
    facts = as_summary(summary)
    articles = table_of(tables, "articles", schema.ARTICLES, needed=True)
    sentences = table_of(tables, "scores" if "scores" in tables else "sentences", schema.SENTENCES)
    quotes = table_of(tables, "quotes", schema.QUOTES)
    lines = table_of(tables, "lines", schema.LINES)
    found = heard_in(heard or (lambda columns: [quotes[[c for c in columns if c in quotes.columns]]]))
    places = places_of(articles, sentences, most_articles=most_articles)
    topics = table_of(tables, "topic_shares", schema.TOPIC_SHARES)
    facets = facets_of(articles, quotes, topics, None if heard is None else found.articles)
    reader = Reader(articles, sentences, quotes, lines, places, facets)
    index = list(reader.index())
    shared = {
        **_resources(),
        "facets": facets,
        "removed": bool((~lines["kept"].astype(bool)).any()),
        "n_pages": len(places.pages),
        "report": target.name,
        "title": plain(title),
    }
    first = {
        **overview(tables, facts, articles, sentences, found, reader, index),
        "index": index,
        "paged": places.paged,
        "left_out": places.left_out,
    }
    return Report(target, reader, shared, first)


@contextmanager
def _told_as_output(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as problem:
        raise OutputError(
            f"cannot write the report ({problem.strerror or problem})",
            hint="choose another place",
            path=target,
        ) from problem


_TEMPLATES = ("page.html.j2", "parts.html.j2", "report.html.j2", "stories.html.j2")


@lru_cache(maxsize=1)
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
