"""A cluster of dask.distributed: reached, looked over, and waited for, with one clear error where that fails.

Scheduling, transport and retries are dask's. Whoever can send tasks to a scheduler can run any code on its
workers: keep clusters on trusted networks, or use ``tls://`` with the certificates that dask's configuration names.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from corpus.errors import CitespanError, ClusterError
from index.data.format import FORMAT
from index.data.origin import version

if TYPE_CHECKING:
    from distributed import Client, Future

RETRIES = 2
"""How often a task that raises an error is tried again. One whose worker dies is dask's (``allowed-failures``)."""

_PATIENCE = 5.0  # seconds in which a scheduler must answer
_JOINING = 10.0  # seconds in which a first worker must join
_LOOK = 20.0  # seconds between looks at whether there is still a worker
_GONE = "the scheduler went away or was restarted; see that it runs, and try again"
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ucx|ws|wss)://)?[^/\s]+:(\d{1,5})")


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """A client of the scheduler at an address (``tcp://host:8786``) that has workers with this citespan.

    Raises ClusterError, within seconds, where the address is none, no scheduler answers there, no worker joins, or
    a worker has another citespan or none.
    """
    client = _client(address)
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL)  # a scheduler that goes away is told of by an error, not by tracebacks too
    try:
        _look_over(client, address)
        yield client
    finally:
        client.close(timeout=_PATIENCE)
        log.setLevel(level)


def lanes(client: Client) -> int:
    """How many tasks the workers can run at once."""
    return max(1, sum(_workers(client).values()))


def as_done(client: Client, futures: Sequence[Future]) -> Iterator[Future]:
    """Each task when it is done, whatever came of it; raises ClusterError where no worker is left to do it."""
    from concurrent.futures import CancelledError

    from distributed import TimeoutError, wait

    left = list(futures)
    while left:
        try:
            with client.as_current():
                done = wait(left, timeout=_LOOK, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            if not _workers(client):
                raise ClusterError("no worker is left; start some (dask worker ADDRESS) and try again") from None
            continue
        except CancelledError as error:
            raise ClusterError(_GONE) from error
        ready = [future for future in left if future in done]
        left = [future for future in left if future not in done]
        while ready:  # none is kept here that is not asked for any more
            yield ready.pop(0)


def outcome(client: Client, future: Future) -> Any:
    """The result of a task; raises its own CitespanError, and a ClusterError for whatever else stopped it."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker

    for _ in as_done(client, [future]):
        pass
    try:
        return future.result()
    except CitespanError:
        raise
    except KilledWorker as error:
        raise ClusterError(
            f"the cluster gave up on a task, whose workers died one after the other ({error}); where they ran out of "
            "memory, give them more, or build with more shards: --shards N"
        ) from error
    except MemoryError as error:
        raise ClusterError("a worker ran out of memory; build with more shards: --shards N") from error
    except CancelledError as error:
        raise ClusterError(_GONE) from error
    except Exception as error:
        raise ClusterError(f"a worker failed ({type(error).__name__}: {error})") from error


def _workers(client: Client) -> dict[str, int]:
    """How many tasks each worker can run at once."""
    try:
        threads: dict[str, int] = client.nthreads()
    except OSError as error:  # of a connection
        raise ClusterError(_GONE) from error
    return threads


def _client(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError(
            "a cluster needs dask.distributed; install it with: pip install 'citespan[cluster]'"
        ) from None
    found = _ADDRESS.fullmatch(address)
    if not found or int(found[1]) > 65535:
        raise ClusterError(
            f"{address!r} is no address of a scheduler; expected one like tcp://host:8786, "
            "as `dask scheduler` prints when it starts"
        )
    started: list[Client | Exception] = []

    def start() -> None:
        try:
            started.append(Client(address, timeout=_PATIENCE, set_as_default=False, name="citespan"))
        except Exception as error:  # noqa: BLE001 - it is raised below, in the thread that asked
            started.append(error)

    # In a thread of its own: a server of another kind can keep the client waiting for ever.
    thread = Thread(target=start, daemon=True)
    thread.start()
    thread.join(_PATIENCE + 2)
    client = started[0] if started else TimeoutError("something else than a scheduler answers")
    if isinstance(client, Exception):
        raise ClusterError(
            f"{address}: no scheduler answers there ({client}); start one with `dask scheduler`, and give the address "
            "that it prints"
        ) from client
    return client


def _look_over(client: Client, address: str) -> None:
    """Raises ClusterError unless there are workers, all with this citespan."""
    try:
        client.wait_for_workers(1, timeout=_JOINING)
    except TimeoutError:
        raise ClusterError(
            f"{address}: the scheduler has no worker, and none joined within {_JOINING:g} s; "
            f"start some with `dask worker {address}`"
        ) from None
    ours = _this()
    for worker, theirs in sorted(client.run(_this, on_error="return").items()):
        if isinstance(theirs, ImportError):
            raise ClusterError(
                f"worker {worker}: cannot import citespan ({theirs}); install the same version of citespan there"
            )
        if theirs != ours:
            raise ClusterError(
                f"worker {worker}: has citespan {theirs}, and this is {ours} (version, format of the index); "
                "install the same version there"
            )


def _this() -> tuple[str, int]:
    return version(), FORMAT
