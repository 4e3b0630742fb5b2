"""What tests of several packages share: a cluster of two processes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

_PATIENCE = 20.0  # seconds; on a busy machine dask gives up on a worker that it starts again


@pytest.fixture(scope="session")
def _clusters() -> Iterator[Callable[[], Any]]:
    """Starts a cluster in place of the one before."""
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed: citespan[cluster]")
    import dask

    # Who asks a worker that was just killed for what it had goes on asking for so long.
    with dask.config.set({"distributed.comm.timeouts.connect": "3s"}), ExitStack() as stack:

        def start() -> Any:
            stack.close()
            return stack.enter_context(
                distributed.LocalCluster(
                    n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
                )
            )

        yield start


@pytest.fixture(scope="session")
def _running(_clusters: Callable[[], Any]) -> list[Any]:
    return [_clusters()]


@pytest.fixture
def cluster(_running: list[Any], _clusters: Callable[[], Any]) -> Any:
    """A cluster of dask.distributed with two workers, each a process of its own that is started again when it dies."""
    last = time.monotonic() + _PATIENCE
    while not _whole(_running[0]):
        if time.monotonic() > last:
            _running[0] = _clusters()
        time.sleep(0.05)
    return _running[0]


def _whole(cluster: Any) -> bool:
    return len(cluster.scheduler.workers) == 2 and all(nanny.pid for nanny in cluster.workers.values())
