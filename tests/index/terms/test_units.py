"""Terms of many texts at once: the Analyzer's, whatever the text."""

from __future__ import annotations

import sys
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.characters import BYTE_ORDER, WORDLIKE, characters
from corpus.sources import default_article
from index.settings import AnalysisSettings
from index.terms import units
from index.terms.analysis import Analyzer, _special
from index.terms.units import UnitTerms

PIECES = st.one_of(
    st.sampled_from(
        [
            "tea",
            "Teas",
            "Serbia's",
            "U.S.'s",
            "U.S.",
            "e.g",
            "1,200",
            "1.5.3",
            "Mi35x4",
            "tea-\n",
            "-\n",
            "Tea-\r\n",
            "-\r",
            "tea- \n  ",
            "tea\u00ad\n",
            "\u2010\r\n",
            "\u00ad",
            "10⁶",
            "m²",
            "CO₂",
            "1990s",
            "O’Brien’s",
            "''",
            ".,",
            "_",
        ]
    ),
    st.sampled_from(
        [
            "水茶",
            "カ゛",
            "é",
            "e\u0301",
            "\u0301",
            "naïve’s",
            "\ufeff",
            "\u200b",
            "नमस्ते",
            "²",
            "½",
            "٣",
            "\ud800",
            "ß",
            "İ",
        ]
    ),
    st.sampled_from(["abcdefgh", "abcdefghi", "abcdefghijklmnop", "abcdefghijklmnopq", "x" * 70, "\0", "a\0b"]),
    st.text(min_size=1, max_size=3),
    st.text("abcB.,'’1 _-", min_size=1, max_size=9),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", "", "-", "\n"])).map("".join), max_size=20).map("".join)


def together(texts: list[str], unit_terms: UnitTerms, gap: str) -> list[list[str]]:
    """The terms of each text, all found at once."""
    text = gap.join([*texts, ""]) + "\n"
    sizes = np.array([len(text) + len(gap) for text in texts], np.int64)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)[: len(texts)]
    ends = starts + sizes - len(gap)
    numbers, edges = unit_terms.numbers(text, characters(text), starts, ends)
    names = list(unit_terms.terms)
    return [[names[n] for n in numbers[a:b]] for a, b in pairwise(edges)]


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, max_size=5), st.sampled_from(["", " between's ", "\n"]))
def test_texts_have_the_terms_that_the_analyzer_gives(texts: list[str], gap: str) -> None:
    analyzer = Analyzer()
    unit_terms = UnitTerms(Analyzer())
    for _ in range(2):  # the second time all units are known
        assert together(texts, unit_terms, gap) == [analyzer.terms(text) for text in texts]


def test_the_default_article_has_the_terms_that_the_analyzer_gives() -> None:
    text = default_article().text
    for chosen in (AnalysisSettings(), AnalysisSettings(stemmer=None)):
        assert together([text, text], UnitTerms(Analyzer(chosen)), "\n") == [Analyzer(chosen).terms(text)] * 2


def test_many_words_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"w{number}" for number in range(60_000)] + [f"longerword{number}" for number in range(9_000)]
    unit_terms = UnitTerms(Analyzer(AnalysisSettings(stemmer=None)))
    expected = Analyzer(AnalysisSettings(stemmer=None)).terms(" ".join(words))
    assert together([" ".join(words)], unit_terms, "\n") == [expected]
    monkeypatch.setattr(units, "_KNOWN_LIMIT", 1000)  # what was remembered is forgotten, the numbers stay
    assert together([" ".join(words)], unit_terms, "\n") == [expected]


def test_every_sign_that_may_stand_inside_a_word_counts_as_one() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    low = characters(every)
    inside = [match.start() for match in _special().finditer(every)]
    assert np.isin(low[inside], [WORDLIKE, BYTE_ORDER]).all()
