"""The inline mark-up of reStructuredText as plain text: emphasis, code, roles, links, substitutions, notes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from corpus.documents import Dropped
from corpus.formats.raised import lowered, raised

_INLINE = re.compile(
    r"\\(?P<escaped>\s|\S)"
    r"|``(?P<literal>(?!\s)(?:[^`]|`(?!`))+?)``"
    r"|(?<![\w`]):(?P<role>[a-zA-Z][\w:+.-]*):`(?P<said>(?:[^`\\]|\\.)+)`_{0,2}"
    r"|(?<![\w`])`(?P<text>(?![\s`])(?:[^`\\]|\\.)+?)`(?::(?P<after>[a-zA-Z][\w:+.-]*):|(?P<link>_{1,2})?)(?!\w)"
    r"|\*\*(?P<strong>(?![\s*])(?:[^*\\]|\\.|\*(?!\*))+?)(?<!\s)\*\*"
    r"|(?<![\w*])\*(?P<emphasis>(?![\s*])(?:[^*\\]|\\.)+?)(?<!\s)\*(?![\w*])"
    r"|(?<![\w|])\|(?P<substitution>(?![\s|])[^|\n]+?(?:\n[^|\n]+?)?)(?<!\s)\|(?P<linked>_{1,2})?(?!\w)"
    r"|[ ]?\[(?P<note>\d{1,4}|#[\w.-]*|\*)\]_(?!\w)"
    r"|\[(?P<source>[A-Za-z][\w.:+-]*)\]_(?!\w)"
    r"|(?<!\w)_`(?P<target>[^`]+)`"
    r"|(?<![\w_])(?P<word>[^\W_](?:\w|[-.+:](?=[^\W_])){0,99}?)__?(?![\w`])"
)
_WITH_TARGET = re.compile(r"(?s)(.+?)\s*<[^<>]+>\Z")
_TARGET_ALONE = re.compile(r"(?s)<([^<>]+)>\Z")
_ESCAPE = re.compile(r"\\(\s|\S)")
_CROSS = frozenset(("ref", "numref", "doc", "std:ref", "std:doc"))
_RAISED = frozenset(("sup", "superscript"))
_LOWERED = frozenset(("sub", "subscript"))
_UNSEEN = frozenset(("raw-html", "raw", "del", "strike"))


class RstInline:
    """Turns inline mark-up into text; ``labels`` gives the title of what a label stands before."""

    def __init__(
        self, substitutions: Mapping[str, str], labels: Mapping[str, str], dropped: list[Dropped] | None = None
    ) -> None:
        self._substitutions, self._labels = substitutions, labels
        self._dropped = [] if dropped is None else dropped
        self._depth = 0

    def text(self, marked: str) -> str:
        """The text that is read.

        >>> RstInline({}, {}).text("*Tea* is ``hot``, see `here <https://example.org>`_ and :ref:`milk <m>`.")
        'Tea is hot, see here and milk.'
        """
        return _INLINE.sub(self._read, marked)

    def _read(self, found: re.Match[str]) -> str:
        kind = found.lastgroup or ""
        if found["escaped"] is not None:
            return "" if found["escaped"].isspace() else found["escaped"]
        if found["literal"] is not None:
            return found["literal"]
        if found["role"] or found["after"]:
            return self._role(found["role"] or found["after"], found["said"] or found["text"], found)
        if found["text"] is not None:
            return self._linked(found["text"])
        if found["substitution"] is not None:
            return self._substituted(found)
        if found["note"] is not None:
            self._dropped.append(Dropped.of("footnote mark", found[0]))
            return ""
        if found["source"] is not None:
            return f"[{found['source']}]"
        return _ESCAPE.sub(_unescaped, found[kind])

    def _linked(self, text: str) -> str:
        """The words of a link or of interpreted text."""
        alone = _TARGET_ALONE.match(text)
        if alone:
            return alone[1].removesuffix("_")
        named = _WITH_TARGET.match(text)
        return _ESCAPE.sub(_unescaped, named[1] if named else text)

    def _substituted(self, found: re.Match[str]) -> str:
        value = self._substitutions.get(" ".join(found["substitution"].split()))
        if value is None or self._depth > 4:
            return found[0]
        self._depth += 1
        try:
            return self.text(value)
        finally:
            self._depth -= 1

    def _role(self, role: str, text: str, found: re.Match[str]) -> str:
        """What a role makes of its text."""
        role = role.lower().removeprefix("rst:")
        if role in _UNSEEN:
            self._dropped.append(Dropped.of("struck out" if role in ("del", "strike") else "raw", text))
            return ""
        before = found.string[max(0, found.start() - 40) : found.start()].removesuffix("\\ ")
        if role in _RAISED:
            written = raised(before, text, found.string[found.end() : found.end() + 1])
            if written is None:
                self._dropped.append(Dropped.of("footnote mark", text))
            return written or ""
        if role in _LOWERED:
            return lowered(before, text)
        if role in ("math", "code", "literal", "regexp", "samp"):
            return text
        named = _WITH_TARGET.match(text)
        if named:
            return _ESCAPE.sub(_unescaped, named[1])
        if role in _CROSS:
            return self._labels.get(" ".join(text.lower().split()), text)
        text = _ESCAPE.sub(_unescaped, text)
        if text.startswith("~"):
            return text.rpartition(".")[2].lstrip("~")
        return text.removeprefix("!")


def _unescaped(found: re.Match[str]) -> str:
    return "" if found[1].isspace() else found[1]
