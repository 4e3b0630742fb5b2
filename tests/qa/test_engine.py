from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from corpus.documents import Document, Passage, Section
from corpus.errors import SettingError, SourceError
from qa.engine import Engine
from qa.opening import build_documents
from qa.readers.readings import Reading


@pytest.fixture(scope="module")
def engine() -> Engine:
    return qa.default(reader="lexical")


def test_an_engine_and_its_index_say_what_they_are(engine: Engine) -> None:
    assert repr(engine) == "<Engine: 1 document, 55 passages, lexical reader>"
    assert repr(engine.index) == "<Index: 1 document, 55 passages, bm25f>"


def test_a_section_comes_with_its_subsections_and_the_lead_alone(engine: Engine) -> None:
    name = next(engine.documents()).id
    history, century = engine.section(name, "history"), engine.section(name, "History > 19th century")
    assert history.path == ("History",)
    assert history.start <= century.start < century.end < history.end
    assert engine.section(name, "").path == ()
    assert engine.section(name, "").end <= history.start


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_question_is_answered_verbatim_or_refused_with_a_reason(question: str) -> None:
    engine = qa.default(reader="lexical")
    answer = engine.ask(question, min_confidence=0)
    assert answer.question == question
    if answer.answered and answer.citation is not None:
        document = engine.document(answer.citation.document)
        assert document.text[answer.citation.start : answer.citation.end] == answer.text
    else:
        assert answer.reason in ("empty_question", "no_match", "low_confidence")


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("", "empty_question"),
        ("  \n\t", "empty_question"),
        ("?!…", "empty_question"),
        ("What is the of?", "empty_question"),
        ("🍵🍵🍵", "empty_question"),
        ("xylophone zugzwang?", "no_match"),
    ],
)
def test_a_question_without_anything_to_find_is_refused_with_its_reason(
    engine: Engine, question: str, reason: str
) -> None:
    answer = engine.ask(question)
    assert (answer.reason, answer.nearest) == (reason, ())


def test_a_question_under_the_threshold_is_refused_with_the_nearest_sentences(engine: Engine) -> None:
    answer = engine.ask("When were visas abolished?", min_confidence=1.0)
    assert answer.reason == "low_confidence"
    assert 0 < answer.confidence < 1
    assert 1 <= len(answer.nearest) <= 3
    assert "visas" in answer.nearest[0].quote
    places = [(citation.document, citation.start) for citation in answer.nearest]
    assert len(set(places)) == len(places)


def test_answers_and_alternatives_are_distinct_and_at_most_as_many_as_asked_for(engine: Engine) -> None:
    answer = engine.ask("When were visas abolished?", top=4, min_confidence=0)
    texts = [answer.text, *(other.text for other in answer.alternatives)]
    assert len(texts) == len(set(texts)) <= 4
    assert engine.ask("When were visas abolished?", top=1, min_confidence=0).alternatives == ()


def test_many_questions_are_answered_one_by_one_in_order(engine: Engine) -> None:
    def questions() -> Iterator[str]:
        yield "When were visas abolished?"
        yield ""
        raise AssertionError("the third question was asked for too early")

    answers = engine.ask_many(questions())
    assert next(answers).question == "When were visas abolished?"
    assert next(answers).reason == "empty_question"


def test_the_same_question_gets_the_same_answer(engine: Engine) -> None:
    one, other = (engine.ask("Who founded the Russian All-Military Union?").to_dict() for _ in range(2))
    del one["elapsed_ms"], other["elapsed_ms"]
    assert one == other


def test_a_saved_engine_answers_like_the_one_in_memory(engine: Engine, tmp_path: Path) -> None:
    engine.save(str(tmp_path / "x.index"))
    opened = qa.open(str(tmp_path / "x.index"), reader="lexical")
    for question in ("When were visas abolished?", "Who wrote Hamlet?"):
        one, other = engine.ask(question).to_dict(), opened.ask(question).to_dict()
        del one["elapsed_ms"], other["elapsed_ms"]
        assert one == other


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda engine: engine.ask("x", top=0), "top"),
        (lambda engine: engine.ask("x", min_confidence=1.1), "min_confidence"),
        (lambda engine: engine.search("x", k=0), "k is 0"),
        (lambda _: qa.build("handbook"), r"as in \['handbook'\]"),
        (lambda _: qa.build(Path("handbook")), r"as in \['handbook'\]"),  # type: ignore[arg-type]
        (lambda _: qa.default(reader="crystal-ball"), "crystal-ball"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(engine: Engine, call, names: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SettingError, match=names):
        call(engine)


def test_nothing_to_read_is_an_error_that_gives_the_causes(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(SourceError, match=r"empty\.txt.*empty"):
        qa.build([str(tmp_path)])


def test_an_infobox_pairs_the_envoy_with_the_mission(tmp_path: Path) -> None:
    path = tmp_path / "relations.txt"
    path.write_text(
        "= Relations =\n\nInfobox\n- Envoy1: Ana Petrova\n- Mission1: Embassy of Ruritania, Vienna\n"
        "- Envoy2: Karl Huber\n- Mission2: Embassy of Austria, Strelsau\n\nThe two countries have good relations.\n",
        encoding="utf-8",
    )
    engine = qa.build([str(path)], reader="lexical")
    answer = engine.ask("Who is the Ruritanian envoy in Vienna?", min_confidence=0)
    assert answer.text == "Ana Petrova"


class NotingReader:
    """A reader that finds nothing and keeps what it is given."""

    name = "lexical"
    passages = 4

    knows_other_words = False

    def __init__(self, least_coverage: float) -> None:
        self.least_coverage = least_coverage
        self.given: list[str] = []

    def read(self, _: str, passages: Sequence[Passage], scores: Sequence[float]) -> Reading:
        assert len(passages) == len(scores)
        self.given = [view.passage.document for view in passages]
        return Reading((), no_answer=0.0)


@pytest.mark.parametrize(("least", "read"), [(0.0, 4), (0.1, 3), (0.9, 2)])
def test_a_third_passage_is_read_only_where_it_holds_enough_of_the_question(
    least: float, read: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.confidence.SHORT", 0)
    texts = [
        "The harbour ferry carried lamps.",
        "The harbour ferry carried nothing.",
        "The harbour ferry stood still.",
        "The harbour, of which few people have ever heard anything good, was built long ago of stone and oak.",
    ]
    documents = [Document(str(n), "", text, (Section((), 0, len(text)),), str(n)) for n, text in enumerate(texts)]
    engine = build_documents(documents, reader="lexical")
    engine.reader = reader = NotingReader(least)
    candidates = engine.read("Which harbour ferry carried lamps?")
    assert [hit.passage.document for hit in candidates.hits] == ["0", "1", "2", "3"]
    assert reader.given == ["0", "1", "2", "3"][:read]


def test_short_passages_are_read_beyond_the_usual_number() -> None:
    texts = [f"The harbour ferry number {n} carried lamps." for n in range(12)]
    documents = [Document(str(n), "", text, (Section((), 0, len(text)),), str(n)) for n, text in enumerate(texts)]
    engine = build_documents(documents, reader="lexical")
    engine.reader = reader = NotingReader(0.9)
    engine.read("Which harbour ferry carried lamps?")
    assert len(reader.given) == 2 * reader.passages


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("minutes") / "minutes.md"
    path.write_text(
        "# Minutes of 4 March\n\nPresent: Ida Holm, Per Lund, Rosa Vik.\n\n"
        "Apologies were received from Otto Krag.\n\n- The roof will be mended in May.\n- Tickets: £5\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize(("question", "text"), [("Who was absent?", "Otto Krag"), ("How much is admission?", "£5")])
def test_a_short_document_answers_in_other_words_than_the_question(minutes: Path, question: str, text: str) -> None:
    answer = qa.build([str(minutes)]).ask(question)
    assert answer.text == text
    assert answer.confidence > 0.5


@pytest.mark.parametrize("least", [0.0, None])
def test_a_short_document_without_the_answer_still_says_that_nothing_matches(
    minutes: Path, least: float | None
) -> None:
    for reader in ("neural", "lexical"):
        engine = qa.build([str(minutes)], reader=reader)
        for question in ("Who won the world cup?", "Where is the giraffe?"):
            assert engine.ask(question, min_confidence=least).reason == "no_match"
    assert qa.build([str(minutes)], reader="lexical").ask("Who was absent?", min_confidence=least).reason == "no_match"
