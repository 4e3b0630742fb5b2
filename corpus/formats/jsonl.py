"""JSON lines: one document a line, with ``title`` and ``text`` and, if given, ``id`` and ``url``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.contents import Content, LargeFile
from corpus.documents import Document
from corpus.encodings import LineDecoder, decode, is_marked, is_plain_utf8, refuse_binary
from corpus.errors import SourceError
from corpus.formats.base import id_of, slug
from corpus.formats.wiki import parse
from corpus.skipped import OnSkip, SkippedFile
from corpus.whitespace import BYTE_ORDER_MARK, WHITE_SPACE

# Halves of a surrogate pair, which JSON can spell out alone but no encoding can write.
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPES = ("\\ud", "\\uD")


def read(data: Content, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the documents of a file of JSON lines, one a line."""
    stem = id_of(source)
    for number, line in enumerate(_lines(data, source, on_skip), 1):
        if not line.strip(WHITE_SPACE):
            continue
        place = f"{source}:{number}"
        try:
            yield _document(_row(line), place, stem, number)
        except RecursionError:
            on_skip(SkippedFile(place, "is nested too deeply to be a document"))
        except json.JSONDecodeError as error:
            on_skip(SkippedFile(place, f"is not JSON: {error.msg} at column {error.colno}; expected one object a line"))
        except ValueError as error:
            on_skip(SkippedFile(place, str(error)))


def _lines(data: Content, source: str, on_skip: OnSkip) -> Iterator[str]:
    """The lines of the text, each decoded by itself, so that a bad byte harms no other line."""
    beginning = next(data.blocks(), b"") if isinstance(data, LargeFile) else data
    refuse_binary(beginning, source)
    if is_marked(beginning):
        whole = data.whole() if isinstance(data, LargeFile) else data
        yield from decode(whole, source, on_skip=on_skip).removeprefix(BYTE_ORDER_MARK).split("\n")
        return

    def lines() -> Iterable[bytes]:
        return data.lines() if isinstance(data, LargeFile) else data.split(b"\n")

    plain = data.plain_utf8 if isinstance(data, LargeFile) else is_plain_utf8([data])
    decoder = None if plain else LineDecoder.of(lines())
    for number, line in enumerate(lines(), 1):
        try:
            place = f"{source}:{number}"
            text = decoder.decode(line, place, on_skip) if decoder is not None else line.decode("utf-8")
        except UnicodeDecodeError as error:
            raise SourceError(f"{source}: has changed while it was read; index it again") from error
        yield text.removeprefix(BYTE_ORDER_MARK) if number == 1 else text


def _row(line: str) -> Any:
    """What a line of JSON says, with a replacement character in the place of each half of a surrogate pair."""
    row = json.loads(line)
    if isinstance(row, dict) and any(escape in line for escape in _SURROGATE_ESCAPES):
        row = {
            name: _LONE_SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value
            for name, value in row.items()
        }
    return row


def _document(row: Any, place: str, stem: str, number: int) -> Document:
    """The document of one parsed line; a ValueError says what is wrong with it."""
    if not isinstance(row, dict):
        raise ValueError(f"is {_kind(row)}; expected an object with the fields title and text")
    text = _field(row, "text", required=True)
    if not text.strip(WHITE_SPACE):
        raise ValueError('its field "text" is empty')
    title = _field(row, "title").strip(WHITE_SPACE)
    url = _field(row, "url").strip(WHITE_SPACE)
    id = _field(row, "id").strip(WHITE_SPACE) or (slug(title) if title else f"{stem}-{number}")
    document = parse(text, id=id, title=title or f"{stem} {number}", source=url or place)
    if not document.sections:
        raise ValueError('its field "text" holds headings and no text under them')
    return document


def _field(row: dict[str, Any], name: str, *, required: bool = False) -> str:
    """A field as a string; a number is spelt out, and null is the same as no field."""
    value = row.get(name)
    if value is None and not required:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool) and not required:
        return str(value)
    if not isinstance(value, str):
        if name not in row:
            raise ValueError(f'has no field "{name}" (fields seen: {", ".join(sorted(row)) or "none"})')
        raise ValueError(f'its field "{name}" is {_kind(value)}; expected a string')
    return value


def _kind(value: Any) -> str:
    """What a JSON value is called."""
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
