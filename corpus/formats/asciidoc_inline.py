"""The inline mark-up of AsciiDoc as plain text: quotes, links, macros, attributes, notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from corpus.documents import Dropped
from corpus.formats.raised import lowered, raised

_ATTRIBUTE = re.compile(r"(?<!\\)\{([A-Za-z0-9_][\w-]*)\}")
_SIGNS = {
    "nbsp": "\xa0", "zwsp": "\u200b", "sp": " ", "empty": "", "blank": "", "amp": "&", "lt": "<", "gt": ">",
    "plus": "+",
    "apos": "'", "quot": '"', "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "deg": "°", "vbar": "|",
    "asterisk": "*", "caret": "^", "tilde": "~", "backtick": "`", "startsb": "[", "endsb": "]", "backslash": "\\",
    "two-colons": "::", "two-semicolons": ";;", "cpp": "C++", "brvbar": "¦", "wj": "\u2060",
}  # fmt: skip
_PASSED = re.compile(
    r"(?<!\\)(?:\+\+\+(?P<three>.+?)\+\+\+|\+\+(?P<two>.+?)\+\+|pass:[a-z,]*\[(?P<macro>[^\]\\]{0,2000}(?:\\.[^\]\\]{0,2000}){0,20})\]"
    r"|(?<![\w+`])`\+(?P<code>[^\n]+?)\+`(?!\w)|(?<![\w+])\+(?P<one>[^\s+](?:[^\n+]*[^\s+])?)\+(?!\w))",
    re.DOTALL,
)
_TEXT = r"\[(?P<{0}>[^\]\\]{{0,2000}}(?:\\.[^\]\\]{{0,2000}}){{0,20}})\]"
_MACRO = re.compile(
    r"\\?(?:"
    r"footnote(?:ref)?:(?P<note_id>[\w-]*)" + _TEXT.format("note")
    + r"|(?:kbd|btn):" + _TEXT.format("key")
    + r"|menu:(?P<menu>[^\[\]\n]{1,99})" + _TEXT.format("entries")
    + r"|(?:image|icon|video|audio):(?!:)(?P<picture>[^\s\[\]]{1,300})" + _TEXT.format("alt")
    + r"|(?:stem|latexmath|asciimath):" + _TEXT.format("formula")
    + r"|(?:indexterm):" + _TEXT.format("unseen")
    + r"|(?:indexterm2):" + _TEXT.format("seen")
    + r"|anchor:[^\s\[\]]{1,99}\[[^\]]*\]|\[\[[\w:.,\- ]{1,99}\]\]"
    + r"|(?:link|xref|mailto):(?P<target>[^\s\[\]]{0,999})" + _TEXT.format("words")
    + r"|(?P<url>(?:https?|ftp|irc|file)://[^\s\[\]<>]{1,999})" + _TEXT.format("named")
    + r"|<(?P<bare>(?:https?|ftp)://[^\s<>]{1,999})>"
    + r"|<<(?P<reference>[^<>\n,]{1,200})(?:,\s*(?P<label>[^<>]{1,300}))?>>"
    + r"|\(\(\((?P<index>[^()]{1,300})\)\)\)|\(\((?P<term>[^()]{1,300})\)\)"
    + r")"
)  # fmt: skip
_ROLE = r"(?:\[(?P<{0}>[^\[\]\n]*)\])?"
_STRONG = r"[^\s{0}](?:(?:[^{0}\n]|\n(?!\n))*?[^\s{0}])?"


def _quote(sign: str) -> re.Pattern[str]:
    """What is quoted by a sign, or by two anywhere."""
    one = re.escape(sign)
    double = _ROLE.format("role2") + rf"{one}{one}(?P<double>(?:(?!{one}{one})[^\n]|\n(?!\n)){{1,2000}}?){one}{one}"
    single = rf"(?<![\w\\{one};}}]){_ROLE.format('role')}{one}(?P<single>{_STRONG.format(one)}){one}(?!\w)"
    return re.compile(rf"(?<!\\){double}|{single}")


_QUOTES = [_quote(sign) for sign in "*`_#"]
_CURVED = re.compile(r"(?P<open>\"|')`(?P<inner>[^`\n]+)`(?P=open)")
_SMALL = re.compile(r"(?<!\\)(?:\^(?P<up>[^\s^]{1,40})\^|~(?P<down>[^\s~]{1,40})~)")
_BREAK = re.compile(r" \+(?=\n|\Z)")
_ESCAPED = re.compile(r"\\(?=[*_`#^~+{<\[(\\]|https?:|link:|xref:|footnote:|image:)")
_STRUCK = re.compile(r"(?:^|[.\s])(?:line-through|strike|strikethrough|del)(?:$|[.\s])")
_HELD = "\ue000{0}\ue001"
_HOLDER = re.compile("\ue000(\\d+)\ue001")


class AsciidocInline:
    """Turns inline mark-up into text; ``note`` is given the text of each note."""

    def __init__(
        self,
        attributes: Mapping[str, str],
        titles: Mapping[str, str],
        dropped: list[Dropped],
        note: Callable[[str], None],
    ) -> None:
        self._attributes, self._titles = attributes, titles
        self._dropped, self._note = dropped, note

    def text(self, marked: str, depth: int = 0) -> str:
        """The text that is read."""
        marked = self.attributes(marked.replace("\ue000", "").replace("\ue001", ""))
        held: list[str] = []

        def hold(found: re.Match[str]) -> str:
            held.append(next(group for group in found.groups() if group is not None))
            return _HELD.format(len(held) - 1)

        marked = _PASSED.sub(hold, marked)
        marked = _MACRO.sub(lambda found: self._macro(found, depth), marked)
        marked = _CURVED.sub(
            lambda found: f"“{found['inner']}”" if found["open"] == '"' else f"‘{found['inner']}’", marked
        )
        for quote in _QUOTES:
            marked = quote.sub(self._quoted, marked)
        marked = _SMALL.sub(self._small, marked)
        marked = _ESCAPED.sub("", _BREAK.sub("", marked))
        return _HOLDER.sub(lambda found: held[int(found[1])] if int(found[1]) < len(held) else "", marked)

    def attributes(self, text: str) -> str:
        """The text with the values of its attributes; one that is not known stays as it is."""
        for _ in range(3):
            changed = _ATTRIBUTE.sub(self._attribute, text)
            if changed == text or len(changed) > 20_000 + 4 * len(text):
                break
            text = changed
        return text

    def _attribute(self, found: re.Match[str]) -> str:
        name = found[1].lower()
        value = self._attributes.get(name, _SIGNS.get(name))
        return found[0] if value is None else value

    def _quoted(self, found: re.Match[str]) -> str:
        words = found["double"] if found["double"] is not None else found["single"]
        role = found["role2"] or found["role"] or ""
        if _STRUCK.search(role):
            self._dropped.append(Dropped.of("struck out", words))
            return ""
        return words

    def _small(self, found: re.Match[str]) -> str:
        before = found.string[max(0, found.start() - 40) : found.start()]
        if found["down"]:
            return lowered(before, found["down"])
        written = raised(before, found["up"], found.string[found.end() : found.end() + 1])
        if written is None:
            self._dropped.append(Dropped.of("footnote mark", found["up"]))
        return written or ""

    def _macro(self, found: re.Match[str], depth: int) -> str:
        """What a macro puts into the text."""
        if found[0].startswith("\\"):
            return found[0][1:]
        if found["note"] is not None:
            if depth < 2 and found["note"]:
                self._note(self.text(_unescaped(found["note"]), depth + 1))
            return ""
        if found["picture"] is not None:
            self._dropped.append(Dropped.of("picture", f"{found['picture']} {found['alt']}"))
            return ""
        if found["menu"] is not None:
            return " > ".join(filter(None, [found["menu"], *re.split(r"\s*>\s*", found["entries"])]))
        if found["reference"] is not None:
            return found["label"] or self._title(found["reference"])
        if found["target"] is not None:
            words = _words(found["words"])
            named = found["target"] or found["words"]
            return words or (self._title(named) if found[0].startswith("xref") else named)
        if found["url"] is not None:
            return _words(found["named"]) or found["url"]
        for name in ("key", "formula", "seen", "bare", "term"):
            if found[name] is not None:
                return _unescaped(found[name])
        return ""

    def _title(self, reference: str) -> str:
        """The title of what a reference leads to, else the reference itself."""
        name = reference.rpartition("#")[2].strip()
        return self._titles.get(name, name)


def _words(text: str) -> str:
    """The words of a link without what is said of its window."""
    text = re.sub(r",\s*(?:window|role|opts|rel|title|id)=.*\Z|\^\Z", "", text, flags=re.DOTALL)
    return _unescaped(text.strip('"'))


def _unescaped(text: str) -> str:
    return text.replace("\\]", "]")
