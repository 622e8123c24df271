"""The walk: every step of the toolkit in order, where the rooms meet."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from samestory.errors import CorpusError, OptionError
from samestory.readers.codebook import read_codebook
from samestory.study.batches import Pipeline
from samestory.study.batches.memory import give_back
from samestory.study.batches.merging import articles_with
from samestory.study.batches.meter import Meter
from samestory.study.batches.plan import content_key
from samestory.study.batches.steps import SIZES
from samestory.study.comparing import compared_tables
from samestory.study.covering import covered
from samestory.study.facts import summarise
from samestory.study.inputs import (
    check_outlets,
    corrections_of,
    input_hashes,
    name_of,
    read_articles,
    sampling_of,
)
from samestory.study.measuring import STEPS, cleaned, heard_in, measure_shard, measured, named
from samestory.study.prepare import how_to_clean, measurable
from samestory.study.result import Study
from samestory.study.tables import LARGE_ARTICLES, StudyTables, held
from samestory.study.terms import terms_of

__all__ = ["STEPS", "compare", "demo_corpus", "prepare_shard"]


def demo_corpus() -> Path:
    """Return the folder of the demo corpus that comes with the toolkit.

    Returns
    -------
    Path
        A folder for :func:`samestory.read_corpus`.

    Examples
    --------
    >>> demo_corpus().name
    'demo'
    """
    package = Path(str(resources.files("samestory")))
    for place in (package / "corpora" / "demo", package.parents[1] / "corpora" / "demo"):
        if place.is_dir():
            return place
    raise CorpusError(
        "the demo corpus was not installed with the toolkit", hint="run from a checkout of the repository"
    )


def compare(
    corpus: str | Path | pd.DataFrame,
    *,
    columns: Mapping[str, str] | None = None,
    date_order: Literal["dmy", "mdy"] | None = None,
    clean: bool = True,
    without: Collection[str] = (),
    stories: Literal["align", "given"] = "align",
    corrections: pd.DataFrame | None = None,
    codebook: pd.DataFrame | None = None,
    actors: Mapping[str, Iterable[str]] | pd.DataFrame | None = None,
    topic_model: bool = False,
    reference: str | None = None,
    level: float = 0.95,
    adjust: Literal["holm", "fdr_bh"] = "holm",
    seed: int = 2026,
    executor: Literal["serial", "processes", "dask"] = "serial",
    workers: int | None = None,
    scheduler: str | None = None,
    work_dir: str | Path | None = None,
    merge: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Study:
    """Compare the outlets of a corpus on tone, voices and emphasis, story by story.

    Parameters
    ----------
    corpus : str, Path or DataFrame
        What :func:`samestory.read_corpus` reads, or an articles table.
    columns : mapping of str to str, optional
        For tables in files: our name of a column to its name in the file.
    date_order : {"dmy", "mdy"}, optional
        Whether a date such as 03/04/2024 is 3 April or March 4; by default what ``corpus.toml`` says.
    clean : bool, default True
        Take page furniture out. Switch off for texts that are clean already. A ``furniture.toml`` in the
        corpus folder (:func:`samestory.read_furniture`) is added to the list of the package.
    without : collection of str, optional
        Names of cleaning steps to leave out (:func:`samestory.cleaning_steps`).
    stories : {"align", "given"}
        Align the articles, or take ``story_id`` as it stands in the articles, for stories coded by hand.
    corrections : DataFrame, optional
        Pairs of articles that must or cannot be in one story (:func:`samestory.read_corrections`); by default
        those of ``corrections.csv`` in the corpus folder, where there is one.
    codebook : DataFrame, optional
        Topics to look for; by default the starter codebook (:func:`samestory.read_codebook`).
    actors : mapping of str to iterable of str, or DataFrame, optional
        Actors whose naming is compared (:func:`samestory.actor_descriptions`); by default none.
    topic_model : bool, default False
        Fit a topic model as well (:func:`samestory.fit_topics`): at least 100 articles, some minutes.
    reference : str, optional
        Compare every other outlet with this one; by default all pairs are compared, of at most 20 outlets.
    level : float, default 0.95
        Coverage of the intervals.
    adjust : {"holm", "fdr_bh"}
        Adjustment of p over all tests of the study.
    seed : int, default 2026
        Seed of random steps.
    executor : {"serial", "processes", "dask"}
        Who cleans and measures the articles: this process, several on this machine, or a Dask cluster (extra
        ``cluster``). The result is the same to the last byte. A script that uses processes needs the usual
        ``if __name__ == "__main__":``.
    workers : int, optional
        How many processes; by default one per core.
    scheduler : str, optional
        Address of a Dask scheduler, such as ``"tcp://node1:8786"``; by default processes on this machine.
    work_dir : str or Path, optional
        Folder in which the result of every batch is kept (extra ``scale``): a run that was interrupted goes
        on where it stopped, and a changed corpus or codebook redoes what it touches.
    merge : bool, default False
        Measure nothing anew: everything must be in ``work_dir``, from :func:`prepare_shard`.
    progress : callable, optional
        Told the name of each step (one of ``STEPS``) as it begins. Where it has a method ``watch``, that is
        given a :class:`~samestory.study.batches.meter.Status` now and then.

    Returns
    -------
    Study
        ``tables`` (a dict of DataFrames), ``summary`` (counts, options, versions), ``figures`` and ``save``.

    Raises
    ------
    CorpusError
        The corpus cannot be read, or holds no article that can be measured.
    OptionError
        An option cannot be used.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Herald", "Ledger"],
    ...     "text": ["The ferry strike began on Monday in Port Verrin, crews said.",
    ...              "Crews began a ferry strike on Monday in Port Verrin."]})
    >>> compare(articles).tables["estimates"][["measure", "n_stories", "tier"]].head(1)
               measure  n_stories         tier
    0  tone, own voice          0  descriptive
    """
    if stories not in ("align", "given"):
        raise OptionError(f"stories is 'align' or 'given'; '{stories}' was found")
    meter = Meter(getattr(progress, "watch", None))
    tell = _told(progress, meter)
    tell(STEPS[0])
    raw, files = read_articles(
        corpus, columns=columns, date_order=date_order, stories=stories, work_dir=work_dir
    )
    n_read = len(raw)
    topics = read_codebook() if codebook is None else codebook
    check_outlets(raw.known, reference)
    fixes = corrections_of(corpus, corrections, stories=stories)
    how = how_to_clean(corpus, clean=clean, without=without)
    shared: dict[str, Any] = {"reference": reference, "level": level, "adjust": adjust, "seed": seed}
    named_as = {k: list(v) for k, v in actors.items()} if isinstance(actors, Mapping) else actors
    asked: dict[str, Any] = {**shared, "actors": named_as, "topic_model": topic_model}
    with Pipeline(
        executor, workers=workers, scheduler=scheduler, work_dir=work_dir, merge=merge, meter=meter
    ) as pipeline:
        tell(STEPS[1])
        articles, pieces = cleaned(raw, pipeline, how)
        raw.texts.close()
        del raw  # the cleaned texts are enough to hold
        known, made = measured(
            articles,
            topics,
            pipeline,
            made_of=pieces.articles.keys(),
            stories=stories,
            corrections=fixes,
            tell=tell,
        )
        tell(STEPS[5])
        shown = [*articles.columns, *(c for c in known.columns if c not in (*articles.columns, *SIZES))]
        result = StudyTables(
            {"articles": held(articles_with(pieces.articles, known, columns=shown), large=LARGE_ARTICLES)}
            | ({} if files is None else {"files": files})
            | {"lines": held(pieces.lines)}
            | {name: held(made[name]) for name in ("scores", "topic_shares", "prominence")}
        )
        tone = StudyTables({"tone": held(made["tone"])})
        told = known.loc[measurable(known), ["article_id", "outlet", "story_id"]]

        before = content_key(known, pipeline.made_of(), of="corpus")  # now: what follows is made together

        def key(*options: object) -> Callable[[], str]:
            return lambda: content_key(pd.DataFrame(), before, *options, of="corpus")

        waiting = pipeline.begin_whole(
            {
                "speakers": (key(), partial(heard_in, made["quotes"])),
                "terms": (key(), partial(terms_of, made["words"], made["scores"], told)),
                "study": (
                    key(_spelled(asked)),
                    partial(
                        compared_tables,
                        result.only("scores", "topic_shares", "prominence"),
                        tone,
                        reprints=bool(known["reprint_of"].notna().any()),
                        **asked,
                    ),
                ),
            },
            articles=len(known),
        )
        sampling = sampling_of(corpus)
        coverage = covered(known, pipeline, sampling=sampling, key=key("coverage", sampling))
        give_back()  # what its blocks took, while the workers need more
        found = waiting()
        pipeline.finish(corpus=name_of(corpus))
        record = pipeline.record()
    heard = StudyTables(found["speakers"])
    result = result.with_pieces("quotes", named(made["quotes"], heard["names"]))
    result = result | {name: heard[name] for name in heard if name != "names"} | found["terms"]
    result = result | {"coverage": coverage} | found["study"]
    options: dict[str, object] = {"clean": clean, "stories": stories, "level": level, "adjust": adjust}
    options |= {"reference": reference} if reference else {}
    options |= {"without": sorted(set(without))} if without else {}
    options |= {"topic_model": True} if topic_model else {}
    summary = summarise(
        result,
        known,
        tone,
        name=name_of(corpus),
        n_read=n_read,
        n_used=int(measurable(known).sum()),
        options=options,
        corrections=fixes,
        seed=seed,
    )
    n_processes = (workers or os.cpu_count() or 1) if executor == "processes" else 1
    return Study(
        tables=result, summary=summary, inputs=input_hashes(corpus), record=record, workers=n_processes
    )


def prepare_shard(
    corpus: str | Path | pd.DataFrame,
    shard: tuple[int, int],
    *,
    work_dir: str | Path,
    columns: Mapping[str, str] | None = None,
    date_order: Literal["dmy", "mdy"] | None = None,
    clean: bool = True,
    without: Collection[str] = (),
    codebook: pd.DataFrame | None = None,
    executor: Literal["serial", "processes", "dask"] = "serial",
    workers: int | None = None,
    scheduler: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> None:
    """Do one part of the work of :func:`compare`, for the tasks of a job array.

    Parameters
    ----------
    corpus, columns, date_order, clean, without, codebook, executor, workers, scheduler, progress
        As in :func:`compare`, and the same in every shard.
    shard : (int, int)
        The i-th of n parts, i from 1.
    work_dir : str or Path
        Folder for the results, the same for all shards; ``compare(…, work_dir=…, merge=True)`` then makes
        the study of them.

    Raises
    ------
    OptionError
        There is no such part.
    """
    if not 1 <= shard[0] <= shard[1]:
        raise OptionError(
            f"a shard is i of n, with i from 1 to n; {shard[0]} of {shard[1]} was found", hint="such as 1/4"
        )
    meter = Meter(getattr(progress, "watch", None))
    tell = _told(progress, meter)
    tell(STEPS[0])
    raw, _ = read_articles(corpus, columns=columns, date_order=date_order, work_dir=work_dir)
    topics = read_codebook() if codebook is None else codebook
    how = how_to_clean(corpus, clean=clean, without=without)
    with Pipeline(
        executor, workers=workers, scheduler=scheduler, work_dir=work_dir, shard=shard, meter=meter
    ) as pipeline:
        measure_shard(raw, topics, pipeline, how=how, tell=tell)


def _told(progress: Callable[[str], None] | None, meter: Meter) -> Callable[[str], None]:
    """Tell a step to the listener and to the log."""

    def tell(step: str) -> None:
        give_back()  # of the step before
        meter.say(f"step: {step}")
        if progress is not None:
            progress(step)

    return tell


def _spelled(options: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Spell options out, tables among them, for the key of what was made with them."""
    return [
        (name, content_key(value) if isinstance(value, pd.DataFrame) else repr(value))
        for name, value in sorted(options.items())
    ]
