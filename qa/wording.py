"""What the command line, the service and the MCP server say alike."""

from __future__ import annotations

from corpus.marks import PLACES
from corpus.patterns import pattern
from qa.answers import Citation

REASONS = {
    "empty_question": "the question holds no word to look for",
    "no_match": "no word of the question is in the documents",
    "low_confidence": "nothing found is likely enough to be the answer",
    "needs_arithmetic": "the documents list these, but do not count or add them up",
}

# C0 and C1 controls, overrides of the writing direction, lone surrogates.
_UNSAFE = pattern("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def place(citation: Citation) -> str:
    """The title, section path and page, slide, cell or time of a citation, on one line.

    Line ends and control characters in a title cannot break the line.
    """
    parts = [citation.title, *citation.section]
    known = [(name, getattr(citation, name)) for name in PLACES]
    # The sheet is mostly the section.
    told = [f", {name} {value}" for name, value in known if value is not None and value not in citation.section]
    return printable(" > ".join(parts) + "".join(told))


def printable(text: str) -> str:
    """The text on one line, white space folded and control characters made visible as ``\\ufffd``.

    Documents are other people's text: an escape sequence in one must not reach the terminal.
    """
    return _UNSAFE.sub("\ufffd", " ".join(text.split()))


def printable_lines(text: str) -> str:
    """The text with its lines kept and control characters made visible, for showing whole documents."""
    return "\n".join(_UNSAFE.sub("\ufffd", line.replace("\t", "    ")) for line in text.splitlines())


def counted(count: int, noun: str) -> str:
    """A number of things in words, such as "2 questions"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
