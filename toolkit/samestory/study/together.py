"""Files that several processes write at the same time, none of which needs another's."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from samestory.study.batches.executors import begin_worker, worker_context
from samestory.study.batches.memory import give_back_at_once

__all__ = ["written_together"]

#: Writes some files; one for another process is a function of a module with its arguments.
Task = Callable[[], None]


def written_together(elsewhere: Sequence[Task], here: Sequence[Task], *, workers: int) -> None:
    """Do tasks in several processes, this one among them.

    Parameters
    ----------
    elsewhere : sequence of callable
        What other processes begin with, first things first; what nobody has begun when this process has
        nothing left to do, it does itself, from the last on.
    here : sequence of callable
        What this process does, because it holds what is written.
    workers : int
        How many processes are at work in all; 1 is this one alone, which does all in order.

    Notes
    -----
    A task whose worker died, or had no memory left, is done again by this process.

    Examples
    --------
    >>> done = []
    >>> written_together([lambda: done.append("figure")], [lambda: done.append("table")], workers=1)
    >>> done
    ['table', 'figure']
    """
    if workers == 1 or not elsewhere:
        for task in (*here, *elsewhere):
            task()
        return
    give_back_at_once()  # the tables that go by are large, and each of another size
    pool = ProcessPoolExecutor(
        min(workers - 1, len(elsewhere)), mp_context=worker_context(), initializer=begin_worker
    )
    try:
        sent = [(_sent(pool, task), task) for task in elsewhere]
        for task in here:
            task()
        for future, task in reversed(sent):
            if future is None or future.cancel():
                task()
        for future, task in sent:
            if future is not None and not future.cancelled():
                _finish(future, task)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _sent(pool: ProcessPoolExecutor, task: Task) -> Future[list[str]] | None:
    """Hand a task out; None where no worker can be begun, or one died meanwhile."""
    try:
        return pool.submit(_done, task)
    except (BrokenProcessPool, EOFError, OSError):
        return None


def _done(task: Task) -> list[str]:
    """Do a task in a worker, and return what it warned of: it would be said where nobody listens."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always", UserWarning)
        task()
    return [str(w.message) for w in said if w.category is UserWarning]


def _finish(future: Future[list[str]], task: Task) -> None:
    try:
        said = future.result()
    except (BrokenProcessPool, MemoryError):
        task()
        return
    for message in said:
        warnings.warn(message, stacklevel=4)
