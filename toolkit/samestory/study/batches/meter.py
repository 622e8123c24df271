"""How a run goes on: articles per second, the time that is left, memory; told to a listener and a log."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from samestory.study.batches.memory import memory_in_use

__all__ = ["Meter", "Status"]

_EVERY = 10.0  # seconds between two lines of the log


@dataclass(frozen=True)
class Status:
    """Where a step stands.

    Attributes
    ----------
    step : str
        The step at hand.
    done, total : int
        Articles.
    rate : float
        Articles per second since the step began, without those that were kept from an earlier run.
    seconds_left : float or None
        At this rate; None where there is none yet.
    memory : int or None
        Bytes in use by this process and its children; None where the system does not say.
    """

    step: str
    done: int
    total: int
    rate: float
    seconds_left: float | None
    memory: int | None

    def __str__(self) -> str:
        left = "" if self.seconds_left is None else f", {self.seconds_left:.0f} s left"
        memory = "" if self.memory is None else f", {self.memory / 1e9:.2f} GB"
        return f"{self.step}: {self.done:,} of {self.total:,} articles, {self.rate:.1f}/s{left}{memory}"


class Meter:
    """Counts the articles done.

    Parameters
    ----------
    listener : callable, optional
        Given a :class:`Status` now and then.
    """

    def __init__(self, listener: Callable[[Status], None] | None = None) -> None:
        self._listener = listener
        self._log: Callable[[str], None] | None = None
        self._lock = threading.Lock()
        self._step, self._total, self._done, self._kept = "", 0, 0, 0
        self._began = self._logged = time.monotonic()  # a clock that never goes back

    def write_to(self, log: Callable[[str], None]) -> None:
        """Log from now on, a line every ten seconds."""
        self._log = log
        self.say("the run begins")

    def begin(self, step: str, total: int) -> None:
        """Begin a step."""
        with self._lock:
            self._step, self._total, self._done, self._kept = step, total, 0, 0
            self._began = self._logged = time.monotonic()
        self.say(str(self.status()))

    def add(self, articles: int, *, kept: bool = False) -> None:
        """Count articles as done; ``kept``: by an earlier run."""
        with self._lock:
            self._done += articles
            self._kept += articles if kept else 0
            due = time.monotonic() - self._logged >= _EVERY or self._done >= self._total
            if due:
                self._logged = time.monotonic()
        if self._listener is not None:
            self._listener(self.status())
        if due:
            self.say(str(self.status()))

    def say(self, line: str) -> None:
        """Write a line into the log."""
        if self._log is not None:
            self._log(line)

    def status(self) -> Status:
        """Say where the step stands."""
        seconds = time.monotonic() - self._began
        worked = self._done - self._kept
        rate = worked / seconds if seconds > 0 else 0.0
        left = (self._total - self._done) / rate if rate > 0 else None
        return Status(self._step, self._done, self._total, rate, left, memory_in_use())
