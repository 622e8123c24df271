"""The executor on a Dask cluster: the only door to Dask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from itertools import islice
from typing import Any

from samestory.errors import MissingExtraError, OutputError
from samestory.study.batches.executors import Lost

__all__ = ["Cluster"]

_AHEAD = 2


class Cluster:
    """Workers of a Dask cluster.

    Parameters
    ----------
    workers : int
        Processes of the cluster on this machine, where no scheduler is named.
    scheduler : str or None
        Address of a scheduler.

    Raises
    ------
    MissingExtraError
        Dask is not installed.
    OutputError
        There is no scheduler at the address.
    """

    elsewhere = True
    shared = True

    def __init__(self, workers: int, *, scheduler: str | None) -> None:
        if find_spec("distributed") is None:
            raise MissingExtraError.for_package("distributed", extra="cluster", purpose="executor='dask'")
        import distributed
        from dask import config

        dask: Any = distributed  # its functions have no types

        self._address = scheduler or "this machine"
        # Blocks of dates are tens of megabytes, and meant to be: until the cluster is left, no warning.
        settings: Any = config.set({"distributed.admin.large-graph-warning-threshold": "1GB"})
        self._settings = settings
        self._cluster: Any = None
        try:
            if scheduler is None:
                self._cluster = dask.LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
                )
            self._client: Any = dask.Client(scheduler or self._cluster, set_as_default=False, timeout="20s")
        except OSError as error:
            self._settings.__exit__(None, None, None)
            raise OutputError(
                f"no Dask scheduler answers at {scheduler}", hint="check the address, and that it is running"
            ) from error

    def outcomes(
        self, function: Callable[[Any], Any], tasks: Iterable[Any], *, ahead: int | None = None
    ) -> Iterator[tuple[Any, Any]]:
        """Run the tasks; Dask itself gives the task of a dead worker to another, and gives up after some."""
        import distributed

        dask: Any = distributed
        todo = iter(tasks)
        most = ahead or _AHEAD * max(1, len(self._client.nthreads()))
        flying = {}
        for task in islice(todo, most):
            future = self._client.submit(function, task, pure=False)
            flying[future] = task
        running = dask.as_completed(list(flying), loop=self._client.loop)
        for future in running:
            task = flying.pop(future)
            yield task, self._outcome(future)
            for following in islice(todo, 1):
                new = self._client.submit(function, following, pure=False)
                flying[new] = following
                running.add(new)

    def _outcome(self, future: Any) -> Any:
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        try:
            return future.result()
        except KilledWorker:
            return Lost("died")
        except MemoryError:
            return Lost("memory")
        except (CancelledError, CommClosedError, OSError) as error:
            raise OutputError(
                f"the Dask scheduler at {self._address} is gone ({error})",
                hint="start it and give the same command again; with a work_dir, finished batches are kept",
            ) from error

    def one_aside(self) -> AbstractContextManager[None]:
        """Workers of a cluster are counted without the process that asks them."""
        return nullcontext()

    def rest(self) -> None:
        """Workers of a cluster stay: they are there for others too, or cost seconds to begin."""

    def close(self) -> None:
        """Leave the cluster, and end it where it is our own."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()
        self._settings.__exit__(None, None, None)
