"""The inline mark-up of Org as plain text: emphasis, links, dates, notes, macros, small digits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from corpus.documents import Dropped
from corpus.formats.raised import lowered, raised

_BEFORE, _AFTER = r"(?<![^\s\-(\[{'\"—–/*_+=~|,;:])", r"(?=[\s\-.,:;!?'\")\]}\[/*_+=~|—–…]|\Z)"
_LINK = re.compile(r"\[\[(?P<target>[^\[\]\n]{1,999})\](?:\[(?P<words>[^\n]{1,999}?)\])?\]")
_MACRO = re.compile(r"\{\{\{(?P<name>\w[\w-]{0,50})(?:\((?P<arguments>[^{}]{0,500})\))?\}\}\}")
_NOTE = re.compile(r"\[fn:(?:(?P<name>[\w-]{1,50})|(?P<inline>[\w-]{0,50}:[^\[\]]{1,2000}))\]")
_DATE = re.compile(
    r"[<\[](\d{4}-\d\d-\d\d(?: [^\d\s<>\[\]]+)?(?: \d{1,2}:\d\d(?:-\d{1,2}:\d\d)?)?)(?: [+.\-]\S+)*[>\]]"
)
_TARGET = re.compile(r"<<<?[^<>\n]{1,200}>?>>")
_CODE = re.compile(_BEFORE + r"([=~])(?P<code>[^\s=~](?:[^\n]{0,300}?[^\s])?)\1" + _AFTER)
_STRUCK = re.compile(_BEFORE + r"\+(?P<struck>[^\s+](?:[^+\n]{0,300}[^\s+])?)\+" + _AFTER)


def _marked(sign: str) -> re.Pattern[str]:
    """What stands between two of a sign."""
    return re.compile(
        rf"{_BEFORE}{sign}(?P<words>[^\s{sign}](?:(?:(?!\n\n)[^{sign}]){{0,500}}[^\s{sign}])?){sign}{_AFTER}"
    )


_MARKED = [_marked(re.escape(sign)) for sign in "*/_"]
_SMALL = re.compile(r"(?<=\S)(?P<sign>[\^_])(?:\{(?P<braced>[^{}\n]{1,40})\}|(?P<plain>[+-]?\d{1,4}\b))")
_ENTITY = re.compile(r"\\([A-Za-z]{1,20})(?:\{\}|(?![A-Za-z]))")
_ENTITIES = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "lambda": "λ", "mu": "μ", "pi": "π",
    "sigma": "σ", "omega": "ω", "Omega": "Ω", "Delta": "Δ", "theta": "θ", "tau": "τ", "phi": "φ", "rho": "ρ",
    "deg": "°", "times": "×", "pm": "±", "to": "→", "rarr": "→", "larr": "←", "le": "≤", "ge": "≥", "ne": "≠",
    "approx": "≈", "infin": "∞", "euro": "€", "EUR": "€", "pound": "£", "sect": "§", "nbsp": "\xa0", "dots": "…",
    "hellip": "…", "ndash": "–", "mdash": "—", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö",
    "Uuml": "Ü", "szlig": "ß", "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "ntilde": "ñ",
    "amp": "&", "lt": "<", "gt": ">", "vert": "|", "under": "_", "cent": "¢", "copy": "©", "reg": "®", "trade": "™",
    "frac12": "½", "cdot": "⋅", "middot": "·", "bull": "•", "check": "✓", "slash": "/", "ast": "*", "plus": "+",
}  # fmt: skip
_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|pdf)\Z", re.IGNORECASE)
_HELD = re.compile("\ue000(\\d+)\ue001")


class OrgInline:
    """Turns inline mark-up into text; ``note`` is given the text of each note that stands in a line."""

    def __init__(self, macros: Mapping[str, str], dropped: list[Dropped], note: Callable[[str], None]) -> None:
        self._macros, self._dropped, self._note = macros, dropped, note

    def text(self, marked: str) -> str:
        """The text that is read."""
        held: list[str] = []

        def hold(found: re.Match[str]) -> str:
            held.append(found["code"])
            return f"\ue000{len(held) - 1}\ue001"

        marked = marked.replace("\ue000", "").replace("\ue001", "")
        marked = _MACRO.sub(self._macro, marked)
        marked = _CODE.sub(hold, marked)
        marked = _NOTE.sub(self._noted, marked)
        marked = _LINK.sub(self._link, marked)
        marked = _TARGET.sub("", marked)
        marked = _DATE.sub(r"\1", marked)
        marked = _STRUCK.sub(self._struck, marked)
        for mark in _MARKED:
            marked = mark.sub(lambda found: found["words"], marked)
        marked = _SMALL.sub(self._small, marked)
        marked = _ENTITY.sub(lambda found: _ENTITIES.get(found[1], found[0]), marked)
        marked = re.sub(r"\\\\[ \t]*(?=\n|\Z)", "", marked)
        return _HELD.sub(lambda found: held[int(found[1])], marked)

    def _macro(self, found: re.Match[str]) -> str:
        value = self._macros.get(found["name"].lower())
        if value is None:
            return found[0]
        arguments = re.split(r"(?<!\\),", found["arguments"] or "")
        for number, argument in enumerate(arguments[:9], 1):
            value = value.replace(f"${number}", argument.replace("\\,", ",").strip())
        return value

    def _noted(self, found: re.Match[str]) -> str:
        if found["inline"]:
            self._note(self.text(found["inline"].partition(":")[2]))
        else:
            self._dropped.append(Dropped.of("footnote mark", found[0]))
        return ""

    def _link(self, found: re.Match[str]) -> str:
        if found["words"]:
            return found["words"]
        target = found["target"]
        if _PICTURE.search(target):
            self._dropped.append(Dropped.of("picture", target))
            return ""
        return target if target.startswith(("http:", "https:", "mailto:")) else target.partition("::")[0].lstrip("*#")

    def _struck(self, found: re.Match[str]) -> str:
        self._dropped.append(Dropped.of("struck out", found["struck"]))
        return ""

    def _small(self, found: re.Match[str]) -> str:
        mark = found["braced"] or found["plain"]
        before = found.string[max(0, found.start() - 40) : found.start()]
        if found["plain"] and (found["sign"] == "_" and before[-1:].islower() and len(before.split()[-1]) > 2):
            return found[0]  # a name such as "room_12"
        if found["sign"] == "_":
            return lowered(before, mark)
        if mark.lstrip("+-").isdigit():
            return f"^{mark}"
        return raised(before, mark, found.string[found.end() : found.end() + 1]) or f"^{mark}"
