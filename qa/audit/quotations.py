"""Text that quotes: what stands between quotation marks in a claim must be verbatim in a source."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from corpus.documents import Passage
from qa.answers import Citation
from qa.audit.checks import Difference

if TYPE_CHECKING:
    from qa.asker import Asker

SHORTEST = 4  # words: fewer are a title or a name more often than a quotation
NEAR = 0.6  # of the quoted words that a source must have in one stretch to be what was meant

_QUOTED = re.compile(r"\"([^\"]{8,600})\"|“([^”]{8,600})”|«([^»]{8,600})»|„([^“”]{8,600})[“”]")
_WORD = re.compile(r"\w+")
_PASSAGES = 5


def quotations(text: str) -> list[str]:
    """The quotations of a text that are long enough to be somebody's words.

    >>> quotations('He read "Tea" and said: “Tea was first drunk in China.”')
    ['Tea was first drunk in China.']
    """
    found = ("".join(groups) for groups in _QUOTED.findall(text))
    return [quoted for quoted in found if len(quoted.split()) >= SHORTEST]


def misquoted(engine: Asker, claim: str) -> tuple[Difference, Citation] | None:
    """The first quotation of a claim that a source has in other words, with the place; None where all are verbatim.

    One that no source has anything like is none of theirs: it is not called wrong.
    """
    for quoted in quotations(claim):
        passages = [hit.passage for hit in engine.search(quoted, k=_PASSAGES)]
        if any(_verbatim(quoted, passage) for passage in passages):
            continue
        near = max((_likest(quoted, passage) for passage in passages), key=lambda found: found[0], default=None)
        if near is not None and near[0] >= NEAR:
            from qa.citing import cite

            _, passage, start, end = near
            citation = cite(passage, start, end, engine.index)
            return Difference(quoted, citation.text, "quote"), citation
    return None


def _verbatim(quoted: str, passage: Passage) -> bool:
    """Whether a passage has the words of a quotation in their order, whatever the signs and spaces between them."""
    return f" {_words(quoted)} " in f" {_words(passage.text)} "


def _words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _likest(quoted: str, passage: Passage) -> tuple[float, Passage, int, int]:
    """The sentence of a passage most like a quotation, and the share of the quoted words that it has in order."""
    ours = _words(quoted).split()
    best = (0.0, passage, passage.start, passage.end)
    for start, end in passage.sentences:
        theirs = _words(passage.slice(start, end)).split()
        same = sum(block.size for block in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks())
        best = max(best, (same / len(ours), passage, start, end), key=lambda found: found[0])
    return best
