"""What the directives of reStructuredText and Sphinx put into the text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from corpus.formats.blocks import DEEPEST, Blocks, dedented, indent_of
from corpus.formats.rst_inline import RstInline

_OPTION = re.compile(r":([\w-]+):(?: +|\Z)")
_BULLET = re.compile(r"[-*+] +|[-*+]\Z")

_VERBATIM = frozenset(
    ("code", "code-block", "sourcecode", "parsed-literal", "math", "productionlist", "prompt", "ipython")
)
_GONE = {
    "comment": "contents toctree index meta sectnum header footer highlight role default-role currentmodule module "
    "py:module py:currentmodule program target-notes tabularcolumns title restructuredtext-test-directive",
    "raw": "raw",
    "picture": "image graphviz digraph graph inheritance-diagram plot mermaid uml video youtube",
    "included file": "include literalinclude",
    "to do": "todo todolist",
    "generated": "automodule autoclass autofunction automethod autoattribute autodata autoexception autosummary "
    "automodsumm argparse click program-output bibliography",
}
_LEFT_OUT = {name: kind for kind, names in _GONE.items() for name in names.split()}
_VERSIONS = {
    "versionadded": "Added in version",
    "versionchanged": "Changed in version",
    "deprecated": "Deprecated since version",
    "versionremoved": "Removed in version",
}
_ADMONITIONS = frozenset("attention caution danger error hint important note tip warning".split())  # noqa: SIM905
_BARE = frozenset("epigraph highlights pull-quote compound container class only centered seealso glossary".split())  # noqa: SIM905

Read = Callable[..., None]


class Directives:
    """Writes what a directive stands for; ``read`` writes the blocks of its body."""

    def __init__(self, blocks: Blocks, inline: RstInline, read: Read) -> None:
        self._blocks, self._inline, self._read = blocks, inline, read

    def write(self, name: str, argument: str, body: list[str], depth: int) -> None:
        """Write a directive."""
        lines = dedented(body)
        more, options, lines = _parts(lines, follows=bool(body and body[0].strip()))
        argument = "\n".join([argument.strip(), *more]).strip()
        if name in _LEFT_OUT:
            self._blocks.drop(_LEFT_OUT[name], "\n".join([f"{name} {argument}".strip(), *lines]))
        elif name in _VERBATIM:
            text = [argument] if name in ("math", "productionlist") and argument else []
            self._blocks.inside(depth, "\n".join(dedented([*text, *lines])))
        elif name in ("csv-table", "list-table", "table"):
            self._table(name, argument, options, lines, depth)
        elif name in _VERSIONS and argument:
            version, *rest = argument.split(maxsplit=1)
            words = "".join(rest)
            self._blocks.inside(depth, self._inline.text(f"{_VERSIONS[name]} {version}{': ' if words else ''}{words}"))
            self._deeper(lines, depth)
        elif name in _ADMONITIONS or name in _BARE:
            kept = name not in ("class", "container", "only")
            self._deeper([argument, "", *lines] if argument and kept else lines, depth)
        elif name == "figure":
            self._blocks.drop("picture", f"{argument} {options.get('alt', '')}")
            self._deeper(lines, depth)
        else:
            if argument:
                self._blocks.inside(depth, self._inline.text(argument))
            self._deeper(lines, depth)

    def _deeper(self, lines: list[str], depth: int) -> None:
        if depth < DEEPEST:
            self._read(lines, depth)
        else:
            self._blocks.inside(depth, "\n".join(lines))

    def _table(self, name: str, title: str, options: dict[str, str], lines: list[str], depth: int) -> None:
        if title:
            self._blocks.inside(depth, self._inline.text(title))
        if name == "table":
            self._deeper(lines, depth)
            return
        count = options.get("header-rows", "0")
        heads = int(count) if count.isdigit() and len(count) < 4 else 0
        if name == "list-table":
            rows = _listed(lines)
        else:
            signs = {"tab": "\t", "space": " "}
            sign = signs.get(options.get("delim", ","), options.get("delim", ","))[:1] or ","
            head = options.get("header")
            heads += head is not None
            text = "\n".join([*([head] if head is not None else []), *lines])
            try:
                rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, skipinitialspace=True))
            except (csv.Error, ValueError, TypeError):
                rows = [[line] for line in lines]
            if options.get("file") or options.get("url"):
                self._blocks.drop("included file", options.get("file") or options.get("url") or "")
        self._blocks.table([[self._inline.text(cell) for cell in row] for row in rows], heads=heads, depth=depth)


def _parts(lines: list[str], *, follows: bool) -> tuple[list[str], dict[str, str], list[str]]:
    """The lines of the argument that follow the first, the options by name, and the content."""
    place = 0
    more: list[str] = []
    options: dict[str, str] = {}
    if follows:
        while place < len(lines) and lines[place].strip() and not _OPTION.match(lines[place]):
            place += 1
        if place < len(lines) and lines[place].strip():
            more = lines[:place]  # the options come after it
        else:
            return lines[:place], {}, lines[place:]
        last = ""
        while place < len(lines) and lines[place].strip():
            found = _OPTION.match(lines[place])
            if found:
                last = found[1]
                options[last] = lines[place][found.end() :].strip()
            elif last and indent_of(lines[place]):
                options[last] += f"\n{lines[place].strip()}"
            else:
                break
            place += 1
    return more, options, lines[place:]


def _listed(lines: Sequence[str]) -> list[list[str]]:
    """The rows of a table that is a list of lists."""
    rows: list[list[str]] = []
    for line in lines:
        outer = _BULLET.match(line)
        rest = line
        if outer:
            rows.append([])
            rest = " " * outer.end() + line[outer.end() :]
        inner = _BULLET.match(rest.lstrip()) if rows else None
        if inner and (outer or indent_of(rest) <= 4):
            rows[-1].append(rest.lstrip()[inner.end() :].strip())
        elif rows and rows[-1] and rest.strip():
            rows[-1][-1] += f" {rest.strip()}"
    return rows
