"""The quality of a corpus, before it is measured."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from samestory.cli.options import column_option, date_order_option, overwrite_option
from samestory.errors import OptionError

if TYPE_CHECKING:
    from samestory.report.quality import QualitySection

_MOST_ROWS = 40  # of one table on a terminal


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the report as a page, too.",
)
@overwrite_option
@column_option
@date_order_option
def check(
    corpus: Path, html: Path | None, overwrite: bool, columns: dict[str, str], date_order: str | None
) -> None:
    """Report the quality of CORPUS: what it holds, what is missing, what was guessed.

    Articles per outlet and month, dates and where they come from, lengths, languages, encodings, duplicates,
    page furniture and typography per outlet, and the sources of the stances.
    """
    from samestory.cleaning import clean_with_lines, read_furniture
    from samestory.language import mark_language
    from samestory.quality import corpus_quality
    from samestory.readers import read_corpus, read_corpus_info
    from samestory.report.quality import quality_sections, write_quality

    if html is not None and html.exists() and not overwrite:
        raise OptionError(f"{html} already exists", hint="choose another name, or add --overwrite")
    info = read_corpus_info(corpus) if corpus.is_dir() else {}
    own = corpus / "furniture.toml"
    articles, lines = clean_with_lines(
        read_corpus(corpus, columns=columns or None, date_order=date_order),  # type: ignore[arg-type]
        furniture=read_furniture(own) if own.is_file() else None,
    )
    quality = corpus_quality(mark_language(articles), lines, outlets=info.get("outlets"))
    name = str(info.get("name") or corpus.resolve().name)
    _print(name, quality_sections(quality))
    if html is not None:
        write_quality(html, quality, title=f"{name}: quality of the corpus")
        click.echo(f"\nThe same as a page: {html}")


def _print(name: str, sections: list[QualitySection]) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    say = Console(highlight=False)
    say.print(Text(f"\n{name}", style="bold"))
    for section in sections:
        say.print(Text(f"\n{section.heading}", style="bold"))
        say.print(Padding(Text(section.note, style="dim"), (0, 0, 0, 2)))
        if not section.rows:
            say.print("  none")
            continue
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
        for column in section.columns:
            side: Literal["left", "right"] = "right" if column.number else "left"
            table.add_column(Text(column.name), justify=side, no_wrap=column.number, overflow="fold")
        for row in section.rows[:_MOST_ROWS]:
            table.add_row(*(Text(cell) for cell in row))
        say.print(Padding(table, (0, 0, 0, 2)))
        more = section.more + max(0, len(section.rows) - _MOST_ROWS)
        if more:
            say.print(Text(f"  {more:,} more rows", style="dim"))
