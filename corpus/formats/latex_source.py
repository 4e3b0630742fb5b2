"""The source of a LaTeX file made ready: comments gone, verbatim parts held, groups and macros found."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_VERBATIM = re.compile(
    r"\\begin\{(?P<kind>verbatim\*?|Verbatim|lstlisting|minted|alltt|comment|filecontents\*?)\}"
    r"(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})?[ \t]*\n?"
)
_VERB = re.compile(r"\\(?:verb\*?|lstinline(?:\[[^\]\n]*\])?)(?P<sign>[^\sA-Za-z*{\[])(?P<body>[^\n]*?)(?P=sign)")
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%([^\n]*)(?:\n[ \t]*(?!\n))?")
_FALSE = re.compile(r"\\iffalse\b.*?\\fi\b", re.DOTALL)
_MACRO = re.compile(r"\\(?:re)?newcommand\*?\s*\{?\\([A-Za-z]+)\}?\s*(?:\[(\d)\])?\s*(?:\[([^\]]*)\])?\s*(?=\{)")
_PLAIN = re.compile(r"\\def\s*\\([A-Za-z]+)\s*(?=\{)")
_THEOREM = re.compile(r"\\newtheorem\*?\s*\{([A-Za-z*]+)\}\s*(?:\[[^\]]*\])?\s*\{([^{}\n]+)\}")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_LONGEST = 200_000  # characters of one argument
_SPARE, _EXPANDED = 50_000, 4
HOLDER = "\ue000{0}\ue001"


class LatexSource:
    """The text of a file without its comments; ``held`` are its verbatim parts, ``macros`` what it defines."""

    def __init__(self, text: str, drop: Callable[[str, str], None]) -> None:
        self.held: list[tuple[str, str]] = []
        self.macros: dict[str, tuple[int, str | None, str]] = {}
        self.theorems: dict[str, str] = {}
        self._drop = drop
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        for sign in "\ue000\ue001\ue003\ue004":
            text = text.replace(sign, "")
        text = self._without_verbatim(text)
        text = _VERB.sub(lambda found: self._hold("verb", found["body"]), text)
        text = _COMMENT.sub(self._comment, text)
        if "\\iffalse" in text and "\\fi" in text:
            text = _FALSE.sub(self._false, text)
        self.text = text
        self.room = _SPARE + _EXPANDED * len(text)  # characters that macros may yet put into the text
        self._define()

    def _without_verbatim(self, text: str) -> str:
        """The text with its verbatim environments held."""
        pieces: list[str] = []
        absent: set[str] = set()
        place = 0
        for found in _VERBATIM.finditer(text):
            kind, line = found["kind"], text.rfind("\n", 0, found.start()) + 1
            in_comment = re.search(r"(?<!\\)%", text[max(line, found.start() - 500) : found.start()])
            if found.start() < place or kind in absent or in_comment:
                continue
            closer = f"\\end{{{kind}}}"
            end = text.find(closer, found.end())
            if end < 0:
                absent.add(kind)
                continue
            pieces += [text[place : found.start()], self._verbatim(kind, text[found.end() : end])]
            place = end + len(closer)
        return "".join([*pieces, text[place:]])

    def _verbatim(self, kind: str, body: str) -> str:
        if kind.startswith(("comment", "filecontents")):
            self._drop("comment" if kind == "comment" else "included file", body)
            return ""
        return self._hold("block", body.rstrip())

    def _hold(self, kind: str, body: str) -> str:
        self.held.append((kind, body))
        return HOLDER.format(len(self.held) - 1)

    def _comment(self, found: re.Match[str]) -> str:
        self._drop("comment", found[2])
        return found[1]

    def _false(self, found: re.Match[str]) -> str:
        self._drop("excluded", found[0])
        return ""

    def _define(self) -> None:
        """Read what the file defines."""
        for pattern in (_MACRO, _PLAIN):
            for found in pattern.finditer(self.text):
                body, _ = group(self.text, found.end())
                count = int(found[2] or 0) if pattern is _MACRO else 0
                default = found[3] if pattern is _MACRO else None
                calls_itself = re.search(rf"\\{found[1]}(?![A-Za-z])", body)
                if len(body) < 2000 and len(self.macros) < 500 and not calls_itself:
                    self.macros[found[1]] = count, default, body
        self.theorems = {name: shown for name, shown in _THEOREM.findall(self.text)}

    def parts(self) -> tuple[str, str, str]:
        """The preamble, the body, and what comes after it; without the mark of a body, all is."""
        before, begin, rest = self.text.partition("\\begin{document}")
        if not begin:
            return "", self.text, ""
        body, _, after = rest.partition("\\end{document}")
        return before, body, after


def group(text: str, place: int) -> tuple[str, int]:
    """Return what stands in the braces that open at a place, and the place after them.

    Without a brace there, it is the next sign or command; braces that are never closed go on to the end of the line.

    >>> group("{a{b}} c", 0), group("x y", 0)
    (('a{b}', 6), ('x', 1))
    """
    while place < len(text) and text[place] in " \t\n":
        place += 1
    if place >= len(text):
        return "", place
    if text[place] != "{":
        single = re.compile(r"\\[A-Za-z]+|\\.|[^\\]", re.DOTALL).match(text, place)
        return (single[0], single.end()) if single else ("", place + 1)
    closing = _closings(text).get(place, len(text))
    if closing - place < _LONGEST and closing < len(text):
        return text[place + 1 : closing], closing + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return text[place + 1 : end], end


@lru_cache(maxsize=64)
def _closings(text: str) -> dict[int, int]:
    """Where each brace of a text that is ever closed is closed, found in one go: commands ask again and again."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            opened.append(brace.start())
        elif brace[0] == "}" and opened:
            found[opened.pop()] = brace.start()
    return found


def option(text: str, place: int) -> tuple[str | None, int]:
    """Return what stands in the brackets that open at a place, None where none do, and the place after them."""
    start = place
    while start < len(text) and text[start] in " \t":
        start += 1
    if text[start : start + 1] != "[":
        return None, place
    depth = 0
    for found in re.compile(r"\\.|[{}\]]", re.DOTALL).finditer(text, start + 1, min(len(text), start + 1000)):
        if found[0] == "]" and depth == 0:
            return text[start + 1 : found.start()], found.end()
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth < 0:
            break
    return None, place
