"""The whole walk: compare and demo."""

from __future__ import annotations

import shlex
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from samestory.cli.options import (
    column_option,
    excel_option,
    open_codebook,
    overwrite_option,
    parse_shard,
    walk_options,
    work_options,
)

if TYPE_CHECKING:
    from samestory.study import Study


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="New folder for the results (needed)."
)
@overwrite_option
@work_options
@click.option(
    "--shard",
    callback=parse_shard,
    metavar="I/N",
    help="Do the I-th of N parts of the work into --work-dir, for samestory merge.",
)
@walk_options
@excel_option
@column_option
def compare(
    corpus: Path,
    out: Path | None,
    overwrite: bool,
    excel_safe: bool,
    shard: tuple[int, int] | None,
    **options: Any,
) -> None:
    """Compare the outlets of CORPUS.

    Writes tables, figures and a report into a new folder DIR:

    \b
    DIR/report.html     every story side by side, every claim with its stories
    DIR/tables/         all tables as .csv (large ones as .parquet); columns.csv explains each column
    DIR/figures/        .pdf .svg .png, the numbers as .csv, the provenance as .json
    DIR/methods.md      a methods paragraph for the paper; its works in references.bib
    DIR/manifest.json   inputs and outputs by checksum, options, versions, seed
    """  # noqa: D301 - the command line reads \b as "keep these lines as they are"
    if shard is not None:
        _prepare(corpus, shard, out, **options)
    elif out is None:
        raise click.UsageError("Missing option '--out': a new folder for the results.")
    else:
        _run(corpus, out, overwrite=overwrite, excel_safe=excel_safe, **options)


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="New folder for the results."
)
@overwrite_option
@click.option(
    "--work-dir",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The --work-dir of the shards.",
)
@walk_options
@excel_option
@column_option
def merge(corpus: Path, out: Path, overwrite: bool, excel_safe: bool, **options: Any) -> None:
    """Make the results of CORPUS out of what all shards left.

    Run samestory compare CORPUS --shard I/N --work-dir DIR for each I first, with the same options.
    """
    _run(corpus, out, overwrite=overwrite, excel_safe=excel_safe, merge=True, **options)


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
    from samestory.study import STEPS
    from samestory.study import compare as compare_outlets
    from samestory.study.batches.durable import only_one
    from samestory.study.result import refuse_existing

    refuse_existing(out, overwrite=overwrite)
    options["codebook"] = open_codebook(codebook, licence) if codebook else None
    options["actors"] = read_actors(actors) if actors else None
    lock = out.parent / f".{out.name.casefold()}.lock"
    with (
        _stoppable(options.get("work_dir")),
        only_one(lock, what=str(out), remove=True),
        progress_bar([*STEPS, "draw and write"]) as tell,
    ):
        study = compare_outlets(corpus, progress=tell, **options)
        tell("draw and write")
        study.save(out, overwrite=overwrite, excel_safe=excel_safe)
    _tell(study, out)


def _prepare(
    corpus: Path,
    shard: tuple[int, int],
    out: Path | None,
    *,
    codebook: Path | None = None,
    licence: str | None = None,
    **options: Any,
) -> None:
    from samestory.readers.codebook import read_codebook
    from samestory.study import STEPS, prepare_shard

    work_dir = options.pop("work_dir")
    if work_dir is None or out is not None:
        raise click.UsageError("A shard needs --work-dir and writes no results: leave out --out.")
    topics = read_codebook(codebook, licence=licence) if codebook else None
    names = ("columns", "date_order", "clean", "without", "executor", "workers", "scheduler")
    given = {k: options[k] for k in names}
    with _stoppable(work_dir), progress_bar(list(STEPS)) as tell:
        prepare_shard(corpus, shard, work_dir=work_dir, codebook=topics, progress=tell, **given)
    click.echo(f"shard {shard[0]} of {shard[1]} is done; when all are: samestory merge --work-dir {work_dir}")


@contextmanager
def _stoppable(work_dir: Path | None) -> Iterator[None]:
    """End on Ctrl-C or SIGTERM with what to type next; what was begun is finished or left out whole."""
    came: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        came.append(number)
        raise KeyboardInterrupt

    old = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        again = shlex.join(["samestory", *sys.argv[1:]])
        kept = (
            f"Finished batches are kept in {work_dir}. To go on: {again}"
            if work_dir
            else f"Nothing was kept. To be able to go on next time: {again} --work-dir DIR"
        )
        click.echo(f"Stopped. {kept}", err=True)
        sys.exit(128 + (came[0] if came else signal.SIGINT))
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)


@contextmanager
def progress_bar(steps: list[str]) -> Iterator[Callable[[str], None]]:
    """Show the step at hand on a terminal; in a pipe, nothing."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from samestory.terminal import ProgressBar

    with ProgressBar(steps) as bar:
        yield bar


def _tell(study: Study, out: Path) -> None:
    from samestory.terminal import print_summary

    print_summary(study.summary, study.tables, out)
