"""The signs, accents and formulas of LaTeX as plain text."""

from __future__ import annotations

import re
import unicodedata

SIGNS = {
    "ldots": "…", "dots": "…", "textellipsis": "…", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø",
    "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "i": "ı", "j": "ȷ", "euro": "€", "texteuro": "€", "pounds": "£",
    "textsterling": "£", "S": "§", "P": "¶",
    "copyright": "©", "textregistered": "®", "texttrademark": "™",
    "textdegree": "°", "degree": "°", "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\",
    "textunderscore": "_", "textbar": "|", "textless": "<", "textgreater": ">", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "glqq": "„",
    "grqq": "“", "flqq": "«", "frqq": "»", "og": "«", "fg": "»", "guillemotleft": "«", "guillemotright": "»",
    "LaTeX": "LaTeX", "TeX": "TeX", "LaTeXe": "LaTeX2e", "textbullet": "•", "textperiodcentered": "·", "dag": "†",
    "ddag": "‡", "textmu": "µ", "quad": " ", "qquad": " ", "enspace": " ", "newline": "\n", "linebreak": "\n",
    "slash": "/", "lq": "‘", "rq": "’", "checkmark": "✓", "ding": "", "eg": "e.g.", "ie": "i.e.", "etc": "etc.",
}  # fmt: skip
SYMBOLS = {
    **{sign: sign for sign in "%&$#_{}"},
    **dict.fromkeys(",;: \n", " "),
    **dict.fromkeys("-/!@*()[]", ""),
    "|": "‖",
}
ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_MATHS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ",
    "sigma": "σ", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "times": "×", "cdot": "·", "div": "÷", "pm": "±", "mp": "∓", "le": "≤", "leq": "≤", "ge": "≥",
    "geq": "≥", "ne": "≠", "neq": "≠", "approx": "≈", "sim": "∼", "simeq": "≃", "equiv": "≡", "propto": "∝",
    "infty": "∞", "sum": "∑", "prod": "∏", "int": "∫", "partial": "∂", "nabla": "∇", "in": "∈", "notin": "∉",
    "subset": "⊂", "subseteq": "⊆", "cup": "∪", "cap": "∩", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "Rightarrow": "⇒", "Leftrightarrow": "⇔", "mapsto": "↦", "forall": "∀", "exists": "∃", "neg": "¬", "land": "∧",
    "wedge": "∧", "lor": "∨", "vee": "∨", "ldots": "…", "dots": "…", "cdots": "⋯", "circ": "°", "degree": "°",
    "prime": "′", "ll": "≪", "gg": "≫", "mid": "|", "langle": "⟨", "rangle": "⟩", "lvert": "|", "rvert": "|",
    "ell": "ℓ", "hbar": "ħ", "emptyset": "∅", "ast": "*", "star": "⋆", "otimes": "⊗", "oplus": "⊕", "quad": " ",
    "qquad": " ", "colon": ":", "lbrace": "{", "rbrace": "}", "percent": "%",
}  # fmt: skip
_NAMED = frozenset("log ln exp sin cos tan max min lim det dim gcd sup inf arg deg mod bmod Pr".split())  # noqa: SIM905
_UNITS = {
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "milli": "m", "micro": "µ", "nano": "n", "centi": "c",
    "deci": "d",
    "metre": "m", "meter": "m", "gram": "g", "kilogram": "kg", "second": "s", "minute": "min", "hour": "h", "day": "d",
    "litre": "l", "liter": "l", "watt": "W", "volt": "V", "ampere": "A", "kelvin": "K", "celsius": "°C", "mole": "mol",
    "degreeCelsius": "°C", "hertz": "Hz", "joule": "J", "newton": "N", "pascal": "Pa", "ohm": "Ω", "percent": "%",
    "byte": "B", "bit": "bit", "per": "/", "squared": "^2", "cubed": "^3", "square": "^2", "degree": "°", "bar": "bar",
    "kg": "kg", "km": "km", "m": "m", "cm": "cm", "mm": "mm", "s": "s", "electronvolt": "eV", "tonne": "t",
}  # fmt: skip
_COMMAND = re.compile(r"\\([A-Za-z]+\*?|.)\s*", re.DOTALL)
_FRACTION = re.compile(r"\\[dtc]?frac\s*(\{[^{}]*\}|\d)\s*(\{[^{}]*\}|\d)")
_ROOT = re.compile(r"\\sqrt\s*(?:\[[^\]]*\])?\s*\{([^{}]*)\}")
_RAISED = re.compile(r"([\^_])\{([^{}]*)\}")
_TEXTS = re.compile(
    r"\\(?:text|mathrm|mathbf|mathit|mathsf|mathcal|mathbb|operatorname|textrm|textit|textbf|mbox|boldsymbol|bar|hat"
    r"|vec|tilde|overline|underline|ce|tag)\*?\s*\{([^{}]*)\}"
)
_LABEL = re.compile(r"\\(?:label|nonumber|notag|displaystyle|limits|nolimits)\b\s*(?:\{[^{}]*\})?")


def accented(accent: str, letter: str) -> str:
    """Return a letter with an accent.

    >>> accented('"', "o"), accented("c", "c")
    ('ö', 'ç')
    """
    base = {"ı": "i", "ȷ": "j", "\\i": "i", "\\j": "j"}.get(letter, letter)
    return unicodedata.normalize("NFC", base[:1] + ACCENTS[accent] + base[1:]) if base else ""


def formula(text: str) -> str:
    """Return a formula as plain text, on one line for each of its own.

    >>> formula(r"x^{2} \\leq \\frac{a+b}{2} \\cdot \\sqrt{y}")
    'x^2 ≤ (a+b)/2 · √(y)'
    """
    text = _LABEL.sub("", text)
    for _ in range(8):
        changed = _TEXTS.sub(r"\1", text)
        changed = _ROOT.sub(r"√(\1)", _RAISED.sub(_script, changed))
        changed = _FRACTION.sub(lambda found: f"{_operand(found[1])}/{_operand(found[2])}", changed)
        if changed == text:
            break
        text = changed
    text = _COMMAND.sub(_named, text)
    text = text.replace("{", "").replace("}", "").replace("&", " ").replace("~", " ")
    lines = (" ".join(line.split()) for line in text.replace("\n", " ").split("\ue003"))
    return "\n".join(line for line in lines if line)


def _script(found: re.Match[str]) -> str:
    inner = found[2].strip()
    if inner == r"\circ" and found[1] == "^":
        return "°"
    return f"{found[1]}{inner} " if re.fullmatch(r"[\w+\-']*|\\[a-z]+", inner) else f"{found[1]}({inner}) "


def _operand(part: str) -> str:
    inner = part.strip("{}").strip()
    return inner if re.fullmatch(r"[\w.]+|\\[A-Za-z]+", inner) else f"({inner})"


def _named(found: re.Match[str]) -> str:
    name = found[1]
    if name == "\\":
        return "\ue003"
    if name in _MATHS:
        following = found.string[found.end() : found.end() + 1]
        space = " " if _MATHS[name].isalpha() is False and found[0].endswith((" ", "\n")) and following else ""
        return _MATHS[name] + space
    if name in _NAMED:
        return f"{name} "
    return {"%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", "|": "‖"}.get(name, " ")


def unit(text: str) -> str:
    """Return the sign of a unit.

    >>> unit(r"\\kilo\\metre\\per\\hour")
    'km/h'
    """
    return (
        re.sub(r"\\([A-Za-z]+)\s*", lambda found: _UNITS.get(found[1], found[1]), text).replace("~", " ").strip("{} ")
    )
