"""One command per step: articles in, one table out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samestory.cli.options import (
    codebook_options,
    column_option,
    open_codebook,
    overwrite_option,
    step_options,
    without_option,
    write_step,
)
from samestory.errors import OptionError

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@step_options
@without_option
@click.option(
    "--furniture",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Furniture list of your own: .toml; by default furniture.toml in the corpus folder.",
)
@click.option(
    "--lines", type=click.Path(path_type=Path, dir_okay=False), help="Table of every line to write too."
)
def clean(
    corpus: Path,
    out: Path,
    overwrite: bool,
    columns: dict[str, str],
    excel_safe: bool,
    without: tuple[str, ...],
    furniture: Path | None,
    lines: Path | None,
) -> None:
    """Take page furniture out of CORPUS.

    Writes the articles table, and with --lines what became of every line and why.
    """
    from samestory.cleaning import clean_with_lines, read_furniture
    from samestory.export import save_table

    own = furniture or corpus / "furniture.toml"
    known = read_furniture(own) if furniture or own.is_file() else None
    if lines is not None and lines.exists() and not overwrite:
        raise OptionError(f"{lines} already exists", hint="choose another name, or add --overwrite")

    def cleaned(articles: pd.DataFrame) -> pd.DataFrame:
        table, listed = clean_with_lines(articles, without=without, furniture=known)
        if lines is not None:
            save_table(listed, lines, excel_safe=excel_safe)
            click.echo(f"{len(listed):,} rows in {lines}")
        return table

    write_step(corpus, out, overwrite, columns, cleaned, excel_safe=excel_safe)


@click.command()
@step_options
@click.option(
    "--embeddings",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of a sentence-transformers model, to compare articles by embeddings too.",
)
def align(
    corpus: Path,
    out: Path,
    overwrite: bool,
    columns: dict[str, str],
    excel_safe: bool,
    embeddings: Path | None,
) -> None:
    """Align the articles of CORPUS to stories.

    Writes the articles table with story_id, storyline_id and reprint_of. Run it on a cleaned table where the
    articles are pasted pages. A corrections.csv in a corpus folder is kept to.
    """
    from samestory.readers.corrections import read_corrections
    from samestory.stories import align_stories, align_storylines, mark_reprints

    fixes = read_corrections(corpus) if corpus.is_dir() else None

    def steps(articles: pd.DataFrame) -> pd.DataFrame:
        aligned = align_stories(articles, corrections=fixes, embeddings=embeddings)
        return mark_reprints(align_storylines(aligned))

    write_step(corpus, out, overwrite, columns, steps, excel_safe=excel_safe)


@click.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--review", type=click.Path(path_type=Path), required=True, help="Sheet to write: .csv.")
@click.option(
    "--most", type=click.IntRange(min=1), default=100, show_default=True, help="Links in the sheet."
)
@click.option("--clean/--no-clean", default=True, help="Take page furniture out first (default: yes).")
@overwrite_option
@column_option
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

    write_step(corpus, review, overwrite, columns, sheet)


@click.command()
@step_options
def quotes(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str], excel_safe: bool) -> None:
    """Find who is quoted in CORPUS.

    Writes the quotes table: one row per attribution.
    """
    from samestory.measures.quotes import find_quotes, link_speakers

    write_step(
        corpus, out, overwrite, columns, lambda a: link_speakers(find_quotes(a)), excel_safe=excel_safe
    )


@click.command()
@step_options
def sentiment(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str], excel_safe: bool) -> None:
    """Score the sentiment of each sentence of CORPUS.

    Writes the scores table, with the voice of each sentence: own, quoted or mixed.
    """
    from samestory.measures.quotes import find_quotes, label_voice
    from samestory.measures.sentiment import score_sentiment
    from samestory.text import split_sentences

    write_step(
        corpus,
        out,
        overwrite,
        columns,
        lambda a: score_sentiment(label_voice(split_sentences(a), find_quotes(a))),
        excel_safe=excel_safe,
    )


@click.command()
@step_options
@codebook_options
def topics(
    corpus: Path,
    out: Path,
    overwrite: bool,
    columns: dict[str, str],
    excel_safe: bool,
    codebook: Path | None,
    licence: str | None,
) -> None:
    """Measure the topics of each article of CORPUS.

    Writes the topic shares: one row per article and topic.
    """
    from samestory.measures.topics import topic_share
    from samestory.text import split_sentences

    book = open_codebook(codebook, licence)
    write_step(
        corpus,
        out,
        overwrite,
        columns,
        lambda a: topic_share(split_sentences(a), book),
        excel_safe=excel_safe,
    )
