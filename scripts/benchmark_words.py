"""The words that the compared rankings look for, where they have no analysis of their own, and those they drop."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import Path

_WORD = re.compile(r"\w+")


def words_of(text: str, dropped: Collection[str] = ()) -> list[str]:
    """The words of a text in lower case without those dropped, for peers that have no analysis of their own."""
    return [word for word in _WORD.findall(text.lower()) if word not in dropped]


def stop_words() -> frozenset[str]:
    """The stop words of citespan."""
    from index.terms.analysis import STOP_WORDS

    return STOP_WORDS


def write_stop_words(folder: Path) -> None:
    """Makes the folder, with citespan's stop words in it, so that opening it needs nothing of citespan."""
    folder.mkdir()
    (folder / "stop-words.json").write_text(json.dumps(sorted(stop_words())), encoding="utf-8")


def read_stop_words(folder: Path) -> frozenset[str]:
    """The stop words of a folder."""
    return frozenset(json.loads((folder / "stop-words.json").read_text(encoding="utf-8")))
