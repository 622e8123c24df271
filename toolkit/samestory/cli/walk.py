"""The whole walk: compare and demo."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samestory.cli.options import column_option, excel_option, overwrite_option, walk_options

if TYPE_CHECKING:
    from samestory.study import Study


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="New folder for the results."
)
@overwrite_option
@walk_options
@excel_option
@column_option
def compare(corpus: Path, out: Path, overwrite: bool, excel_safe: bool, **options: Any) -> None:
    """Compare the outlets of CORPUS.

    Writes tables, figures and a report into a new folder DIR:

    \b
    DIR/report.html     every story side by side, every claim with its stories
    DIR/tables/         all tables as .csv; columns.csv explains each column
    DIR/figures/        .pdf .svg .png, the numbers as .csv, the provenance as .json
    DIR/methods.md      a methods paragraph for the paper; its works in references.bib
    DIR/manifest.json   inputs and outputs by checksum, options, versions, seed
    """  # noqa: D301 - the command line reads \b as "keep these lines as they are"
    _run(corpus, out, overwrite=overwrite, excel_safe=excel_safe, **options)


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("results/demo"),
    show_default=True,
    help="Folder for the results.",
)
@overwrite_option
def demo(out: Path, overwrite: bool) -> None:
    """Compare the three invented outlets of the demo corpus."""
    from samestory.study import demo_corpus

    _run(demo_corpus(), out, overwrite=overwrite)


def _run(
    corpus: Path,
    out: Path,
    *,
    overwrite: bool,
    codebook: Path | None = None,
    licence: str | None = None,
    actors: Path | None = None,
    excel_safe: bool = False,
    **options: Any,
) -> None:
    from samestory.readers.actors import read_actors
    from samestory.readers.codebook import read_codebook
    from samestory.study import STEPS
    from samestory.study import compare as compare_outlets
    from samestory.study.result import refuse_existing

    refuse_existing(out, overwrite=overwrite)
    options["codebook"] = read_codebook(codebook, licence=licence) if codebook else None
    options["actors"] = read_actors(actors) if actors else None
    with _progress([*STEPS, "draw and write"]) as tell:
        study = compare_outlets(corpus, progress=tell, **options)
        tell("draw and write")
        study.save(out, overwrite=overwrite, excel_safe=excel_safe)
    _tell(study, out)


@contextmanager
def _progress(steps: list[str]) -> Iterator[Callable[[str], None]]:
    """Show the step at hand on a terminal; in a pipe, nothing."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    look = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*look, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("begin", total=len(steps))
        yield lambda step: bar.update(task, description=step, completed=steps.index(step))


def _tell(study: Study, out: Path) -> None:
    from samestory.terminal import print_summary

    print_summary(study.summary, study.tables, out)
