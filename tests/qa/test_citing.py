import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.documents import Document, Passage, Section
from corpus.errors import SpanError
from corpus.passages import PassageSettings
from index.building.build import build_index
from index.ranking.search import Index
from index.settings import IndexSettings
from qa.citing import cite, merge_spans
from qa.readers.readings import Span

TEXT = "Tea came first. 🍵 It was drunk in China. Later it was drunk in Japan.\r\n\r\nCoffee came from Ethiopia."


def index_of(text: str, *, max_words: int = 160) -> Index:
    document = Document("tea", "Tea", text, (Section(("History",), 0, len(text)),), "tea.txt", pages=(0, 16))
    return build_index([document], settings=IndexSettings(passages=PassageSettings(max_words=max_words)))


def span(passage: int, start: int, end: int, score: float, text: str = TEXT) -> Span:
    return Span(passage, start, end, (start, end), score, text[start:end])


@given(st.text(max_size=200), st.data())
def test_every_citation_is_verbatim_in_its_document_whatever_the_text(text: str, data: st.DataObject) -> None:
    index = index_of(text, max_words=5)
    document = index.document("tea")
    for passage in index.passages():
        start = data.draw(st.integers(passage.start, passage.end - 1))
        end = data.draw(st.integers(start + 1, passage.end))
        citation = cite(passage, start, end, index)
        assert citation.text == document.text[start:end]
        assert citation.quote == document.text[citation.quote_start : citation.quote_end]
        assert citation.sha256 == document.sha256


def test_the_quote_is_the_sentence_that_holds_the_span() -> None:
    index = index_of(TEXT)
    start = TEXT.index("China")
    citation = cite(index.passage(0), start, start + 5, index)
    assert citation.quote == "🍵 It was drunk in China."
    assert (citation.section, citation.page, citation.source) == (("History",), 2, "tea.txt")


def test_a_span_over_two_sentences_is_quoted_with_both() -> None:
    index = index_of(TEXT)
    citation = cite(index.passage(0), TEXT.index("China"), TEXT.index("Japan"), index)
    assert citation.quote == "🍵 It was drunk in China. Later it was drunk in Japan."


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (7, 3), (0, len(TEXT) + 1)])
def test_a_span_outside_its_passage_is_refused(start: int, end: int) -> None:
    index = index_of(TEXT)
    with pytest.raises(SpanError, match="outside its passage"):
        cite(index.passage(0), start, end, index)


def test_a_passage_that_is_not_the_documents_text_is_refused() -> None:
    index = index_of(TEXT)
    own = index.passage(0)
    forged = Passage(own.document, own.title, own.section, own.start, own.end, own.text.upper(), own.sentences)
    with pytest.raises(SpanError, match="but the document has"):
        cite(forged, 0, 3, index)


def test_overlapping_spans_are_one_answer_the_best() -> None:
    passages = list(index_of(TEXT).passages())
    start = TEXT.index("China")
    merged = merge_spans([span(0, start - 3, start + 5, 1.0), span(0, start, start + 5, 2.0)], passages, 0.0)
    assert [(found.start, found.score) for found in merged] == [(start, 2.0)]


def test_spans_that_read_the_same_are_one_answer_that_says_how_many_passages_agree() -> None:
    text = "The tea is from China. " + "Filler words go on and on here. " * 3 + "All tea is from china!"
    passages = list(index_of(text, max_words=6).passages())
    last = len(passages) - 1
    first, second = text.index("China"), text.index("china")
    merged = merge_spans(
        [span(0, first, first + 5, 1.0, text), span(last, second, second + 6, 2.0, text)], passages, 0.0
    )
    assert [(found.passage, found.score) for found in merged] == [(last, 2.0)]
    assert dict(merged[0].evidence)["agreement"] == pytest.approx(math.log(2))


def test_distinct_answers_stay_apart_best_first() -> None:
    passages = list(index_of(TEXT).passages())
    china, japan = TEXT.index("China"), TEXT.index("Japan")
    merged = merge_spans([span(0, china, china + 5, 1.0), span(0, japan, japan + 5, 3.0)], passages, 0.0)
    assert [found.start for found in merged] == [japan, china]


def test_other_answers_are_rivals_unless_half_of_their_words_are_the_same() -> None:
    text = "In June 2009 visas went. In 2009 borders opened. In 1914 war came."
    passages = list(index_of(text).passages())
    places = [text.index("June"), text.rindex("2009"), text.index("1914")]
    ends = [places[0] + 9, places[1] + 4, places[2] + 4]
    chances = [12.0, 6.0, 3.0]
    found = [span(0, start, end, math.log(c), text) for start, end, c in zip(places, ends, chances, strict=True)]
    merged = merge_spans(found, passages, math.log(3.0))
    assert [dict(one.evidence)["rivals"] for one in merged] == pytest.approx([math.log(2), math.log(2), math.log(7)])


def test_the_exponential_of_a_high_score_does_not_overflow() -> None:
    passages = list(index_of(TEXT).passages())
    merged = merge_spans([span(0, 0, 3, 1e6), span(0, 4, 8, 1e5)], passages, 0.0)
    assert [dict(one.evidence)["rivals"] for one in merged] == pytest.approx([30.0, 30.0])
