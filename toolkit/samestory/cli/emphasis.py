"""Emphasis, step by step: prominence, terms, concordance, naming; and coverage, which is selection."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from samestory.cli.options import codebook_options, open_codebook, step_options, write_step

if TYPE_CHECKING:
    import pandas as pd


@click.command()
@step_options
@codebook_options
@click.option(
    "--lede", type=click.IntRange(min=1), default=2, show_default=True, help="Sentences that make the lede."
)
def prominence(
    corpus: Path,
    out: Path,
    overwrite: bool,
    columns: dict[str, str],
    excel_safe: bool,
    codebook: Path | None,
    licence: str | None,
    lede: int,
) -> None:
    """Say where in each article of CORPUS each topic stands.

    Writes headline, lede and body apart: one row per article and topic.
    """
    from samestory.measures.topics import prominence as places

    book = open_codebook(codebook, licence)
    write_step(
        corpus, out, overwrite, columns, lambda a: places(a, book, lede_sentences=lede), excel_safe=excel_safe
    )


@click.command()
@step_options
@click.option(
    "--by",
    type=click.Choice(["outlet", "stance"]),
    default="outlet",
    show_default=True,
    help="Groups to tell apart; stances are described, not tested.",
)
@click.option(
    "--ngrams",
    type=click.Choice(["1", "2"]),
    default="1",
    show_default=True,
    help="Words, or pairs.",
)
@click.option("--names", is_flag=True, help="List names of several words too.")
@click.option("--function-words", is_flag=True, help="List function words (the, of, they) too.")
@click.option("--top", type=click.IntRange(min=1), help="List only so many terms of each group.")
@click.option("--seed", type=int, default=2026, show_default=True, help="Seed of the rank intervals.")
def terms(
    corpus: Path,
    out: Path,
    overwrite: bool,
    columns: dict[str, str],
    excel_safe: bool,
    by: str,
    ngrams: str,
    names: bool,
    function_words: bool,
    top: int | None,
    seed: int,
) -> None:
    """Rank the distinctive terms of each outlet of CORPUS.

    Writes the terms table. Run it on a table of samestory align: without stories there is no test on stories.
    """
    from samestory.measures.terms import distinctive_terms
    from samestory.text import split_sentences

    def found(articles: pd.DataFrame) -> pd.DataFrame:
        outlets = sorted(articles["outlet"].dropna().unique())
        return distinctive_terms(
            split_sentences(articles),
            by=by,
            ngrams=int(ngrams),
            names=names,
            function_words=function_words,
            top=top,
            exclude=outlets,
            seed=seed,
        )

    write_step(corpus, out, overwrite, columns, found, excel_safe=excel_safe)


@click.command()
@step_options
@click.argument("term")
def concordance(
    corpus: Path, term: str, out: Path, overwrite: bool, columns: dict[str, str], excel_safe: bool
) -> None:
    """List every place in CORPUS where TERM stands, with the words around it.

    TERM is a word, a word with * for any run of letters, or a phrase in quotation marks.
    """
    from samestory.measures.terms import keyword_in_context
    from samestory.text import split_sentences

    write_step(
        corpus,
        out,
        overwrite,
        columns,
        lambda a: keyword_in_context(split_sentences(a), term),
        excel_safe=excel_safe,
    )


@click.command()
@step_options
@click.option(
    "--actors",
    type=click.Path(path_type=Path),
    required=True,
    help="Actors: .csv with the columns actor, term.",
)
@click.option("--shares", is_flag=True, help="Write the share of each description per article instead.")
def naming(
    corpus: Path,
    out: Path,
    overwrite: bool,
    columns: dict[str, str],
    excel_safe: bool,
    actors: Path,
    shares: bool,
) -> None:
    """Find what the outlets of CORPUS call the same actor.

    Writes one row per mention and description, with its sentence; quoted voice is left out.
    """
    from samestory.measures.naming import actor_descriptions, description_shares
    from samestory.measures.quotes import find_quotes, label_voice
    from samestory.readers.actors import read_actors
    from samestory.text import split_sentences

    wanted = read_actors(actors)

    def found(articles: pd.DataFrame) -> pd.DataFrame:
        voiced = label_voice(split_sentences(articles), find_quotes(articles))
        descriptions = actor_descriptions(voiced[voiced["voice"] != "quoted"], wanted)
        return description_shares(descriptions) if shares else descriptions

    write_step(corpus, out, overwrite, columns, found, excel_safe=excel_safe)


@click.command()
@step_options
def coverage(corpus: Path, out: Path, overwrite: bool, columns: dict[str, str], excel_safe: bool) -> None:
    """Count which outlet of CORPUS tells which story.

    Writes the coverage table: selection, apart from how stories are told. Articles without story_id are
    aligned first.
    """
    from samestory.readers import read_corpus_info
    from samestory.stories import align_stories, story_coverage

    sampling = read_corpus_info(corpus).get("sampling", "unknown")

    def found(articles: pd.DataFrame) -> pd.DataFrame:
        known = articles if "story_id" in articles.columns else align_stories(articles)
        return story_coverage(known, sampling=sampling)

    write_step(corpus, out, overwrite, columns, found, excel_safe=excel_safe)
