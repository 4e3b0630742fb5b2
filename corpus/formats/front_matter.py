"""The block at the head of a Markdown file that says its title and more: YAML, TOML or JSON."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

_END_OF_LINE = r"[ \t]*(?:\r\n|\n|\r|\Z)"
# The line after the opening "---" must not be blank, or it is a thematic break (Pandoc, yaml_metadata_block).
# Atomic groups: a line end of two characters must not be tried as two line ends, again and again.
_YAML = re.compile(
    "---[ \t]*(?>\r\n|\n|\r)(?![ \t]*[\r\n])"
    "(?P<inner>(?:(?!(?:---|\\.\\.\\.)[ \t]*(?:[\r\n]|\\Z))(?>[^\r\n]*)(?>\r\n|\n|\r))*)"
    f"(?:---|\\.\\.\\.){_END_OF_LINE}"
)
_TOML = re.compile(
    "\\+\\+\\+[ \t]*(?>\r\n|\n|\r)(?P<inner>(?:(?!\\+\\+\\+[ \t]*(?:[\r\n]|\\Z))(?>[^\r\n]*)(?>\r\n|\n|\r))*)"
    f"\\+\\+\\+{_END_OF_LINE}"
)
# A mapping in YAML: its first line, after comments, begins with a key.
_MAPPING = re.compile("(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*[\\w\"'$@][^\r\n]*?:[ \t\r\n]")
_TOML_MAPPING = re.compile("(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*(?:[\\w\"'.-]+[ \t]*=|\\[)")
_TOML_TITLE = re.compile("(?:^|[\r\n])title[ \t]*=[ \t]*([\"'])([^\r\n]*?)\\1")
_YAML_PAIR = re.compile("(?P<quote>[\"']?)(?P<key>[\\w$@][^\"'\r\n]*?)(?P=quote)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
# What may begin a value that is no plain text.
_NO_TEXT = ("|", ">", "[", "{", "&", "*", "!")
_MOST_PAIRS = 200
_LONGEST_VALUE = 1000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a file says of itself: its title, "" if none, and all names with their values; where its text begins."""

    title: str
    metadata: tuple[tuple[str, str], ...]
    end: int


def front_matter(text: str, start: int = 0) -> FrontMatter | None:
    """Return the front matter that begins at a place of a text, None where there is none.

    >>> front_matter('---\\ntitle: Tea\\ntags: [hot, green]\\n---\\nText.')
    FrontMatter(title='Tea', metadata=(('title', 'Tea'), ('tags', 'hot, green')), end=38)
    """
    if found := _YAML.match(text, start):
        inner = found["inner"]
        if inner and not _MAPPING.match(inner):
            return None
        pairs = _yaml_pairs(inner.splitlines())
        return _made(pairs, next((value for key, value, plain in pairs if key.lower() == "title" and plain), ""), found)
    if found := _TOML.match(text, start):
        return _toml(found)
    if re.compile("\\{[ \t]*[\r\n]").match(text, start):
        return _json(text, start)
    return None


def stated(data: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The names and values of a mapping as metadata: a list as its items with commas, a mapping under joined names.

    >>> stated({"tags": ["hot", "green"], "draft": True, "seen": {"year": 2024}, "note": None})
    (('tags', 'hot, green'), ('draft', 'true'), ('seen.year', '2024'))
    """
    return _kept(_flat(data))


def _kept(pairs: Iterable[tuple[str, str, bool]]) -> tuple[tuple[str, str], ...]:
    """The first pairs that have a value, each as long as metadata may be."""
    return tuple((key, value[:_LONGEST_VALUE]) for key, value, _ in islice(pairs, _MOST_PAIRS) if key and value.strip())


def _made(pairs: list[tuple[str, str, bool]], title: str, found: re.Match[str]) -> FrontMatter:
    return FrontMatter(title, _kept(pairs), found.end())


def _toml(found: re.Match[str]) -> FrontMatter | None:
    inner = found["inner"]
    if inner.strip() and not _TOML_MAPPING.match(inner):
        return None
    try:
        data = tomllib.loads(inner.replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError:
        title = _TOML_TITLE.search(inner)
        return FrontMatter(title[2].strip() if title else "", (), found.end())
    title = data.get("title")
    return _made(list(_flat(data)), title.strip() if isinstance(title, str) else "", found)


def _json(text: str, start: int) -> FrontMatter | None:
    try:
        data, end = json.JSONDecoder().raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    title = data.get("title") if isinstance(data, dict) else None
    if not isinstance(title, str) or not (found := re.compile(_END_OF_LINE).match(text, end)):
        return None
    return _made(list(_flat(data)), title.strip(), found)


def _flat(data: dict[str, Any], above: str = "") -> Iterator[tuple[str, str, bool]]:
    """The names and values of a mapping, those of mappings inside it under names joined by stops."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{key}.")
        elif isinstance(value, list):
            yield f"{above}{key}", ", ".join(_spelt(item) for item in value if item is not None), False
        elif value is not None:
            yield f"{above}{key}", _spelt(value), isinstance(value, str)


def _spelt(value: Any) -> str:
    """A value as YAML and JSON would spell it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _yaml_pairs(lines: list[str]) -> list[tuple[str, str, bool]]:
    """The names and values of YAML, as far as front matter needs it, and whether each is a plain text."""
    pairs: list[tuple[str, str, bool]] = []
    for line in lines:
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        pair = _YAML_PAIR.match(stripped) if line[0] not in " \t-" else None
        if pair:
            value = (pair["value"] or "").strip()
            plain = bool(value) and not value.startswith(_NO_TEXT)
            pairs.append((pair["key"].strip(), _yaml_value(value), plain))
        elif pairs:
            key, value, plain = pairs[-1]
            item = _yaml_value(stripped.removeprefix("- "))
            joint = ", " if stripped.startswith("- ") else " "
            pairs[-1] = key, f"{value}{joint}{item}" if value else item, plain
    return pairs


def _yaml_value(value: str) -> str:
    """A value as text: without quotes, remarks and the brackets of a list."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(item.strip().strip("\"'") for item in value[1:-1].split(",") if item.strip())
    if value.startswith(_NO_TEXT):
        return ""
    quoted = re.match(r"([\"'])(.*?)\1\s+#", value)
    return quoted[2].strip() if quoted else value.split(" #", 1)[0].strip()
