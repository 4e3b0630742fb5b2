"""Runs work on untrusted files in a process of its own, with limits of time and memory: none can end the caller."""

from __future__ import annotations

import atexit
import importlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from corpus import errors
from corpus.bounds import bound
from corpus.errors import CitespanError, SourceError

SECONDS = 60.0
"""How long one file may take to be read, in seconds; ``QA_FILE_SECONDS`` sets another limit."""

MEGABYTES = 2_000
"""How much memory one file may take to be read; ``QA_FILE_MEGABYTES`` sets another limit. Not bounded on Windows."""

Work = Callable[..., tuple[Any, bytes]]
"""What is run: it is given bytes, what messages call them, and options by name; it gives what JSON holds, and bytes."""

_HEADROOM = 600 << 20  # bytes of addresses that Python and the libraries take themselves


def isolated(work: str, data: bytes, source: str, *, seconds: float | None = None, **options: Any) -> tuple[Any, bytes]:
    """What ``work`` ("module:function") gives for bytes, run in another process.

    ``seconds`` bounds it in the place of the usual limit. Raises SourceError, which names ``source``, where it takes
    too long or too much memory or ends its process, and whatever error of citespan's the work raises.
    """
    limit = seconds if seconds is not None else bound("QA_FILE_SECONDS", SECONDS)
    with _LOCK:
        return _room().call(work, data, source, limit, options)


class _Room:
    """The process, started when it is first needed and again after it ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._megabytes = 0.0

    def call(self, work: str, data: bytes, source: str, seconds: float, options: dict[str, Any]) -> tuple[Any, bytes]:
        megabytes = bound("QA_FILE_MEGABYTES", MEGABYTES)
        if self._process is None or self._process.poll() is not None or megabytes != self._megabytes:
            self.close()
            self._start(megabytes)
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            header = {"work": work, "size": len(data), "source": source, "options": options}
            process.stdin.write(json.dumps(header).encode("ascii") + b"\n")
            process.stdin.write(data)
            process.stdin.flush()
            answer = json.loads(process.stdout.readline() or b"null")
            content = process.stdout.read(answer["size"]) if answer else b""
            whole = answer is not None and len(content) == answer["size"]
        except (OSError, ValueError):
            answer, content, whole = None, b"", False
        except BaseException:  # interrupted: what the process says next would be taken for another answer
            self.close()
            raise
        finally:
            timer.cancel()
        if not whole or answer is None:
            self.close()
            raise SourceError(f"{source}: {_ended(late.is_set(), seconds)}")
        if "error" in answer:
            if answer["error"] == "MemoryError":
                self.close()
                raise SourceError(
                    f"{source}: needs more than {megabytes:g} MB of memory to be read; split it, or set "
                    "QA_FILE_MEGABYTES to more"
                )
            raise _error(answer["error"], answer["message"])
        return answer["value"], content

    def _start(self, megabytes: float) -> None:
        path = os.pathsep.join([str(Path(__file__).parents[1]), *(part for part in sys.path if part)])
        self._megabytes = megabytes
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "corpus.isolation", f"{megabytes:g}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )

    def close(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
        process.wait()


def _ended(late: bool, seconds: float) -> str:
    if late:
        return f"takes longer than {seconds:g} s to be read and was given up; split it, or set QA_FILE_SECONDS to more"
    return "cannot be read: it ended the process that read it (it is damaged, or needs too much memory)"


def _error(kind: str, message: str) -> Exception:
    known = getattr(errors, kind, None)
    if isinstance(known, type) and issubclass(known, CitespanError):
        return known(message)
    return RuntimeError(f"{kind}: {message}")


_LOCK = threading.RLock()
_ROOMS: dict[int, _Room] = {}


def _room() -> _Room:
    """The room of this process: a fork must not speak into its parent's."""
    return _ROOMS.setdefault(os.getpid(), _Room())


@atexit.register
def close() -> None:
    """Ends the process, if there is one."""
    _room().close()


def main() -> None:
    """Does what is asked on standard input until that ends."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    _bound(float(sys.argv[1]))
    with suppress(KeyboardInterrupt, BrokenPipeError):
        while line := source.readline():
            _answer(json.loads(line), source, target)


def _answer(header: dict[str, Any], source: IO[bytes], target: IO[bytes]) -> None:
    content = b""
    try:
        data = source.read(header["size"])
        module, _, name = header["work"].partition(":")
        work: Work = getattr(importlib.import_module(module), name)
        value, content = work(data, header["source"], **header["options"])
        answer = {"value": value, "size": len(content)}
    except MemoryError:
        answer, content = {"error": "MemoryError", "message": "", "size": 0}, b""
    except Exception as error:  # noqa: BLE001 -- told to the caller, who raises it
        answer, content = {"error": type(error).__name__, "message": str(error), "size": 0}, b""
    target.write(json.dumps(answer).encode("ascii") + b"\n")
    target.write(content)
    target.flush()


def _bound(megabytes: float) -> None:
    """Bounds the memory of this process."""
    try:
        import resource
    except ImportError:  # Windows
        return
    most = int(megabytes * 1e6) + _HEADROOM
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main()
