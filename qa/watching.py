"""Keeps an index up with its files while they change, here or in a process beside a service.

It looks at the files every few seconds, which needs nothing installed and sees changes on network shares and mounted
folders too, where systems do not tell of them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import CitespanError, IndexFolderError
from corpus.paths import shown
from index.folder.layout import stamp
from index.updating.appearance import Appearance, appearance
from qa.updating import update
from qa.wording import printable

if TYPE_CHECKING:
    from corpus.skipped import SkippedFile
    from index.data.format import Stamp
    from index.data.origin import Origin
    from index.updating.changes import Changes

EVERY = 2.0
"""Seconds between two looks, unless told otherwise."""

_RESTLESS = 5  # looks: a file that never rests is read all the same
_LONGEST = 60.0  # seconds between two tries that fail

Say = Callable[[str], None]


class Watch:
    """Looks at the files of an index folder and brings it up to date once they have changed and rest.

    ``round`` brings the index up to date; what it raises is said, once, and it is tried again when the files change,
    and without that ever less often.
    """

    def __init__(self, folder: str, round: Callable[[], None], *, every: float = EVERY, say: Say) -> None:
        self._folder = folder
        self._round = round
        self._every = every
        self._say = say
        self._origin: tuple[Stamp | None, Origin] | None = None
        self._done: Appearance | None = None  # as of the last update
        self._before: Appearance | None = None  # as of the last look
        self._restless = 0
        self._failed: Appearance | None = None  # as of the last update that failed, which is not tried again until
        self._due, self._pause = 0.0, every
        self._said: str | None = None

    def run(self) -> None:
        """Looks until it is interrupted."""
        while True:
            time.sleep(self._every)
            self.look()

    def look(self) -> None:
        """Looks once, and has the index updated where there is something to do."""
        try:
            now = appearance(self._opened())
            if now == self._done:
                self._said = None
                return
            if now == self._failed and time.monotonic() < self._due:
                return
            rests = now == self._before or self._restless >= _RESTLESS
            self._before, self._restless = now, 0 if rests else self._restless + 1
            if rests:
                self._update(now)
        except (CitespanError, OSError, MemoryError) as error:
            message = "out of memory" if isinstance(error, MemoryError) else str(error)
            if message != self._said:
                self._say(f"not updated, and looked at again: {message}")
            self._said = message

    def _update(self, now: Appearance) -> None:
        self._failed, self._due = now, time.monotonic() + self._pause
        self._pause = min(2 * self._pause, _LONGEST)
        self._round()
        self._done, self._failed, self._pause, self._said = now, None, self._every, None

    def _opened(self) -> Origin:
        """The origin of the index, read again where the folder was replaced."""
        from index.folder.storage import open_index

        found = stamp(self._folder)
        if self._origin is None or found is None or found != self._origin[0]:
            origin = open_index(self._folder).origin
            if origin is None or not origin.roots:
                raise IndexFolderError(f"{self._folder}: was not built from files, so there is nothing to watch")
            self._origin = found, origin
        return self._origin[1]


class Rounds:
    """The rounds of a watch: each updates the folder, and ``done`` is told of those that changed something.

    What is left out is told when it first is.
    """

    def __init__(self, folder: str, *, done: Callable[[Changes], None], skipped: Callable[[SkippedFile], None]) -> None:
        self._folder = folder
        self._done = done
        self._skipped = skipped
        self.told: set[SkippedFile] = set()

    def __call__(self) -> None:
        """One round."""
        found: list[SkippedFile] = []
        changes = update(self._folder, on_skip=found.append)
        for file in found:
            if file not in self.told:
                self._skipped(file)
        self.told = set(found)
        if changes.added or changes.changed or changes.removed or changes.rebuilt:
            self._done(changes)


@contextmanager
def beside(folder: str, *, every: float = EVERY, say: Say) -> Iterator[None]:
    """A process that keeps an index folder up with its files for as long as the context is open.

    It is a process of its own so that reading files does not slow answers down, and one for all workers of a service.
    It ends with the process that started it, however that ends, and is started again if it ends before.
    """
    package = Path(__file__).resolve().parents[1]
    path = os.pathsep.join([str(package), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-P", "-m", "qa.watching", folder, str(every)]
    start = partial(subprocess.Popen, command, stdin=subprocess.PIPE, stdout=2, env={**os.environ, "PYTHONPATH": path})
    ending = threading.Event()
    running = [start()]

    def keep() -> None:
        """Starts it again when it has ended too soon."""
        while True:
            code = running[-1].wait()
            if ending.is_set():
                return
            running[-1].communicate()
            say(f"the process that watches the files of {folder} ended ({code}); another is started")
            if ending.wait(5 * every):
                return
            running.append(start())

    thread = threading.Thread(target=keep, name="watching", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ending.set()
        with suppress(OSError):
            if running[-1].stdin is not None:
                running[-1].stdin.close()  # tells it to end
        try:
            running[-1].wait(timeout=10)
        except subprocess.TimeoutExpired:
            running[-1].kill()  # leaves the old index whole
        thread.join(timeout=5)


def main() -> None:
    """Watches the folder named until stdin ends or it is interrupted; tells what happens on stderr."""
    folder, every = sys.argv[1], float(sys.argv[2])

    def say(message: str) -> None:
        with suppress(OSError):
            sys.stderr.write(f"qa: {printable(message)}\n")
            sys.stderr.flush()

    def end() -> None:
        """Interrupts the watch when the process that started it is gone."""
        sys.stdin.buffer.read()
        signal.raise_signal(signal.SIGINT)

    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    threading.Thread(target=end, daemon=True).start()
    rounds = Rounds(
        folder,
        done=lambda changes: say(f"{folder}: {changes.summary()}"),
        skipped=lambda file: say(f"{'' if file.replaced else 'skipped '}{shown(f'{file.path}: {file.cause}')}"),
    )
    with suppress(KeyboardInterrupt):
        Watch(folder, rounds, every=every, say=say).run()


if __name__ == "__main__":
    main()
