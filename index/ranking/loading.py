"""Compiled loops that an index loads by itself, once so many questions were asked that it pays."""

from __future__ import annotations

from threading import Thread, main_thread

from index.ranking.search import Index

_MANY = 1000  # questions: numpy takes about the second longer for them that the compiled loops take to load


class Loading:
    """Counts the questions asked of an index one by one; at ``many`` of them it loads the compiled loops.

    They load in a thread of their own while numpy goes on ranking, so no question waits for them.
    """

    def __init__(self, many: int | None = None) -> None:
        self._left = _MANY if many is None else many

    def asked(self, index: Index) -> None:
        """Takes down one more question, asked of that index."""
        left = self._left - 1  # threads may miss a question, but one of them gets to 0
        self._left = left
        if left == 0:
            Thread(target=_load, args=(index,), name="compiled ranking").start()


def _load(index: Index) -> None:
    if main_thread().is_alive():  # a program that ends has no use for them
        index.load_compiled()
