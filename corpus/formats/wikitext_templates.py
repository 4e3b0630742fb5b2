"""The templates of MediaWiki that stand for text: boxes of facts, dates, measures, lists; the others are left out."""

from __future__ import annotations

import re
from collections import Counter

_PARAMETER = re.compile(r"\{\{\{[^{}|]*(?:\|([^{}]*))?\}\}\}")
_INNERMOST = re.compile(r"\{\{([^{}]*(?:(?:\{(?!\{)|\}(?!\}))[^{}]*)*)\}\}")
_LINK = re.compile(r"\[\[[^\[\]]*\]\]")
_BOX = re.compile(r"\s*(?:infobox|taxobox|speciesbox|automatic taxobox|geobox|drugbox|chembox|subspeciesbox)")
_DATES = re.compile(r"(?:start|end|birth|death|film|release)[ -]?date.*|dts|date|birth-date.*|death-date.*|bda|dda")
_DEEPEST = 12
_BAR = "\ue005"  # a bar inside a link, which divides no parameters

_FIRST = frozenset(
    [
        "nowrap",
        "nobr",
        "small",
        "big",
        "smaller",
        "larger",
        "nobold",
        "abbr",
        "tlit",
        "url",
        "official url",
        "flag",
        "flagu",
        "flagcountry",
        "country data",
        "quote",
        "blockquote",
        "cquote",
        "quotation",
        "poem",
        "poemquote",
        "center",
        "resize",
        "no italic",
        "noitalic",
        "em",
        "strong",
        "mono",
        "code",
        "tt",
        "sic",
        "vanchor",
        "visible anchor",
        "anchor",
        "chem",
        "chem2",
        "ce",
        "math",
        "mvar",
        "angbr",
        "okina",
        "native name",
        "usurped text",
        "small caps",
        "smallcaps",
        "sc",
        "nihongo",
        "ill",
        "interlanguage link",
        "interlanguage link multi",
        "nobreak",
        "wikt",
        "linktext",
        "script",
        "text",
    ]
)
_SECOND = frozenset(
    ("lang", "transl", "transliteration", "script", "fontcolor", "font color", "color", "native phrase")
)
_LISTS = frozenset(
    (
        "ubl",
        "plainlist",
        "plain list",
        "flatlist",
        "hlist",
        "unbulleted list",
        "bulleted list",
        "ublist",
        "unbulletedlist",
    )
)
_SIGNS = {
    "snd": " – ", "spaced ndash": " – ", "ndash": "–", "mdash": "—", "emdash": "—", "endash": "–", "nbsp": "\xa0",
    "spaces": " ", "!": "|", "=": "=", "·": " · ", "dot": " · ", "•": " • ", "bullet": " • ", "'": "’", "thinsp": " ",
    "zwsp": "", "break": "\n", "yes": "Yes", "no": "No", "n/a": "N/A", "pi": "π", "euro": "€", "gbp": "£",
    "minus": "−", "times": "×", "clear": "",
}  # fmt: skip
_MONEY = {"us$": "$", "usd": "$", "eur": "€", "€": "€", "£": "£", "gbp": "£", "inr": "₹", "a$": "A$", "ca$": "CA$"}


class Templates:
    """Replaces the templates of a text; ``left_out`` counts, by name, those that stand for no text."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()

    def replaced(self, text: str) -> str:
        """The text without templates."""
        text = _PARAMETER.sub(lambda found: found[1] or "", text)
        for _ in range(_DEEPEST):
            if "{{" not in text:
                break
            changed = _INNERMOST.sub(lambda found: self._one(found[1]), text)
            if changed == text:
                break
            text = changed
        return text.replace("{{", "").replace("}}", "").replace(_BAR, "|")

    def _one(self, inner: str) -> str:
        """What one template stands for."""
        inner = _LINK.sub(lambda found: found[0].replace("|", _BAR), inner)
        name, *given = inner.split("|")
        name = " ".join(name.replace("_", " ").lower().split())
        if name.startswith(("formatnum:", "lc:", "uc:", "ucfirst:", "lcfirst:", "nowrap:")):
            return (
                name.partition(":")[2].strip() if not name.startswith("uc:") else name.partition(":")[2].strip().upper()
            )
        if name in _SIGNS:
            return _SIGNS[name].replace("|", _BAR)
        if _BOX.match(name):
            return _box(given)
        plain = [part.strip() for part in given if not re.match(r"\s*[\w -]+\s*=", part)]
        pairs = (re.fullmatch(r"\s*(\d)\s*=(.*)", part, re.DOTALL) for part in given)
        numbered = {pair[1]: pair[2] for pair in pairs if pair}
        plain = plain or [value.strip() for _, value in sorted(numbered.items())]
        written = _written(name, plain)
        if written is None:
            self.left_out[name[:60]] += 1
            return ""
        return written


def _written(name: str, plain: list[str]) -> str | None:
    """What a template with plain parameters stands for, None for one that is left out."""
    first = plain[0] if plain else ""
    if name in _LISTS:
        items = [re.sub(r"^[*#:]+\s*", "", line).strip() for part in plain for line in part.split("\n")]
        return ", ".join(filter(None, items))
    if name in ("convert", "cvt", "val"):
        if len(plain) > 3 and plain[1] in ("to", "and", "by", "x", "-", "–", "or"):
            return f"{plain[0]}{' to ' if plain[1] in ('to', '-', '–') else f' {plain[1]} '}{plain[2]} {plain[3]}"
        return " ".join(plain[:2] if name != "val" else plain[:1])
    if _DATES.fullmatch(name):
        return _date(plain)
    if name in _SECOND:
        return plain[1] if len(plain) > 1 else first
    if name.startswith("lang-") or name in _FIRST:
        return first
    if name in ("circa", "c."):
        return f"c. {first}"
    if name == "as of":
        return f"As of {'-'.join(plain)}"
    if name in ("frac", "fraction", "sfrac"):
        return {1: f"1/{first}", 2: "/".join(plain[:2])}.get(len(plain), f"{first} {'/'.join(plain[1:3])}")
    if name in ("sup", "sub"):
        return f"<{name}>{first}</{name}>"
    if name == "sortname":
        return " ".join(plain[:2])
    return f"{_MONEY[name]}{first}" if name in _MONEY and first else None


def _date(plain: list[str]) -> str:
    """A date of a template: its first numbers, or its words.

    >>> _date(["2001", "1", "2"]), _date(["2 January 2001"]), _date(["1950", "3"])
    ('2001-01-02', '2 January 2001', '1950-03')
    """
    if not plain or not plain[0].isdigit():
        return plain[0] if plain else ""
    numbers = [plain[0]]
    for part in plain[1:3]:
        if not part.isdigit():
            break
        numbers.append(part.zfill(2))
    return "-".join(numbers)


def _box(given: list[str]) -> str:
    """The facts of a box as lines of keys."""
    lines: list[str] = []
    for part in given:
        key, sign, value = part.partition("=")
        key = " ".join(key.replace("_", " ").split())
        value = re.sub(r"<br\s*/?>|\n[*#]*\s*", ", ", value.strip())
        value = re.sub(r"(?:,\s*)+", ", ", value).strip(", ")
        if (
            sign
            and value
            and key
            and not re.search(r"image|logo|map|caption|alt|width|size|coord|footnote|style|color", key)
        ):
            lines.append(f"\ue006{key[0].upper()}{key[1:]}: {value}")
    return "\n" + "\n".join(lines) + "\n" if lines else ""
