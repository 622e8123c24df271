"""The command line: the whole walk, or one step of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from samestory.errors import OptionError, SamestoryError

if TYPE_CHECKING:
    import pandas as pd

    from samestory.study import Study

__all__ = ["main"]

_EPILOG = """
\b
A first look:
  samestory demo                                  the whole walk on the demo corpus
  samestory compare my_corpus --out results       the same on your own articles
  samestory compare news.csv --out results --column title=headline

\b
A corpus is a folder with one sub-folder per outlet and one .txt file per article,
or a .csv, .jsonl or .parquet with the columns outlet and text.
Exit status: 0 done, 2 a mistake in the input or the options, 1 anything else.
"""


class _UserError(click.ClickException):
    exit_code = 2


class _Commands(click.Group):
    """Keeps the commands in the order of the data walk, and turns errors into messages."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SamestoryError as error:
            raise _UserError(str(error)) from error
        except OSError as error:
            raise click.ClickException(
                f"{error.filename or ''}: {error.strerror or error}".strip(": ")
            ) from error


@click.group(cls=_Commands, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="samestory")
def main() -> None:
    """Compare how outlets of different editorial stance tell the same story.

    samestory aligns the articles that cover the same event and compares the outlets on tone, attributed
    quotes and topic emphasis. Each claim says on how many shared stories it rests.
    """


def _columns(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, str]:
    pairs = [v.partition("=") for v in value]
    bad = [v for v, (ours, sign, theirs) in zip(value, pairs, strict=True) if not (ours and sign and theirs)]
    if bad:
        raise click.BadParameter(f"'{bad[0]}' should be OUR_NAME=NAME_IN_FILE, such as title=headline")
    return {ours: theirs for ours, _, theirs in pairs}


_column = click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_columns,
    metavar="OURS=THEIRS",
    help="Name of a column in a table file, such as title=headline. Repeat as needed.",
)
_overwrite = click.option("--overwrite", is_flag=True, help="Replace an earlier result.")


def _walk_options(command: Callable[..., Any]) -> Callable[..., Any]:
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
        click.option("--codebook", type=click.Path(path_type=Path), help="Topics: .csv, .toml, .yaml, .dic."),
        click.option(
            "--stories",
            type=click.Choice(["align", "given"]),
            default="align",
            show_default=True,
            help="Align the articles, or take the column story_id as it is.",
        ),
        click.option("--clean/--no-clean", default=True, help="Take page furniture out (default: yes)."),
    ):
        command = option(command)
    return command


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="DIR", help="New folder for the results."
)
@_overwrite
@_walk_options
@_column
def compare(corpus: Path, out: Path, overwrite: bool, codebook: Path | None, **options: Any) -> None:
    """Compare the outlets of CORPUS.

    Writes tables, figures and a report into a new folder DIR:

    \b
    DIR/report.html     every story side by side, every claim with its stories
    DIR/tables/*.csv    all tables; columns.csv explains each column
    DIR/figures/        .pdf .svg .png, the numbers as .csv, the provenance as .json
    DIR/methods.md      a methods paragraph for the paper
    DIR/manifest.json   inputs and outputs by checksum, options, versions, seed
    """  # noqa: D301 - the command line reads \b as "keep these lines as they are"
    _run(corpus, out, overwrite=overwrite, codebook=codebook, **options)


@main.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("results/demo"),
    show_default=True,
    help="Folder for the results.",
)
@_overwrite
def demo(out: Path, overwrite: bool) -> None:
    """Compare the three invented outlets of the demo corpus."""
    from samestory.study import demo_corpus

    _run(demo_corpus(), out, overwrite=overwrite, codebook=None)


def _run(corpus: Path, out: Path, *, overwrite: bool, codebook: Path | None, **options: Any) -> None:
    from samestory.readers.codebook import read_codebook
    from samestory.study import STEPS
    from samestory.study import compare as compare_outlets
    from samestory.study.result import refuse_existing

    refuse_existing(out, overwrite=overwrite)
    topics = read_codebook(codebook) if codebook else None
    with _progress([*STEPS, "draw and write"]) as tell:
        study = compare_outlets(corpus, codebook=topics, progress=tell, **options)
        tell("draw and write")
        study.save(out, overwrite=overwrite)
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


# One command per step: articles in, one table out.


def _step_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        _column,
        _overwrite,
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


def _step(
    corpus: Path,
    out: Path,
    overwrite: bool,
    columns: dict[str, str],
    function: Callable[[pd.DataFrame], pd.DataFrame],
) -> None:
    from samestory.export import save_table
    from samestory.readers import read_corpus

    if out.exists() and not overwrite:
        raise OptionError(f"{out} already exists", hint="choose another name, or add --overwrite")
    table = function(read_corpus(corpus, columns=columns or None))
    save_table(table, out)
    click.echo(f"{len(table):,} rows in {out}")


@main.command()
@_step_options
def clean(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str]) -> None:
    """Take page furniture out of CORPUS.

    Writes the articles table.
    """
    from samestory.cleaning import clean_articles

    _step(corpus, out, overwrite, columns, clean_articles)


@main.command()
@_step_options
def align(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str]) -> None:
    """Align the articles of CORPUS to stories.

    Writes the articles table with story_id, storyline_id and reprint_of. Run it on a cleaned table where the
    articles are pasted pages. A corrections.csv in a corpus folder is kept to.
    """
    from samestory.readers.corrections import read_corrections
    from samestory.stories import align_stories, align_storylines, mark_reprints

    fixes = read_corrections(corpus) if corpus.is_dir() else None
    steps = lambda a: mark_reprints(align_storylines(align_stories(a, corrections=fixes)))  # noqa: E731
    _step(corpus, out, overwrite, columns, steps)


@main.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--review", type=click.Path(path_type=Path), required=True, help="Sheet to write: .csv.")
@click.option(
    "--most", type=click.IntRange(min=1), default=100, show_default=True, help="Links in the sheet."
)
@click.option("--clean/--no-clean", default=True, help="Take page furniture out first (default: yes).")
@_overwrite
@_column
def stories(
    corpus: Path, review: Path, most: int, clean: bool, overwrite: bool, columns: dict[str, str]
) -> None:
    """Write the least certain links between articles of CORPUS as a sheet to decide by hand.

    Write must or cannot into the column link where you have decided, and save the sheet as corrections.csv
    in the corpus folder: align and compare then keep to it.
    """
    from samestory.cleaning import clean_articles
    from samestory.readers.corrections import read_corrections
    from samestory.stories import align_stories, review_sheet

    fixes = read_corrections(corpus) if corpus.is_dir() else None

    def sheet(articles: pd.DataFrame) -> pd.DataFrame:
        aligned = align_stories(clean_articles(articles) if clean else articles, corrections=fixes)
        return review_sheet(aligned, most=most)

    _step(corpus, review, overwrite, columns, sheet)


@main.command()
@_step_options
def quotes(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str]) -> None:
    """Find who is quoted in CORPUS.

    Writes the quotes table: one row per attribution.
    """
    from samestory.measures.quotes import find_quotes, link_speakers

    _step(corpus, out, overwrite, columns, lambda a: link_speakers(find_quotes(a)))


@main.command()
@_step_options
def sentiment(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str]) -> None:
    """Score the sentiment of each sentence of CORPUS.

    Writes the scores table, with the voice of each sentence: own, quoted or mixed.
    """
    from samestory.measures.quotes import find_quotes, label_voice
    from samestory.measures.sentiment import score_sentiment
    from samestory.text import split_sentences

    _step(
        corpus,
        out,
        overwrite,
        columns,
        lambda a: score_sentiment(label_voice(split_sentences(a), find_quotes(a))),
    )


@main.command()
@_step_options
@click.option("--codebook", type=click.Path(path_type=Path), help="Topics: .csv, .toml, .yaml, .dic.")
def topics(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str], codebook: Path | None) -> None:
    """Measure the topics of each article of CORPUS.

    Writes the topic shares: one row per article and topic.
    """
    from samestory.measures.topics import topic_share
    from samestory.readers.codebook import read_codebook
    from samestory.text import split_sentences

    book = read_codebook(codebook)
    _step(corpus, out, overwrite, columns, lambda a: topic_share(split_sentences(a), book))
