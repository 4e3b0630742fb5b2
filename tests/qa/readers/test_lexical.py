"""The lexical reader: verbatim spans at the right places, one scale over passages, and no question that breaks it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Passage, Section
from corpus.errors import ModelError, SettingError
from corpus.passages import split_passages
from qa.agreement import holds
from qa.questions import analyse_question
from qa.readers import READERS, load_reader
from qa.readers.lexical import EVIDENCE, MODEL_FOLDER, SPANS_GIVEN, LexicalReader, Weights
from qa.readers.readings import Span

READER = LexicalReader.open()
TEXT = (
    "Mira Holt founded the Tern Society in 1931 in Aldmouth. She led it until her death. "
    "The society owns 24 boats, which cost about $3.5 million. "
    "Its harbour was closed because the channel silted up."
)
INFOBOX = (
    "Infobox\n- Mission2: Embassy of Norland, Port Avel\n- Envoy2: Tomas Eide\n"
    "- Mission1: Embassy of Avelia, Norstad\n- Envoy1: Sela Maron\n\nNorland and Avelia are neighbours."
)


def passages_of(text: str, title: str = "Note", name: str = "note") -> list[Passage]:
    document = Document(name, title, text, (Section((), 0, len(text)),), "note.txt")
    return split_passages(document)


def answer(question: str, text: str) -> str:
    spans = READER.read(analyse_question(question), passages_of(text), [1.0] * len(passages_of(text))).spans
    return text[spans[0].start : spans[0].end]


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("When was the Tern Society founded?", "1931"),
        ("Who founded the Tern Society?", "Mira Holt"),
        ("How many boats does the society own?", "24"),
    ],
)
def test_plain_questions_get_plain_answers(question: str, gold: str) -> None:
    assert answer(question, TEXT) == gold


def test_an_infobox_line_answers_through_the_line_it_is_paired_with() -> None:
    assert answer("Who is the Avelian envoy in Norstad?", INFOBOX) == "Sela Maron"
    assert answer("Who is the Norland envoy in Port Avel?", INFOBOX) == "Tomas Eide"


def test_a_span_stands_in_its_sentence_and_in_document_positions() -> None:
    text = "An opening line.\n\n" + TEXT
    document = Document("d", "T", text, (Section(("Past",), 18, len(text)),), "d.txt")
    passages = split_passages(document)
    reading = READER.read(analyse_question("Who founded the Tern Society?"), passages, [2.0] * len(passages))
    best = reading.spans[0]
    assert text[best.start : best.end] == "Mira Holt"
    assert text[slice(*best.sentence)] == "Mira Holt founded the Tern Society in 1931 in Aldmouth."


def test_spans_of_all_passages_compete_and_the_right_passage_wins() -> None:
    other = "Boats are built of oak. The oldest yard is in Brack. Ana Poll runs the yard with her sons."
    both = [*passages_of(other, name="other"), *passages_of(TEXT)]
    reading = READER.read(analyse_question("Who founded the Tern Society?"), both, [1.0] * len(both))
    assert both[reading.spans[0].passage].document == "note"
    assert [span.score for span in reading.spans] == sorted((span.score for span in reading.spans), reverse=True)


def test_no_answer_stands_higher_where_the_passage_does_not_say() -> None:
    passages = passages_of(TEXT)
    told = READER.read(analyse_question("Who founded the Tern Society?"), passages, [1.0])
    silent = READER.read(analyse_question("Who wrote the opera Ulmira in Vienna?"), passages, [1.0])
    assert told.spans[0].score - told.no_answer > silent.spans[0].score - silent.no_answer


def test_evidence_has_the_names_that_are_documented() -> None:
    reading = READER.read(analyse_question("Who founded the Tern Society?"), passages_of(TEXT), [1.0])
    assert {tuple(name for name, _ in span.evidence) for span in reading.spans} == {EVIDENCE}
    assert all(np.isfinite(value) for span in reading.spans for _, value in span.evidence)


def test_equal_input_gives_equal_readings_in_any_order_of_asking() -> None:
    questions = ["Who founded the Tern Society?", "When?", "Why was the harbour closed?"]
    fresh = [LexicalReader(READER.weights).read(analyse_question(q), passages_of(TEXT), [1.0]) for q in questions]
    shared = LexicalReader(READER.weights)
    assert [shared.read(analyse_question(q), passages_of(TEXT), [1.0]) for q in reversed(questions)] == fresh[::-1]


def test_no_passages_give_no_spans() -> None:
    assert READER.read(analyse_question("Who?"), [], []).spans == ()
    assert READER.read(analyse_question("Who?"), [Passage("d", "", (), 0, 0, "", ())], [0.0]).spans == ()


@pytest.mark.parametrize(
    "question",
    [
        "",
        "?",
        "the of and",
        "🙂🙂🙂",
        "מי ייסד את האגודה?",
        "\x00\x01\x1b[31m",
        "who " * 2500,
        "x" * 10_000,
        "12 34",
        "who \ud800 is?",
    ],
)
def test_odd_questions_are_read_without_error(question: str) -> None:
    check(
        question,
        TEXT + " 🙂 שלום \x07 e\u0301",
        READER.read(analyse_question(question), passages_of(TEXT), [1.0]).spans,
    )


def check(question: str, text: str, spans: tuple[Span, ...]) -> None:
    assert len(spans) <= SPANS_GIVEN, question
    for at, span in enumerate(spans):
        assert span.sentence[0] <= span.start < span.end <= span.sentence[1]
        found = text[span.start : span.end]
        assert found.removesuffix(".") == found.strip(" \t\n.,;:!?\"'")  # "U.S." keeps its own
        assert all(span.end <= other.start or other.end <= span.start for other in spans[:at])


_WORDS = st.sampled_from(
    [
        "Who",
        "when",
        "founded",
        "Society",
        "1931",
        "in",
        "the",
        "of",
        "(",
        ")",
        '"',
        "'",
        ",",
        ".",
        ";",
        ":",
        "-",
        "\n\n",
        "\n",
        "🙂",
        "שלום",
        "é",
        "é",
        "$3.5",
        "90%",
        "U.S.",
        "\x07",
        "\u200b",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=60).map(" ".join), st.lists(_WORDS, max_size=12).map(" ".join))
def test_spans_are_verbatim_trimmed_and_apart_in_any_text(text: str, question: str) -> None:
    passages = passages_of(text)
    check(question, text, READER.read(analyse_question(question), passages, [1.0] * len(passages)).spans)


def test_the_questions_on_the_default_article_find_their_sentences() -> None:
    """A floor: measured 95 % of the quotes and 85 % of the answers when all passages of the section are read."""
    from corpus.sources import default_article

    document = default_article()
    passages = split_passages(document)
    questions = json.loads((Path(__file__).parents[2] / "data" / "russia-serbia.json").read_text(encoding="utf-8"))
    answerable = [question for question in questions if question["answers"]]
    right = 0
    for question in answerable:
        own = [passage for passage in passages if " > ".join(passage.section) == question["section"]]
        best = READER.read(analyse_question(question["question"]), own, [1.0] * len(own)).spans[0]
        right += any(holds(document.text[slice(*best.sentence)], gold) for gold in question["answers"])
    assert right / len(answerable) >= 0.9


def test_a_reader_is_known_by_its_name() -> None:
    assert load_reader("lexical") is READER
    with pytest.raises(SettingError, match=r"'oracle' is not known; expected one of: .*lexical"):
        load_reader("oracle")
    assert "lexical" in READERS


@pytest.mark.parametrize("name", ["linear.json", "hashed.npy", "word_classes.npy"])
def test_a_damaged_model_is_named_with_what_to_do(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, folder)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(ModelError, match=r"model.*cannot be read.*install citespan again"):
        Weights.load(folder)


def test_weights_survive_saving(tmp_path: Path) -> None:
    READER.weights.save(tmp_path)
    again = Weights.load(tmp_path)
    assert np.array_equal(again.hashed, READER.weights.hashed)
    assert np.allclose(again.span, READER.weights.span, atol=1e-4)
    assert again.lexicon.common == READER.weights.lexicon.common


def test_reading_needs_no_learning_library() -> None:
    code = (
        "import sys; from qa.questions import analyse_question; from qa.readers.lexical import LexicalReader;"
        "LexicalReader.open().read(analyse_question(''), [], []);"
        "print(sorted({'sklearn', 'scipy', 'torch', 'onnxruntime', 'fastapi'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
