"""The neural reader: exact offsets whatever the text, long passages without losing a span, clear failures."""

import shutil
from pathlib import Path

import pytest

from corpus.documents import Document, Passage, Section
from corpus.errors import ModelError
from corpus.passages import PassageSettings, split_passages
from qa.questions import analyse_question
from qa.readers import neural
from qa.readers.neural import MODEL, NeuralReader


@pytest.fixture(scope="module")
def reader() -> NeuralReader:
    return NeuralReader()


def passage(text: str, *, lead: str = "", title: str = "Notes") -> Passage:
    """One passage that begins after ``lead`` in its document."""
    whole = lead + text
    document = Document("d", title, whole, (Section((), len(lead), len(whole)),), "d.txt")
    (only,) = split_passages(document, PassageSettings(max_words=100_000))
    return only


def best(reader: NeuralReader, question: str, *passages: Passage) -> str:
    span = reader.read(analyse_question(question), passages, [1.0] * len(passages)).spans[0]
    read = passages[span.passage]
    return read.text[span.start - read.start : span.end - read.start]


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("When did the tea house open?", "The tea house in Lindau opened in 1987 and has forty seats.", "1987"),
        ("Who designed the bridge?", "The bridge was designed by Clara Weiss and built by her brother.", "Clara Weiss"),
        ("Where was the clock made?", "The clock above the gate was made in Vienna by two apprentices.", "Vienna"),
        ("How many seats does the tea house have?", "The tea house opened in 1987. It has forty seats.", "forty"),
    ],
)
def test_plain_questions_are_answered_exactly(reader: NeuralReader, question: str, text: str, answer: str) -> None:
    assert best(reader, question, passage(text)) == answer


@pytest.mark.parametrize(
    "noise",
    [
        "",
        "Čćđš ñ ß. ",
        "東京の茶屋。",
        "🍵👩‍👩‍👧 ",
        "e\u0301a\u0308\u0323 ",
        "\u200b\ufeff\u00a0",
        "\ud800 ",
        "\x00\x07 ",
        "שלום ",
    ],
)
def test_offsets_are_those_of_the_document(reader: NeuralReader, noise: str) -> None:
    read = passage(f"{noise}The tea house opened in 1987.", lead=f"{noise}\n\n")
    for span in reader.read(analyse_question("When did the tea house open?"), [read], [1.0]).spans:
        assert read.start <= span.start < span.end <= read.end
    assert best(reader, "When did the tea house open?", read) == "1987"


def test_an_answer_stays_in_its_line_and_is_no_key(reader: NeuralReader) -> None:
    read = passage("- Founder1: Ana Petrova\n- House1: Tea house, Lindau\n- Founder2: Karl Huber\n- House2: Inn, Ulm")
    for span in reader.read(analyse_question("Who is the founder of the tea house in Lindau?"), [read], [1.0]).spans:
        text = read.text[span.start : span.end]
        assert "\n" not in text
        assert ":" not in text
        assert not text.startswith(("Founder", "House"))


@pytest.mark.parametrize(("place", "answer"), [("Vienna", "Ana Petrova"), ("Strelsau", "Karl Huber")])
def test_lines_of_one_number_belong_together(reader: NeuralReader, place: str, answer: str) -> None:
    read = passage(
        "- Envoy1: Ana Petrova\n- Mission1: Embassy of Ruritania, Vienna\n"
        "- Envoy2: Karl Huber\n- Mission2: Embassy of Austria, Strelsau"
    )
    assert best(reader, f"Who is the envoy in {place}?", read) == answer


def test_a_long_passage_is_read_to_its_end(reader: NeuralReader) -> None:
    filler = "The committee met on a rainy morning and spoke about nothing of note. " * 120
    read = passage(filler + "The tea house was founded by Clara Weiss. " + filler)
    assert best(reader, "Who founded the tea house?", read) == "Clara Weiss"


def test_the_passage_that_answers_wins_over_one_that_does_not(reader: NeuralReader) -> None:
    wrong = passage("The committee met in 1921 and spoke about nothing of note.")
    right = passage("The tea house opened in 1987 and has forty seats.")
    reading = reader.read(analyse_question("When did the tea house open?"), [wrong, right], [2.0, 1.0])
    assert reading.spans[0].passage == 1


def test_reading_ends_where_the_next_passage_could_hardly_win(
    reader: NeuralReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure = passage("The tea house in Lindau opened in 1987 and has forty seats.")
    other = passage("The ferry leaves the harbour at noon on working days.", title="Ferry")

    def read(scores: list[float], limit: float) -> list[int]:
        seen = list[int]()
        logits = NeuralReader._logits
        with monkeypatch.context() as patch:
            patch.setattr(neural, "SURE", limit)
            patch.setattr(neural, "LITTLE", 0)
            patch.setattr(reader, "_logits", lambda window: seen.append(window.passage) or logits(reader, window))
            reader.read(analyse_question("When did the tea house open?"), [sure, other], scores)
        return seen

    score = reader.read(analyse_question("When did the tea house open?"), [sure], [1.0]).spans[0].score
    assert read([1.0, 1.0], limit=score - 0.1) == [0]
    assert read([1.0, 1.0], limit=score + 0.1) == [0, 1]
    assert read([1.0, 0.9], limit=score + 0.1) == [0]  # it would have to make up for its rank as well
    assert read([1.0, neural.NEAR + 0.01], limit=100.0) == [0, 1]
    assert read([1.0, neural.NEAR - 0.01], limit=100.0) == [0]


def test_no_passages_give_no_spans(reader: NeuralReader) -> None:
    assert reader.read(analyse_question("Who?"), [], []).spans == ()


def test_a_question_of_any_length_is_read(reader: NeuralReader) -> None:
    assert reader.read(analyse_question("when " * 5000), [passage("It opened in 1987.")], [1.0]).spans


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["missing", "truncated", "empty"])
def test_a_missing_or_damaged_file_is_named_with_the_fallback(tmp_path: Path, name: str, damage: str) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    path = tmp_path / "model" / name
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: 1000 if damage == "truncated" else 0])
    with pytest.raises(ModelError, match="--reader lexical") as error:
        NeuralReader(folder=tmp_path / "model")
    assert name in str(error.value)


def test_a_ligature_is_read_as_its_letters_and_the_span_is_the_text(reader: NeuralReader) -> None:
    (plain, *_), (joined, *_) = (
        reader.read(
            analyse_question("Where is the key?"), [passage(f"The key is in the {word} downstairs.")], [1.0]
        ).spans
        for word in ("office", "oﬃce")
    )
    assert joined.score == pytest.approx(plain.score, abs=1e-3)
    assert (joined.start, joined.end) == (plain.start, plain.end - 2)
