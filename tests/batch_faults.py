"""Steps that go wrong on purpose, importable by worker processes."""

import os
import signal
import time

import pandas as pd

from samestory.study.batches.pipeline import perform


def square(task):
    return task * task


def timed(seconds):
    """Say when a task began and ended."""
    began = time.monotonic()
    time.sleep(seconds)
    return began, time.monotonic()


def die_on_three(task):
    if task == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return task * task


def no_memory_on_three(task):
    if task == 3:
        raise MemoryError
    return task * task


def _is_bad(job):
    return job.step == "measure" and job.articles["text"].str.contains("POISON").any()


def perform_or_die(job):
    """Do a job; an article with POISON in it kills the worker."""
    if _is_bad(job):
        os.kill(os.getpid(), signal.SIGKILL)
    return perform(job)


def perform_or_starve(job):
    if _is_bad(job):
        raise MemoryError
    return perform(job)


def perform_slowly(job):
    time.sleep(0.2)
    return perform(job)


def late_or_square(task):
    """Square a number; the smaller, the later it is done."""
    time.sleep(0.05 * (6 - task))
    return task * task


def die_elsewhere(parent, task):
    """Give a number back; three kills any worker that is given it."""
    if task == 3 and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def made_alone(mark, parent):
    """Say whether nothing else of the kind was made at the same time, and not in the main process."""
    alone = not mark.exists()
    mark.touch()
    time.sleep(0.3)
    mark.unlink(missing_ok=True)
    return {"made": pd.DataFrame({"alone_elsewhere": [alone and os.getpid() != parent]})}


def where_made(parent, *, fatal=False):
    """Say whether a step was made by a worker; a fatal one kills any worker."""
    elsewhere = os.getpid() != parent
    if fatal and elsewhere:
        os.kill(os.getpid(), signal.SIGKILL)
    return {"made": pd.DataFrame({"elsewhere": [elsewhere]})}
