"""MathML to one line of text, as people type a formula: ``E = mc^2``, ``(a + b)/2``, ``√(x)``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DEEPEST = 40  # formulas nested more deeply than this are given as their bare text
_SPACED = re.compile(r"[=<>≤≥≠≈≡+−±×·÷→∈∝∼]|-")
_SIMPLE = re.compile(r"[\w.]+")
# How elements with a base and one or two scripts are written.
_SIGNS = {
    "msup": "^",
    "msub": "_",
    "mover": "^",
    "munder": "_",
    "msubsup": "_^",
    "munderover": "_^",
}
_LEFT_OUT = frozenset(("annotation", "annotation-xml", "mphantom", "none", "mprescripts"))


def formula(math: HtmlElement) -> str:
    """Return the text of a <math> element.

    >>> from lxml.html import fromstring
    >>> formula(fromstring("<math><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math>"))
    'mc^2'
    """
    text = " ".join(_linear(math, 0).split())
    return text or " ".join((math.get("alttext") or "").split())


def _linear(element: HtmlElement, depth: int) -> str:
    """The text of one element; its tail belongs to no formula."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _LEFT_OUT:
        return ""
    if depth > _DEEPEST:
        return str(element.text_content())
    parts = [part for part in (_linear(child, depth + 1) for child in element) if part]
    if not parts:
        text = " ".join((element.text or "").split())
        return f" {text} " if tag == "mo" and _SPACED.fullmatch(text) else text
    if tag in _SIGNS and len(parts) > 1:
        scripts = zip(_SIGNS[tag], parts[1:], strict=False)
        return _grouped(parts[0]) + "".join(sign + _grouped(part) for sign, part in scripts)
    if tag == "mfrac" and len(parts) == 2:
        return f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    if tag in ("msqrt", "mroot"):
        index = parts.pop() if tag == "mroot" and len(parts) > 1 else ""
        return f"{index}√({''.join(parts).strip()})"
    between = {"mtable": "; ", "mtr": ", "}.get(tag, "")
    return between.join(parts)


def _grouped(text: str) -> str:
    """A part of a fraction or a power, in brackets if it is more than a number or a name."""
    text = text.strip()
    return text if _SIMPLE.fullmatch(text) or len(text) < 2 else f"({text})"
