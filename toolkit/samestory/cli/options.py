"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samestory.errors import OptionError

if TYPE_CHECKING:
    import pandas as pd


def parse_columns(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    """Read the pairs OURS=THEIRS of --column."""
    pairs = [v.partition("=") for v in value]
    bad = [v for v, (ours, sign, theirs) in zip(value, pairs, strict=True) if not (ours and sign and theirs)]
    if bad:
        raise click.BadParameter(f"'{bad[0]}' should be OUR_NAME=NAME_IN_FILE, such as title=headline")
    return {ours: theirs for ours, _, theirs in pairs}


column_option = click.option(
    "--column",
    "columns",
    multiple=True,
    callback=parse_columns,
    metavar="OURS=THEIRS",
    help="Name of a column in a table file, such as title=headline. Repeat as needed.",
)
_DATE_ORDER: dict[str, Any] = {
    "type": click.Choice(["dmy", "mdy"]),
    "help": "Read 03/04/2024 as 3 April (dmy) or March 4 (mdy); by default as corpus.toml says.",
}
date_order_option = click.option("--date-order", **_DATE_ORDER)
without_option = click.option(
    "--without",
    multiple=True,
    metavar="STEP",
    help="Cleaning step to leave out, such as caption; a wrong name lists them. Repeat as needed.",
)
excel_option = click.option(
    "--excel-safe",
    is_flag=True,
    help="Put an apostrophe before texts that a spreadsheet would run as formulas.",
)
_SHOWN = 5  # terms of several topics that are named
overwrite_option = click.option("--overwrite", is_flag=True, help="Replace an earlier result.")


def codebook_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Take the codebook, and its licence where the file has no place for one."""
    for option in (
        click.option(
            "--licence",
            metavar="TEXT",
            help="Licence of a codebook whose file names none, such as a .dic; 'own work' for your own.",
        ),
        click.option("--codebook", type=click.Path(path_type=Path), help="Topics: .csv, .toml, .yaml, .dic."),
    ):
        command = option(command)
    return command


def open_codebook(path: Path | None, licence: str | None) -> pd.DataFrame:
    """Read the codebook, and tell of terms that count for several topics."""
    from samestory.measures.topics import shared_terms
    from samestory.readers.codebook import read_codebook

    book = read_codebook(path, licence=licence)
    shared = shared_terms(book)
    if len(shared):
        some = "; ".join(f"{r.term} ({r.topics})" for r in shared.head(_SHOWN).itertuples())
        more = f"; and {len(shared) - _SHOWN} more" if len(shared) > _SHOWN else ""
        click.echo(f"Terms that count for several topics: {len(shared)}: {some}{more}", err=True)
    return book


def walk_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of the whole walk."""
    for option in (
        click.option("--seed", type=int, default=2026, show_default=True, help="Seed of random steps."),
        click.option(
            "--adjust",
            type=click.Choice(["holm", "fdr_bh"]),
            default="holm",
            show_default=True,
            help="Adjustment of p over all tests of the study.",
        ),
        click.option(
            "--level",
            type=click.FloatRange(0, 1, min_open=True, max_open=True),
            default=0.95,
            show_default=True,
            help="Coverage of the intervals.",
        ),
        click.option("--reference", metavar="OUTLET", help="Compare every other outlet with this one only."),
        click.option(
            "--topic-model", is_flag=True, help="Fit a topic model as well (100 articles and more, minutes)."
        ),
        click.option(
            "--actors",
            type=click.Path(path_type=Path),
            help="Actors whose naming is compared: .csv with the columns actor, term.",
        ),
        codebook_options,
        click.option(
            "--stories",
            type=click.Choice(["align", "given"]),
            default="align",
            show_default=True,
            help="Align the articles, or take the column story_id as it is.",
        ),
        without_option,
        click.option("--clean/--no-clean", default=True, help="Take page furniture out (default: yes)."),
        date_order_option,
    ):
        command = option(command)
    return command


def parse_shard(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Read I/N of --shard."""
    if value is None:
        return None
    one, sign, all_ = value.partition("/")
    if not (sign and one.isdecimal() and all_.isdecimal() and 1 <= int(one) <= int(all_)):
        raise click.BadParameter(f"'{value}' should be I/N with I from 1 to N, such as 1/4")
    return int(one), int(all_)


def work_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options that say who does the work, and where it is kept."""
    for option in (
        click.option(
            "--work-dir",
            type=click.Path(path_type=Path, file_okay=False),
            help="Keep the result of every batch here, to go on after an interruption.",
        ),
        click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler, such as tcp://node1:8786."),
        click.option("--workers", type=click.IntRange(min=1), help="Processes (default: one per core)."),
        click.option(
            "--executor",
            type=click.Choice(["serial", "processes", "dask"]),
            default="serial",
            show_default=True,
            help="Who does the work: one process, several, or a Dask cluster. The result is the same.",
        ),
    ):
        command = option(command)
    return command


def _remember(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
    ctx.meta["date_order"] = value


# Told to write_step through the context, so that the commands need not hand it on.
_remembered_date_order = click.option("--date-order", callback=_remember, expose_value=False, **_DATE_ORDER)


def step_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Options of a command that writes one table."""
    for option in (
        column_option,
        _remembered_date_order,
        excel_option,
        overwrite_option,
        click.option(
            "--out",
            type=click.Path(path_type=Path, dir_okay=False),
            required=True,
            help="Table to write: .csv, .jsonl or .parquet.",
        ),
        click.argument("corpus", type=click.Path(path_type=Path)),
    ):
        command = option(command)
    return command


def write_step(
    corpus: Path,
    out: Path,
    overwrite: bool,
    columns: dict[str, str],
    function: Callable[[pd.DataFrame], pd.DataFrame],
    *,
    excel_safe: bool = False,
) -> None:
    """Read the corpus, make the table, write it and say how many rows there are."""
    from samestory.export import save_table
    from samestory.readers import read_corpus

    if out.exists() and not overwrite:
        raise OptionError(f"{out} already exists", hint="choose another name, or add --overwrite")
    order = click.get_current_context().meta.get("date_order")
    table = function(read_corpus(corpus, columns=columns or None, date_order=order))
    save_table(table, out, excel_safe=excel_safe)
    click.echo(f"{len(table):,} rows in {out}")
