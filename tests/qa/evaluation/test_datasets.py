"""Evaluation files: what is read of each, and what is said of one that is not in its format."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DataError, SourceError
from qa.evaluation.datasets import read_dataset

CONTEXT = "Zoë lit the lamp. The keeper slept."


def squad(**question):
    item = {"id": "q1", "question": "Who lit it?", "answers": [{"text": "Zoë", "answer_start": 0}], **question}
    return {"data": [{"title": "The_Old_Lamp", "paragraphs": [{"context": CONTEXT, "qas": [item]}]}]}


@pytest.fixture
def written(tmp_path):
    def write(content, name="file.json"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        return path

    return write


@pytest.fixture
def beir(written, tmp_path):
    def write(**changed):
        files = {
            "corpus.jsonl.gz": '{"_id": "d1", "title": "T", "text": "H."}\n{"_id": "d2", "title": "Ice", "text": ""}',
            "queries.jsonl": '{"_id": "q1", "text": "hot"}\n\n{"_id": "q2", "text": "never judged"}\n',
            "qrels/test.tsv": "query-id\tcorpus-id\tscore\nq1\td1\t2\nq1\td2\t0\n",
            **changed,
        }
        for name, content in files.items():
            if content is not None:
                written(content, f"beir/{name}")
        return tmp_path / "beir"

    return write


def test_a_squad_paragraph_becomes_a_document_and_its_answers_keep_their_places(written):
    dataset = read_dataset(written(squad()))
    (document,), (question,) = dataset.documents, dataset.questions
    assert (dataset.kind, document.id, document.title) == ("squad", "The_Old_Lamp-1", "The Old Lamp")
    assert (document.text, document.sections[0].end) == (CONTEXT, len(CONTEXT))
    assert (question.document, question.answers, question.spans) == ("The_Old_Lamp-1", ("Zoë",), ((0, 3),))


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), st.data())
def test_every_gold_span_of_squad_is_verbatim_in_its_document(tmp_path_factory, context, data):
    start = data.draw(st.integers(0, len(context) - 1))
    end = data.draw(st.integers(start + 1, len(context)))
    answer = {"text": context[start:end], "answer_start": start}
    content = {
        "data": [{"title": "T", "paragraphs": [{"context": context, "qas": [{"question": "?", "answers": [answer]}]}]}]
    }
    path = tmp_path_factory.mktemp("squad") / "one.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    dataset = read_dataset(path)
    ((found_start, found_end),) = dataset.questions[0].spans
    assert dataset.documents[0].text[found_start:found_end] == dataset.questions[0].answers[0] == context[start:end]


def test_gold_answers_given_twice_are_kept_once(written):
    answers = [{"text": "Zoë", "answer_start": 0}] * 2 + [{"text": "the", "answer_start": 8}]
    question = read_dataset(written(squad(answers=answers))).questions[0]
    assert (question.answers, question.spans) == (("Zoë", "the"), ((0, 3), (8, 11)))


def test_squad_2_questions_without_answers_are_unanswerable_and_gzip_is_unpacked(written):
    dataset = read_dataset(written(squad(answers=[], is_impossible=True), "file.json.gz"))
    assert dataset.questions[0].answers == ()


def test_squad_files_are_pooled_and_share_equal_paragraphs(written):
    first, second = written(squad(), "a.json"), squad(id="q2")
    second["data"][0]["paragraphs"].append({"context": "More.", "qas": []})
    dataset = read_dataset([first, written(second, "b.json")])
    assert [document.id for document in dataset.documents] == ["The_Old_Lamp-1", "The_Old_Lamp-2"]
    assert [(question.id, question.document) for question in dataset.questions] == [
        ("q1", "The_Old_Lamp-1"),
        ("q2", "The_Old_Lamp-1"),
    ]


@pytest.mark.parametrize(
    ("question", "cause"),
    [
        ({"answers": [{"text": "Zoë", "answer_start": 1}]}, "'Zoë' is not at position 1, where 'oë ' stands"),
        ({"answers": [{"text": "Zoë", "answer_start": -3}]}, "not at position -3"),
        ({"answers": [{"text": "ept", "answer_start": -4}]}, "'ept' is not at position -4"),
        ({"answers": [{"text": "", "answer_start": 0}]}, "'' is not at position 0"),
        ({"answers": [{"text": "Zoë"}]}, "no 'answer_start'; expected a position"),
        ({"answers": "Zoë"}, "'answers' is 'Zoë'; expected a list"),
        ({"question": None}, "'question' is None; expected a text"),
        ({"is_impossible": True}, "contradict"),
        ({"answers": [], "is_impossible": False}, "contradict"),
    ],
)
def test_a_bad_squad_question_is_skipped_with_its_place_and_the_rest_is_read(written, question, cause):
    content = squad()
    content["data"][0]["paragraphs"][0]["qas"] += squad(**question)["data"][0]["paragraphs"][0]["qas"]
    path = written(content)
    dataset = read_dataset(path)
    assert len(dataset.questions) == 1
    assert dataset.skipped[0].place == f"{path}, data[0].paragraphs[0].qas[1]"
    assert cause in dataset.skipped[0].cause


def test_a_list_of_questions_keeps_sections_answers_and_ids(written):
    items = [
        {"question": "Who?", "answers": ["Ada", "Lady Ada"], "section": "Life > Youth"},
        {"id": 7, "question": "Where?", "answers": ["Here"], "section": ""},
        {"question": "Why?", "answers": [], "section": None},
        {"question": "", "answers": [], "section": ["A > B", "C"]},
    ]
    as_list = read_dataset(written(items))
    as_lines = read_dataset(written("\ufeff" + "\n\n".join(map(json.dumps, items)) + "\n", "lines.jsonl"))
    assert [(q.question, q.answers, q.section) for q in as_lines.questions] == [
        (q.question, q.answers, q.section) for q in as_list.questions
    ]
    assert [question.section for question in as_list.questions] == [("Life", "Youth"), (), None, ("A > B", "C")]
    assert [question.id for question in as_list.questions] == ["1", "7", "3", "4"]
    assert as_list.questions[0].answers == ("Ada", "Lady Ada")
    assert as_list.documents == ()


@pytest.mark.parametrize(
    ("item", "cause"),
    [
        ('"Who?"', "'Who?' was read; expected an object"),
        ('{"question": "Who?"}', "no 'answers'; expected a list of texts"),
        ('{"question": 3, "answers": []}', "'question' is 3; expected a text"),
        ('{"question": "Who?", "answers": ["Ada", " "]}', "holds ' '"),
        ('{"question": "Who?", "answers": [], "section": 4}', "'section' is 4; expected headings"),
        ('{"question": ', "not JSON"),
    ],
)
def test_a_bad_line_is_skipped_with_its_number_and_the_rest_is_read(written, item, cause):
    path = written(f'{{"question": "A?", "answers": []}}\n\n{item}\n{{"question": "B?", "answers": []}}', "q.jsonl")
    dataset = read_dataset(path)
    assert [question.question for question in dataset.questions] == ["A?", "B?"]
    assert dataset.skipped[0].place == f"{path}, line 3"
    assert cause in dataset.skipped[0].cause


def test_a_beir_folder_gives_judged_queries_and_every_document(beir):
    dataset = read_dataset(beir())
    assert dataset.kind == "beir"
    assert [(document.id, document.text) for document in dataset.documents] == [("d1", "H."), ("d2", "Ice")]
    assert [(q.id, dict(q.judgements)) for q in dataset.questions] == [("q1", {"d1": 2, "d2": 0})]


def test_the_test_judgements_are_used_where_there_are_several(beir):
    dataset = read_dataset(beir(**{"qrels/dev.tsv": "q2\td1\t1\n"}))
    assert [question.id for question in dataset.questions] == ["q1"]


def test_a_judged_query_without_text_is_skipped(beir):
    dataset = read_dataset(beir(**{"qrels/test.tsv": "q1\td1\t1\nq9\td1\t1\nq2\td1\t0\n"}))
    assert [question.id for question in dataset.questions] == ["q1"]
    assert "'q9'" in dataset.skipped[0].place


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"qrels/test.tsv": "q1\td1\n"}, "test.tsv, line 1: 'q1\\td1' was read; expected query-id"),
        ({"qrels/test.tsv": None, "qrels/a.tsv": "q1\td1\t1", "qrels/b.tsv": ""}, "a.tsv, b.tsv found; expected test"),
        ({"corpus.jsonl.gz": '{"_id": "d1", "title": "Tea"}'}, "line 1: no field 'text'; expected a text"),
        ({"corpus.jsonl.gz": "{"}, "line 1"),
        ({"corpus.jsonl.gz": '{"_id": "d", "title": "", "text": "a"}\n' * 2}, "line 2: '_id' 'd' stands twice"),
        ({"queries.jsonl": None}, "neither queries.jsonl nor queries.jsonl.gz is there"),
        ({"qrels/test.tsv": ""}, "holds no question"),
    ],
)
def test_a_damaged_beir_folder_is_named_with_its_place(beir, changed, message):
    with pytest.raises(DataError, match="beir") as error:
        read_dataset(beir(**changed))
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"data": [{"title": "T", "paragraphs": [{"qas": []}]}]}', "data[0].paragraphs[0]: no field 'context'"),
        ('{"data": [{"paragraphs": []}]}', "data[0]: no field 'title'; expected a text"),
        ('{"data": [{"title": "T", "paragraphs": 3}]}', "'paragraphs' is 3; expected a list"),
        ('{"data": {}}', "no list 'data'"),
        ('{"data": []}', "holds no question"),
        ('{"question": "?"}', "an object with 'question' was read; expected an object with 'data' (SQuAD)"),
        ("[]", "holds no question"),
        ('[{"question": 1}]', "item 1: no 'answers'"),
        ("not json", "not JSON"),
        ("", "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_file_that_is_not_in_its_format_is_named_with_what_was_expected(written, content, message):
    path = written(content)
    with pytest.raises(DataError) as error:
        read_dataset(path)
    assert str(path) in str(error.value)
    assert message in str(error.value)


def test_bytes_that_are_not_utf_8_are_a_data_error(tmp_path):
    (tmp_path / "latin.json").write_bytes(b'[{"question": "caf\xe9"}]')
    with pytest.raises(DataError, match="not UTF-8 at byte 18"):
        read_dataset(tmp_path / "latin.json")


def test_a_file_that_cannot_be_read_is_a_source_error(tmp_path):
    (tmp_path / "cut.json.gz").write_bytes(gzip.compress(b"[]" * 100)[:-4])
    (tmp_path / "plain.json.gz").write_bytes(b"[]")
    (tmp_path / "damaged.json.gz").write_bytes(gzip.compress(b"[]" * 100)[:10] + b"\xff" * 20)
    for name in ("missing.json", "cut.json.gz", "plain.json.gz", "damaged.json.gz"):
        with pytest.raises(SourceError, match=name):
            read_dataset(tmp_path / name)


def test_no_file_at_all_is_a_data_error():
    with pytest.raises(DataError, match="no evaluation file was named"):
        read_dataset([])
