"""Who does the work: this process, several processes, or a Dask cluster; and what is lost with a worker.

An executor takes tasks and gives each with its result, in any order, or with :class:`Lost` where the worker
died or had no memory left. It never tries a task twice: what to do about a lost one is decided above.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain
from multiprocessing import connection, get_context, parent_process
from multiprocessing.context import BaseContext
from typing import Any, Protocol

from samestory.errors import OptionError, OutputError

__all__ = [
    "EXECUTORS",
    "Executor",
    "Lost",
    "Processes",
    "Serial",
    "begin_worker",
    "in_order",
    "make_executor",
    "worker_context",
]

EXECUTORS = ("serial", "processes", "dask")
#: Tasks handed out per worker at a time: one at work, one waiting.
_AHEAD = 2
#: Seconds to wait after each time in a row that a worker could not begin; then the run ends.
_PAUSES = (0.1, 0.5, 2.0, 5.0)


@dataclass(frozen=True)
class Lost:
    """What there is instead of a result: the worker ``died``, or had no ``memory`` left."""

    reason: str


class Executor(Protocol):
    """Runs a function on tasks."""

    #: Whether the work goes on elsewhere while this process does something else.
    elsewhere: bool
    #: Whether several may ask for work at the same time.
    shared: bool

    def outcomes(
        self, function: Callable[[Any], Any], tasks: Iterable[Any], *, ahead: int | None = None
    ) -> Iterator[tuple[Any, Any]]:
        """Give each task with its result or :class:`Lost`; at most ``ahead`` tasks are handed out."""
        ...

    def one_aside(self) -> AbstractContextManager[None]:
        """Do with one worker less, as long as this process is at work itself."""
        ...

    def rest(self) -> None:
        """Let go of what the workers hold, until there is work again."""
        ...

    def close(self) -> None:
        """Let the workers go."""
        ...


class Serial:
    """Everything in this process, one task after the other."""

    elsewhere = False
    shared = False

    def outcomes(
        self, function: Callable[[Any], Any], tasks: Iterable[Any], *, ahead: int | None = None
    ) -> Iterator[tuple[Any, Any]]:
        """Run the tasks in order."""
        for task in tasks:
            try:
                yield task, function(task)
            except MemoryError:
                yield task, Lost("memory")

    def one_aside(self) -> AbstractContextManager[None]:
        """There are no workers."""
        return nullcontext()

    def rest(self) -> None:
        """Nothing is held elsewhere."""

    def close(self) -> None:
        """Nothing to let go."""


class Processes:
    """Processes on this machine.

    Parameters
    ----------
    workers : int
        How many.
    """

    elsewhere = True
    shared = False  # all cores are busy with the one who asks first

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        self._failed = 0  # how often in a row a worker could not begin
        self._aside = False

    def outcomes(
        self, function: Callable[[Any], Any], tasks: Iterable[Any], *, ahead: int | None = None
    ) -> Iterator[tuple[Any, Any]]:
        """Run the tasks; when a worker dies, all handed out are lost: nobody knows whose fault it was."""
        todo = iter(tasks)
        flying: dict[Future[Any], Any] = {}
        while True:
            todo = self._hand_out(function, todo, flying, ahead or self._most())
            if not flying:
                return
            broken = False
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                task = flying.pop(future)
                outcome = _outcome(future)
                broken |= outcome == Lost("died")
                yield task, outcome
            if broken:
                self.close()
                yield from ((task, _outcome(future)) for future, task in flying.items())
                flying.clear()

    def _most(self) -> int:
        """Count the tasks to hand out: with one worker aside no more than the others have in hand."""
        return max(1, self._workers - 1) if self._aside else _AHEAD * self._workers

    @contextmanager
    def one_aside(self) -> Iterator[None]:
        """Do with one worker less: so many processes are at work as were asked for, and hold memory."""
        self._aside = True
        try:
            yield
        finally:
            self._aside = False

    def _hand_out(
        self,
        function: Callable[[Any], Any],
        todo: Iterator[Any],
        flying: dict[Future[Any], Any],
        most: int,
    ) -> Iterator[Any]:
        """Hand tasks out until enough are; return those to come."""
        while len(flying) < most:
            try:
                task = next(todo)
            except StopIteration:
                break
            future = self._submitted(function, task)
            if future is None:
                todo = chain([task], todo)
                if flying:
                    break
                self.close()
            else:
                flying[future] = task
        return todo

    def _submitted(self, function: Callable[[Any], Any], task: Any) -> Future[Any] | None:
        """Hand a task out; None where the pool broke since the last look, or could not begin its workers."""
        try:
            future = self._ready().submit(function, task)
        except BrokenProcessPool:
            return None
        except (EOFError, OSError) as error:  # the server that begins workers was killed, or is about to end
            self._failed += 1
            if self._failed > len(_PAUSES):
                raise OutputError(
                    f"worker processes cannot be started ({type(error).__name__}: {error})",
                    hint="see whether the system allows more processes and memory, or use executor='serial'",
                ) from error
            time.sleep(_PAUSES[self._failed - 1])
            return None
        self._failed = 0
        return future

    def _ready(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._workers, mp_context=worker_context(), initializer=begin_worker
            )
        return self._pool

    def rest(self) -> None:
        """Let the workers go; others begin when there is work."""
        self.close()

    def close(self) -> None:
        """Let the workers finish what they hold and go."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def in_order(executor: Executor, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
    """Give what comes of tasks in their order; what is lost with a worker is done here."""
    waiting: dict[int, Any] = {}
    following = 0
    for (number, task), outcome in executor.outcomes(partial(_of_numbered, function), enumerate(tasks)):
        waiting[number] = function(task) if isinstance(outcome, Lost) else outcome
        while following in waiting:
            yield waiting.pop(following)
            following += 1


def _of_numbered(function: Callable[[Any], Any], task: tuple[int, Any]) -> Any:
    return function(task[1])


def worker_context() -> BaseContext:
    """Return how processes begin: never as a copy of this one, whose threads might hold locks."""
    if sys.platform == "win32":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["__main__", "samestory.study.batches.warm"])
    return context


def _outcome(future: Future[Any]) -> Any:
    try:
        return future.result()
    except BrokenProcessPool:
        return Lost("died")
    except MemoryError:
        return Lost("memory")


def begin_worker() -> None:
    """Leave Ctrl-C to the main process, and end with it even where it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def make_executor(name: str, *, workers: int | None, scheduler: str | None) -> Executor:
    """Return the executor of a name.

    Raises
    ------
    OptionError
        There is none of this name, or an option does not go with it.
    MissingExtraError
        Dask is not installed.
    """
    if name not in EXECUTORS:
        raise OptionError(f"executor is one of {', '.join(EXECUTORS)}; '{name}' was found")
    if workers is not None and workers < 1:
        raise OptionError(f"workers is at least 1; {workers} was found")
    if scheduler is not None and name != "dask":
        raise OptionError("scheduler is the address of a Dask scheduler", hint="add executor='dask'")
    if name == "serial":
        if workers not in (None, 1):
            raise OptionError(
                f"the serial executor is one worker; {workers} were asked for",
                hint="add executor='processes'",
            )
        return Serial()
    count = workers or os.cpu_count() or 1
    if name == "processes":
        return Processes(count)
    from samestory.study.batches.cluster import Cluster  # Dask is an extra

    return Cluster(count, scheduler=scheduler)
