"""Passages of many documents at once: the same as one by one."""

from __future__ import annotations

import re
import sys
import unicodedata

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.characters import BYTE_ORDER, LINE, STOP, WHITE, WORDLIKE, characters
from corpus.documents import Document, Section
from corpus.formats.wiki import parse
from corpus.passages import PassageSettings, split_passages
from corpus.sources import default_article
from corpus.splitting import split_many
from corpus.whitespace import LINE_END, WHITE_SPACE

WORDS = st.one_of(
    st.sampled_from(
        (  # noqa: SIM905
            "tea Tea ice. Ice. said? Said! approximately. Approx. Inc. etc. St. Dr. No. 5. 12. 1990. I. II. ill. vi. "
            'A. b. U.S. e.g. J.R.R. a.b-inc. (inc. rock’roll. well-etc. year). [1] [2]. "So." ... .. ?! … 。 水。 ॥ é. '
            "Bldg. rm. ext. C B12 204 tel. "
            "café. naïveté. (b. war I. 3. Oktober eBay a) b. 1) - * • | \t - Key: value Infobox = == the and, is; – — "
            'tea). "tea". "Tea ’ice f_ice. illegal. 1990 12, 12) 123. 50%. (Inc.). ”. with of…'
        ).split(" ")
    ),
    st.text(min_size=1, max_size=4),
    st.just("x" * 600),
)
SPACES = st.sampled_from(
    [" "] * 8 + ["", "  ", "\n", "\n", "\n\n", "\r\n", "\r", "\n \n", "\xa0", "\x0c", "\u2028", "\ufeff", "\t"]
)
TEXTS = st.lists(st.tuples(WORDS, SPACES).map("".join), max_size=60).map("".join)
LONG_LINES = st.lists(
    st.lists(st.sampled_from(["tea", "Tea", "ice.", "Ice.", "with,", "-", "is"]), min_size=1, max_size=30), max_size=9
)
SETTINGS = st.builds(
    PassageSettings,
    max_words=st.one_of(st.integers(1, 60), st.just(160)),
    overlap_sentences=st.integers(0, 2),
    join_paragraphs=st.booleans(),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.one_of(TEXTS, LONG_LINES.map(lambda lines: "\n".join(map(" ".join, lines)))))
    if draw(st.booleans()):
        return parse(text, id="d", title="D", source="-")
    places = st.integers(0, len(text))
    cuts = sorted(draw(st.lists(places, max_size=3)))
    windows = list(zip([0, *cuts], [*cuts, len(text)], strict=True))
    if draw(st.integers(0, 4)) == 0:  # out of order and overlapping
        windows += draw(st.lists(st.tuples(places, places).map(lambda pair: (min(pair), max(pair))), max_size=2))
    path = st.sampled_from([(), ("A",)])
    return Document("d", "D", text, tuple(Section(draw(path), start, end) for start, end in windows), "-")


def one_by_one(
    many: list[Document], chosen: PassageSettings
) -> list[tuple[int, int, int, tuple[tuple[int, int], ...]]]:
    return [
        (number, passage.start, passage.end, passage.sentences)
        for number, document in enumerate(many)
        for passage in split_passages(document, chosen)
    ]


def at_once(many: list[Document], chosen: PassageSettings) -> list[tuple[int, int, int, tuple[tuple[int, int], ...]]]:
    split = split_many(many, chosen)
    found = []
    for section, first, last in split.passages.tolist():
        document, number, shift = split.sections[section].tolist()
        sentences = tuple(map(tuple, (split.sentences[first:last] + shift).tolist()))
        found.append((document, sentences[0][0], sentences[-1][1], sentences))
        assert (
            split.text[split.sentences[first, 0] : split.sentences[last - 1, 1]]
            == many[document].text[sentences[0][0] : sentences[-1][1]]
        )
        assert number < len(many[document].sections)
    return found


@settings(max_examples=200, deadline=None)
@given(st.lists(documents(), max_size=4), SETTINGS)
def test_many_documents_are_split_as_one_by_one(many: list[Document], chosen: PassageSettings) -> None:
    assert at_once(many, chosen) == one_by_one(many, chosen)


def test_the_default_article_is_split_as_ever() -> None:
    many = [default_article()] * 2
    for chosen in (PassageSettings(), PassageSettings(max_words=30, overlap_sentences=1)):
        assert at_once(many, chosen) == one_by_one(many, chosen)


def test_texts_laid_behind_are_not_split() -> None:
    split = split_many([parse("Tea.", id="d", title="D", source="-")], PassageSettings(), more=["Ice. Snow."])
    assert split.text == "Tea.\nIce. Snow.\n"
    assert split.sentences.tolist() == [[0, 4]]


def test_every_character_has_the_stand_in_of_its_kind() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    low = characters(every)[: len(every)]
    assert low[:128].tolist() == list(range(128))
    white = [code for code in range(128, len(every)) if every[code] in WHITE_SPACE]
    assert np.isin(low[white], [WHITE, LINE, BYTE_ORDER]).all()
    assert (np.flatnonzero(np.isin(low[128:], [WHITE, LINE, BYTE_ORDER])) + 128).tolist() == white
    assert [match.start() for match in LINE_END.finditer(every, 128)] == (np.flatnonzero(low == LINE)).tolist()
    letters = [match.start() for match in re.finditer(r"[^\W_]", every) if match.start() > 127]
    assert (low[letters] == WORDLIKE).all()
    marks = [code for code in range(128, len(every)) if unicodedata.category(every[code])[0] == "M"]
    assert (low[marks] == WORDLIKE).all()
    assert not (low == STOP)[:128].any()
