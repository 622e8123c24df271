"""The pipeline: batches go to the executor, results to the store, lost articles are told apart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from samestory.errors import OptionError, OutputError
from samestory.study.batches import steps
from samestory.study.batches.durable import only_one
from samestory.study.batches.executors import Executor, Lost, in_order, make_executor
from samestory.study.batches.jobs import TOGETHER, Batch, Job, Step, Whole, make_whole, perform
from samestory.study.batches.memory import give_back
from samestory.study.batches.meter import Meter
from samestory.study.batches.parted import Made, read_whole, together
from samestory.study.batches.pieces import Pieces, Stored
from samestory.study.batches.plan import BATCH_ARTICLES, content_key, cut_batches, option_key
from samestory.study.batches.record import Record
from samestory.study.batches.recurring import none_recurs, recurring_of
from samestory.study.batches.results import Cleaned, Measured, left_as_it_was
from samestory.study.batches.shelf import Rows, Shelf
from samestory.study.batches.steps import Cleaning, Tables
from samestory.study.batches.store import Store, open_store, swept

__all__ = ["Pipeline"]

_Result = TypeVar("_Result")
# What is read of an article: to mark its lines, and to measure it.
_MARKED, _MEASURED = ("article_id", "outlet", "text"), ("article_id", "title", "text")


class Pipeline:
    """Runs steps on batches; use it as a context manager.

    Parameters
    ----------
    executor : {"serial", "processes", "dask"}
        Who does the work.
    workers : int, optional
        How many processes; by default one per core.
    scheduler : str, optional
        Address of a Dask scheduler; by default a cluster of processes on this machine.
    work_dir : str or Path, optional
        Folder in which results are kept, to go on after an interruption.
    shard : (int, int), optional
        Do every n-th batch only, the i-th of each n (from 1).
    merge : bool
        Measure nothing: every batch must be in the store already.
    batch_articles : int
        Articles of a batch, about.
    meter : Meter, optional
        Told how the work goes on.
    """

    def __init__(
        self,
        executor: str = "serial",
        *,
        workers: int | None = None,
        scheduler: str | None = None,
        work_dir: str | Path | None = None,
        shard: tuple[int, int] | None = None,
        merge: bool = False,
        batch_articles: int = BATCH_ARTICLES,
        meter: Meter | None = None,
    ) -> None:
        if (merge or shard is not None) and work_dir is None:
            raise OptionError("shards keep their results for the merge in a work_dir", hint="name one")
        if batch_articles < 1:
            raise OptionError(f"a batch has at least 1 article; {batch_articles} was found")
        self._executor: Executor = make_executor(executor, workers=workers, scheduler=scheduler)
        self._work_dir = None if work_dir is None else Path(work_dir)
        self._shard, self._merge, self._size = shard, merge, batch_articles
        self._meter, self._stopped = meter or Meter(), threading.Event()
        self._store: Store | None = None
        self._done: list[tuple[str, str]] = []
        self._open = ExitStack()

    def __enter__(self) -> Pipeline:
        self._open.callback(self._executor.close)
        if self._work_dir is not None:
            store = open_store(self._work_dir)
            name = ".lock" if self._shard is None else ".lock-{}-of-{}".format(*self._shard)
            try:
                self._open.enter_context(only_one(self._work_dir / name, what="this work_dir"))
            except OutputError:
                self._open.close()
                raise
            # Shards may be at work beside a merge or another shard; what they are writing is theirs.
            alone = self._shard is None and not self._merge
            self._store = swept(store) if alone else store
            self._meter.write_to(self._store.log)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._stopped.set()  # hand no more batches out
        if self._store is not None:
            self._store.log("the run ended" if kind is None else f"the run stopped: {kind.__name__}: {error}")
        self._open.close()

    def clean(self, articles: Shelf, how: Cleaning) -> Cleaned:
        """Clean the articles of a corpus, in order of their ids, and mark their language."""
        lost: frozenset[str] = frozenset()
        found: Callable[[slice], dict[str, frozenset[int]]] = none_recurs
        rows = np.arange(len(articles))
        if how.clean and "recurring" not in how.without:
            marked = self._run(self._step("mark", articles, rows, _MARKED, lambda _: {"how": how}))
            found, lost = recurring_of(marked.placed, articles.known["outlet"].tolist()), marked.lost
        every = articles.columns
        cleaned = self._run(
            self._step("clean", articles, rows, every, lambda place: {"recurring": found(place), "how": how})
        )
        none = steps.clean(articles.table(rows[:0], every), recurring={}, how=how)
        left = np.flatnonzero(articles.known["article_id"].isin(cleaned.lost))
        placed = [
            *cleaned.placed,
            *((int(i), none | left_as_it_was(articles.table(rows[i : i + 1], every))) for i in left),
        ]
        results = [result for _, result in sorted(placed, key=lambda item: item[0])] or [none]
        pieces = [Pieces(name, results) for name in ("articles", "sizes", "lines")]
        return Cleaned(pieces[0], pieces[1], pieces[2], lost | cleaned.lost)

    def begin_measures(self, articles: Shelf, rows: Rows, codebook: pd.DataFrame) -> Callable[[], Measured]:
        """Begin to measure the articles in some places; the function returned waits for what came of it.

        Where the work is done elsewhere it goes on meanwhile; a serial executor does it when it is asked for.
        """
        run = partial(
            self._run, self._step("measure", articles, rows, _MEASURED, lambda _: {"codebook": codebook})
        )
        if not self._executor.elsewhere:
            return run
        self._executor.rest()  # one will stay aside for a while, and would hold what it cleaned with
        return self._beside(run)

    def once(
        self, step: str, key: Callable[[], str], make: Callable[[], Made]
    ) -> dict[str, pd.DataFrame | Pieces]:
        """Do a step that needs the whole corpus, or read what an earlier run made of the same.

        Parameters
        ----------
        step : str
            Name of the step.
        key : callable
            Gives the key of all that the result depends on; asked for only where results are kept.
        make : callable
            Does the step. What it gives part by part stays in the store.
        """
        if self._store is None:
            return together(make())
        name = key()
        if not self._store.is_whole(step, name):
            self._store.write(step, name, make())
        self._done.append((step, name))
        return read_whole(self._store, step, name)

    def begin_whole(
        self, steps: Mapping[str, tuple[Callable[[], str], Callable[[], Made]]], *, articles: int
    ) -> Callable[[], dict[str, dict[str, pd.DataFrame | Pieces]]]:
        """Begin steps that need the whole corpus and not each other; the function returned waits for all.

        Where results are kept and work is done elsewhere, workers make them; else they are made when asked.

        Parameters
        ----------
        steps : mapping of str to (callable, callable)
            Of each step what gives its key and what makes its tables, as for :meth:`once`; the latter can be
            sent to a worker.
        articles : int
            Articles of the corpus; of a large one the steps are made one after the other.
        """
        store = self._store
        keys = {step: "" if store is None else key() for step, (key, _) in steps.items()}

        def made() -> dict[str, dict[str, pd.DataFrame | Pieces]]:
            return {s: self.once(s, partial(str, keys[s]), make) for s, (_, make) in steps.items()}

        if store is None or not self._executor.elsewhere:
            return made
        todo = [
            Whole(step, keys[step], make, store)
            for step, (_, make) in steps.items()
            if not store.is_whole(step, keys[step])
        ]

        most = 1 if articles > TOGETHER else None

        def work() -> dict[str, dict[str, pd.DataFrame | Pieces]]:
            for whole, outcome in self._executor.outcomes(make_whole, todo, ahead=most):
                if isinstance(outcome, Lost):
                    self._meter.say(f"{whole.step}: lost ({outcome.reason}), made by the main process")
                give_back()  # what it took to send the next one
            return made()

        return self._beside(work)

    def _beside(self, work: Callable[[], _Result]) -> Callable[[], _Result]:
        """Run a function in a thread of its own; the function returned waits for it."""
        helper = ThreadPoolExecutor(1)
        self._open.callback(helper.shutdown, wait=True, cancel_futures=True)
        return helper.submit(work).result

    def made_of(self) -> list[tuple[str, str]]:
        """Return step and key of the results that the run is made of so far."""
        return sorted(set(self._done))

    def record(self) -> Record | None:
        """Return what remembers where the result of this run was saved; None where nothing is kept."""
        return None if self._store is None else Record(self._store.root, repr(self.made_of()))

    def spread(self) -> Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]] | None:
        """Return what does tasks elsewhere beside the measuring, in order; None where nobody is free."""
        return partial(in_order, self._executor) if self._executor.shared else None

    def one_aside(self) -> AbstractContextManager[None]:
        """Do with one worker less, as long as this process is at work itself."""
        return self._executor.one_aside()

    def let_go(self) -> None:
        """Let the workers go, and their memory, until there is work again."""
        self._executor.rest()

    def finish(self, **facts: object) -> None:
        """Say in the store that the run is complete."""
        if self._store is not None:
            self._store.finish(self._done, facts)

    def _step(
        self,
        name: str,
        articles: Shelf,
        rows: Rows,
        columns: Sequence[str],
        options: Callable[[slice], Mapping[str, Any]],
    ) -> Step:
        def of(place: slice) -> pd.DataFrame:
            return articles.table(rows[place], columns)

        batches = []
        for place in cut_batches(articles.known["article_id"].iloc[rows].tolist(), size=self._size):
            key = ""
            if self._store is not None:
                key = content_key(of(place), name, *map(option_key, options(place).values()))
            batches.append(Batch(place, key))
        return Step(name, of, batches, options, self._store)

    def _run(self, step: Step) -> Measured:
        """Run one step on all batches; what the store has is not done again."""
        shard = self._shard if step.name == "measure" else None
        mine = step.batches if shard is None else step.batches[shard[0] - 1 :: shard[1]]
        self._meter.begin(step.name, sum(map(len, mine)))
        found: dict[int, Tables | Stored] = {}
        todo = []
        for batch in mine:
            if self._store is not None and self._store.is_whole(step.name, batch.key):
                found[batch.place.start] = self._stored(step.name, batch.key)
                self._meter.add(len(batch), kept=True)
            else:
                todo.append(batch)
        if self._merge and step.name == "measure" and todo:
            raise OutputError(
                f"{len(todo)} of {len(mine)} batches are not measured yet",
                hint="run the shards that are missing, with the same corpus and options, then merge again",
                path=self._work_dir,
            )
        lost: set[str] = set()
        for job, made in self._outcomes(map(step.job, todo), lost):
            found[job.first] = self._stored(step.name, job.key) if made is None else made
        return Measured(sorted(found.items(), key=lambda item: item[0]), frozenset(lost))

    def _stored(self, step: str, key: str) -> Stored:
        """Take down that the run is made of this result, which is in the store."""
        if self._store is None:
            raise RuntimeError("there is no store")
        self._done.append((step, key))
        return Stored(self._store, step, key)

    def _until_stopped(self, jobs: Iterable[Job]) -> Iterator[Job]:
        for job in jobs:
            if self._stopped.is_set():
                return
            yield job

    def _outcomes(self, jobs: Iterable[Job], lost: set[str]) -> Iterator[tuple[Job, Tables | None]]:
        """Run jobs; try a lost one again by itself, then its halves, down to the article at fault."""
        again: list[Job] = []
        for job, outcome in self._executor.outcomes(perform, self._until_stopped(jobs)):
            if isinstance(outcome, Lost):
                self._meter.say(
                    f"{job.step}: {len(job.articles)} articles lost ({outcome.reason}), tried again"
                )
                again.append(job)
            else:
                self._meter.add(len(job.articles))
                yield job, outcome
        while again and not self._stopped.is_set():
            job = again.pop()
            for _, outcome in self._executor.outcomes(perform, [job], ahead=1):
                if not isinstance(outcome, Lost):
                    self._meter.add(len(job.articles))
                    yield job, outcome
                elif len(job.articles) > 1:
                    again += job.halves()
                else:
                    name = str(job.articles["article_id"].iloc[0])
                    self._meter.say(f"{job.step}: {name} left out ({outcome.reason})")
                    lost.add(name)
