"""The list of readers: each is opened by its name, once, and its own requirements are imported only then."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from corpus.errors import SettingError
from qa.readers.base import Reader


def _lexical(threads: int) -> Reader:  # noqa: ARG001 - it reads in one
    from qa.readers.lexical import LexicalReader

    return LexicalReader.open()


def _neural(threads: int) -> Reader:
    from qa.readers.neural import NeuralReader

    return NeuralReader(threads=threads)


READERS: Final[dict[str, Callable[[int], Reader]]] = {"lexical": _lexical, "neural": _neural}
DEFAULT_READER: Final = "neural"
THREADS: Final = 2
"""How many threads one question is read with; more than two gain little on passages this short."""


def load_reader(name: str = DEFAULT_READER, *, threads: int = THREADS) -> Reader:
    """The reader of that name, ready to read with that many threads; every engine shares it.

    Raises SettingError as ``check_reader`` does, and ModelError where its files cannot be read.

    >>> load_reader("lexical").name
    'lexical'
    """
    check_reader(name, threads)
    return _opened(name, threads)


def check_reader(name: str, threads: int) -> None:
    """Raises SettingError where there is no reader of that name or ``threads`` is below 1."""
    if name not in READERS:
        raise SettingError(f"reader {name!r} is not known; expected one of: {', '.join(sorted(READERS))}")
    if threads < 1:
        raise SettingError(f"threads is {threads}; at least 1 is needed to read")


@lru_cache
def _opened(name: str, threads: int) -> Reader:
    return READERS[name](threads)
