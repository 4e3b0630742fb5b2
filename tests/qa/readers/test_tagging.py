"""The tagger: spans from tags, one stretch each, and clear failures."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from corpus.documents import Document, Passage, Section
from corpus.errors import ModelError
from corpus.passages import PassageSettings, split_passages
from qa.questions import analyse_question
from qa.readers.neural import MODEL, NeuralReader
from qa.readers.tagging import Tagger, likeliest

OUT, FIRST, IN = (3.0, 0.0, 0.0), (0.0, 3.0, 0.0), (0.0, 0.0, 3.0)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([OUT, OUT], []),
        ([FIRST], [(0, 0)]),
        ([FIRST, IN, IN], [(0, 2)]),
        ([FIRST, FIRST], [(0, 0), (1, 1)]),
        ([OUT, FIRST, IN, OUT, FIRST], [(1, 2), (4, 4)]),
        ([], []),
    ],
)
def test_the_likeliest_tags_give_the_spans(tags: list[tuple[float, ...]], spans: list[tuple[int, int]]) -> None:
    assert likeliest(tags, [0] * len(tags)) == spans


def test_an_answer_never_begins_inside() -> None:
    assert likeliest([(9.0, 0.0, 0.0), IN, IN, OUT], [0] * 4) == [(1, 2)]
    assert likeliest([(1.0, 0.0, 3.0), OUT], [0, 0]) == []


def test_an_answer_stays_in_its_stretch_and_out_of_what_is_barred() -> None:
    assert likeliest([FIRST, IN, FIRST, IN], [0, 0, 1, 1]) == [(0, 1), (2, 3)]
    assert likeliest([FIRST, (1.0, 0.0, 3.0)], [0, 1]) == [(0, 0)]
    assert likeliest([FIRST, IN], [-1, -1]) == []


TEXT = "The choir sang for the mayor. It was led by Ines Sandhu, Omar Falk and Tove Lind. The hall was full."


def passage(text: str) -> Passage:
    document = Document("d", "Notes", text, (Section((), 0, len(text)),), "d.txt")
    (only,) = split_passages(document, PassageSettings(max_words=100_000))
    return only


def test_marked_spans_are_the_passage_verbatim_and_know_how_sure_they_are() -> None:
    reader = NeuralReader()
    reading = reader.read(analyse_question("Who led the choir?"), [passage(TEXT)], [1.0])
    spans = reading.tagged([0])
    assert [span.text for span in spans] == ["Ines Sandhu", "Omar Falk", "Tove Lind"]
    for span in spans:
        assert TEXT[span.start : span.end] == span.text
        assert 0 < dict(span.evidence)["tag"] <= 1
    assert reading.tagged([]) == ()


@pytest.mark.parametrize("damage", ["missing", "truncated"])
def test_a_missing_or_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    if damage == "truncated":
        (tmp_path / "tagger.onnx").write_bytes((MODEL / "tagger.onnx").read_bytes()[:1000])
    with pytest.raises(ModelError, match=r"tagger\.onnx.*install citespan again"):
        Tagger(tmp_path, 1).spans(np.zeros((1, 3, 384), np.float32), np.zeros(3, np.int32), 0, 0.0)


def test_the_reader_opens_without_the_tagger(tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    (tmp_path / "model" / "tagger.onnx").unlink()
    reading = NeuralReader(folder=tmp_path / "model").read(analyse_question("Who led it?"), [passage(TEXT)], [1.0])
    assert reading.spans
    with pytest.raises(ModelError):
        reading.tagged([0])
