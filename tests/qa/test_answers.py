import json
from dataclasses import fields, replace

import pytest

from corpus.errors import SpanError
from qa.answers import Alternative, Answer, Citation

TEXT = "Tea came first. It was drunk in China, 🍵 hot."


def citation(start: int, end: int, quote_start: int = 16, quote_end: int = len(TEXT)) -> Citation:
    return Citation(
        document="tea",
        title="Tea",
        source="tea.txt",
        section=("History", "Origin"),
        page=None,
        start=start,
        end=end,
        quote=TEXT[quote_start:quote_end],
        quote_start=quote_start,
        quote_end=quote_end,
        sha256="0" * 64,
    )


def answer() -> Answer:
    cited = citation(32, 37)
    return Answer("Where?", True, "China", 0.9, 4.5, cited, (Alternative("🍵", 0.1, 1.0, citation(39, 40)),))


def test_a_citation_reads_its_span_out_of_the_quote_in_code_points() -> None:
    assert citation(39, 40).text == TEXT[39:40] == "🍵"


def test_an_answer_that_is_not_the_cited_span_is_refused() -> None:
    with pytest.raises(SpanError, match="China"):
        replace(answer(), text="china")


def test_an_alternative_that_is_not_the_cited_span_is_refused() -> None:
    with pytest.raises(SpanError):
        Alternative("Japan", 0.1, 1.0, citation(32, 37))


def test_an_empty_answer_is_refused() -> None:
    with pytest.raises(SpanError):
        Alternative("", 0.1, 1.0, citation(32, 32))


@pytest.mark.parametrize(("start", "end"), [(15, 20), (32, len(TEXT) + 1), (37, 32)])
def test_a_span_outside_its_quote_is_refused(start: int, end: int) -> None:
    with pytest.raises(SpanError, match="outside its quote"):
        citation(start, end)


def test_a_quote_of_another_length_than_its_position_is_refused() -> None:
    with pytest.raises(SpanError, match="code points"):
        replace(citation(32, 37), quote="It was drunk in China.")


def test_a_refusal_has_a_reason_and_no_text() -> None:
    refusal = Answer.refusal("Why?", "no_match")
    assert (refusal.answered, refusal.text, refusal.citation) == (False, None, None)
    with pytest.raises(SpanError, match="reason"):
        replace(refusal, reason=None)
    with pytest.raises(SpanError, match="citation"):
        replace(refusal, answered=True)


def test_the_dictionary_of_an_answer_has_every_field_and_is_json() -> None:
    record = json.loads(json.dumps(answer().to_dict()))
    assert set(record) == {field.name for field in fields(Answer)}
    places = {"slide", "sheet", "cell", "time", "boxes", "link"}  # only where they are known
    assert set(record["citation"]) == {field.name for field in fields(Citation)} - places
    assert record["citation"]["section"] == ["History", "Origin"]
    assert record["alternatives"][0]["citation"]["start"] == 39
