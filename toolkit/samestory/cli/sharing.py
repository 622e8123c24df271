"""A corpus shared without its texts, and rebuilt."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from samestory.cli.options import column_option, date_order_option, overwrite_option
from samestory.errors import OptionError

_MEANINGS = {
    "exact": "every character as it was measured",
    "near": "the same text, other characters; offsets of the package do not hold",
    "unverified": "found at its address; the corpus had no text to verify it by",
    "changed": "what stands there now is another text",
    "missing": "no text was found",
}


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Package to write: a folder.",
)
@click.option(
    "--results",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Results of samestory compare on CORPUS; their tables go along, without text.",
)
@click.option("--titles", is_flag=True, help="Keep the headlines. They are text of the outlets.")
@overwrite_option
@column_option
@date_order_option
def dehydrate(
    corpus: Path,
    out: Path,
    results: Path | None,
    titles: bool,
    overwrite: bool,
    columns: dict[str, str],
    date_order: str | None,
) -> None:
    """Write CORPUS as a package without texts.

    To publish with a study: the package lists the articles by address, date, hash and fingerprint, and holds
    the tables of the results without their text. Whoever has the texts rebuilds the corpus with: samestory
    hydrate.
    """
    from samestory.readers import read_corpus, read_corpus_info
    from samestory.sharing import dehydrate as write_package
    from samestory.sharing import read_results

    tables = read_results(results) if results is not None else {}
    articles = read_corpus(corpus, columns=columns or None, date_order=date_order)  # type: ignore[arg-type]
    measured = tables.get("articles")
    if measured is not None and (
        strange := sorted(set(measured["article_id"]) - set(articles["article_id"]))
    ):
        raise OptionError(
            f"the results are of another corpus: it has no article '{strange[0]}'",
            hint="give the folder that samestory compare wrote for this corpus",
        )
    info = read_corpus_info(corpus) if corpus.is_dir() else {}
    write_package(articles, out, tables=tables, info=info, titles=titles, overwrite=overwrite)
    n_bare = int((articles["text"].str.strip() == "").sum())
    n_lost = int((articles["url"].isna()).sum())
    click.echo(f"{len(articles):,} articles in {out}, none of their text")
    if n_bare:
        click.echo(f"{n_bare:,} have no text in the corpus either")
    if n_lost:
        click.echo(f"{n_lost:,} have no address: only who holds their text can find them")
    if results is None:
        click.echo("No table of results goes along; --results FOLDER adds them")


@click.command()
@click.argument("package", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Corpus to write: a folder.",
)
@click.option(
    "--from",
    "held",
    type=click.Path(path_type=Path),
    metavar="CORPUS",
    help="Texts that you hold, in any form that samestory reads.",
)
@click.option("--fetch", is_flag=True, help="Ask the outlets for the pages of what you do not hold.")
@click.option(
    "--archive", is_flag=True, help="Ask the Internet Archive for what is still missing or changed."
)
@click.option("--contact", metavar="ADDRESS", help="Mail or web address of yours; each request names it.")
@click.option(
    "--delay",
    type=click.FloatRange(min=1),
    default=5.0,
    show_default=True,
    help="Seconds between two requests to one host, at least.",
)
@click.option(
    "--most-seconds",
    type=click.FloatRange(min=1, max=600),
    default=30.0,
    show_default=True,
    help="Seconds that one page may take.",
)
@click.option(
    "--most-megabytes",
    type=click.FloatRange(min=0.1, max=200),
    default=10.0,
    show_default=True,
    help="Size that one page may have.",
)
@click.option("--accept-changed", is_flag=True, help="Put changed texts into the corpus, too.")
@overwrite_option
@column_option
@date_order_option
def hydrate(
    package: Path,
    out: Path,
    held: Path | None,
    fetch: bool,
    archive: bool,
    contact: str | None,
    delay: float,
    most_seconds: float,
    most_megabytes: float,
    accept_changed: bool,
    overwrite: bool,
    columns: dict[str, str],
    date_order: str | None,
) -> None:
    """Rebuild a corpus from PACKAGE, and verify it.

    The texts are those that you hold, or pages fetched from the web. Fetching keeps to robots.txt, asks one
    page at a time and pauses between two. Stopped, it goes on where it was when the same command is given
    again.
    """
    from samestory.readers import read_corpus
    from samestory.sharing.web import Limits
    from samestory.study.sharing import rebuild_corpus

    texts = None
    if held is not None and held.resolve().is_relative_to(out.resolve()):
        raise OptionError("--out would replace the texts of --from", hint="choose another folder")
    if held is not None:
        texts = read_corpus(held, columns=columns or None, date_order=date_order)  # type: ignore[arg-type]
    elif columns or date_order:
        raise OptionError("--column and --date-order are about the texts of --from", hint="leave them out")
    with _progress() as tell:
        report = rebuild_corpus(
            package,
            out,
            texts=texts,
            fetch=fetch,
            archive=archive,
            contact=contact,
            delay=delay,
            limits=Limits(seconds=most_seconds, most_bytes=int(most_megabytes * 1_000_000)),
            accept=("exact", "near", "unverified", *(["changed"] if accept_changed else [])),
            overwrite=overwrite,
            progress=tell,
        )
    counts = report["status"].value_counts()
    for status, meaning in _MEANINGS.items():
        if status != "unverified" or counts.get(status, 0):
            click.echo(f"{counts.get(status, 0):>7,}  {status:<10} {meaning}")
    click.echo(f"\n{int(report['rebuilt'].sum()):,} of {len(report):,} articles have their text in {out}")
    click.echo(f"What became of each: {out / 'hydration.csv'}")


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show the address at hand on a terminal; in a pipe, nothing."""
    if not sys.stderr.isatty():
        yield lambda address: None
        return
    from rich.console import Console
    from rich.markup import escape

    with Console(stderr=True).status("read") as status:
        # An address comes from whoever made the package: nothing in it may move the cursor.
        yield lambda address: status.update(escape("".join(c for c in address[:200] if c.isprintable())))
