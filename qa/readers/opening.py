"""The list of readers: each is opened by its name, once, and its own requirements are imported only then."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from corpus.errors import SettingError
from qa.readers.base import Reader


def _lexical() -> Reader:
    from qa.readers.lexical import LexicalReader

    return LexicalReader.open()


def _neural() -> Reader:
    from qa.readers.neural import NeuralReader

    return NeuralReader()


READERS: Final[dict[str, Callable[[], Reader]]] = {"lexical": _lexical, "neural": _neural}
DEFAULT_READER: Final = "neural"


@lru_cache
def load_reader(name: str = DEFAULT_READER) -> Reader:
    """The reader of that name, ready to read; every engine shares it.

    Raises SettingError where there is none of that name, ModelError where its files cannot be read.

    >>> load_reader("lexical").name
    'lexical'
    """
    if name not in READERS:
        raise SettingError(f"reader {name!r} is not known; expected one of: {', '.join(sorted(READERS))}")
    return READERS[name]()
