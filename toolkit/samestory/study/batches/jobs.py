"""What is sent to a worker: one step on one batch of articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from samestory.study.batches import steps
from samestory.study.batches.memory import give_back, give_back_at_once
from samestory.study.batches.parted import Made
from samestory.study.batches.plan import content_key
from samestory.study.batches.steps import Tables
from samestory.study.batches.store import Store

__all__ = ["Batch", "Job", "Step", "Whole", "make_whole", "perform"]


@dataclass(frozen=True)
class Job:
    """One step on one batch: what is sent to a worker."""

    step: str
    key: str
    first: int  # place of its first article
    articles: pd.DataFrame
    options: Mapping[str, Any] = field(default_factory=dict)
    store: Store | None = None

    def halves(self) -> list[Job]:
        """Split the batch in two."""
        middle = len(self.articles) // 2
        parts = ((self.first, self.articles[:middle]), (self.first + middle, self.articles[middle:]))
        return [
            Job(self.step, content_key(part, self.step, self.key), first, part, self.options, self.store)
            for first, part in parts
        ]


def perform(job: Job) -> Tables | None:
    """Do a job; with a store, the result stays there and None goes back."""
    made: Tables = getattr(steps, job.step)(job.articles, **job.options)
    if job.store is None:
        return made
    job.store.write(job.step, job.key, made)
    del made
    give_back()  # many workers at rest would else each hold what their largest batch took
    return None


#: Articles up to which steps on the whole corpus are made at the same time: each takes some 5 KB an article.
TOGETHER = 50_000


@dataclass(frozen=True)
class Whole:
    """A step that needs the whole corpus: what is sent to a worker, which leaves the result in the store."""

    step: str
    key: str
    make: Callable[[], Made]  # a function of a module with its arguments: what else could be sent
    store: Store


def make_whole(whole: Whole) -> None:
    """Do such a step."""
    give_back_at_once()
    whole.store.write(whole.step, whole.key, whole.make())
    give_back()


@dataclass(frozen=True)
class Batch:
    """A batch of one step: its articles by their places, and the key of its result."""

    place: slice
    key: str

    def __len__(self) -> int:
        return int(self.place.stop - self.place.start)


@dataclass(frozen=True)
class Step:
    """One step on all batches; the batches' articles are cut out when they are needed, not before."""

    name: str
    articles: Callable[[slice], pd.DataFrame]
    batches: list[Batch]
    options: Callable[[slice], Mapping[str, Any]]
    store: Store | None

    def job(self, batch: Batch) -> Job:
        """Return what is sent to a worker."""
        articles, options = self.articles(batch.place), self.options(batch.place)
        return Job(self.name, batch.key, batch.place.start, articles, options, self.store)
