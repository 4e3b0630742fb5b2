"""Evaluation, held against figures computed by hand for an engine that answers as it is told."""

import json
import types

import pytest

from corpus.documents import Passage
from corpus.errors import DataError, SettingError, SourceError
from qa.answers import Answer, Citation
from qa.candidates import Hit
from qa.evaluation.datasets import Dataset, read_dataset
from qa.evaluation.evaluation import EvaluationSettings, evaluate
from qa.labelled import LabelledQuestion

PARAGRAPHS = [
    "Ada built the mill in 1816. It burned down.",
    "The mill stood in Ghent. Ada sold it to Rolf.",
    "Rolf moved to Turin.",
]


class ToldEngine:
    """Answers a question with a told (text, confidence), searching like a child: by words in common."""

    def __init__(self, documents, replies):
        self.texts = list(documents)
        self.replies = replies
        self.min_confidence = 0.5
        self.reader = types.SimpleNamespace(name="told")

    def counts(self):
        return {"documents": len(self.texts), "passages": len(self.texts)}

    def ask(self, question, *, min_confidence=None, where=()):  # noqa: ARG002
        text, confidence = self.replies.get(question, (None, 0.0))
        if isinstance(text, BaseException):
            raise text
        holder = next((document for document in self.texts if text and text in document.text), None)
        if holder is None:
            return Answer.refusal(question, "no_match")
        start = holder.text.index(text)
        quote_start = holder.text.rfind(". ", 0, start) + 2 if ". " in holder.text[:start] else 0
        quote_end = holder.text.index(".", start) + 1
        citation = Citation(
            document=holder.id,
            title=holder.title,
            source=holder.source,
            section=holder.sections[0].path,
            page=None,
            start=start,
            end=start + len(text),
            quote=holder.text[quote_start:quote_end],
            quote_start=quote_start,
            quote_end=quote_end,
            sha256=holder.sha256,
        )
        if confidence < (self.min_confidence if min_confidence is None else min_confidence):
            return Answer.refusal(question, "low_confidence", confidence=confidence)
        return Answer(question, True, text, confidence, 1.0, citation)

    def search(self, question, *, k=5, where=()):  # noqa: ARG002
        words = set(question.lower().strip("?").split())
        hits = []
        for number, document in enumerate(self.texts):
            common = len(words & set(document.text.lower().replace(".", "").split()))
            if common:
                end = len(document.text)
                passage = Passage(
                    document.id, document.title, document.sections[0].path, 0, end, document.text, ((0, end),)
                )
                hits.append((-common, number, Hit(passage, float(common))))
        return [hit for _, _, hit in sorted(hits, key=lambda found: found[:2])][:k]


@pytest.fixture
def told(monkeypatch):
    """Makes every engine that evaluation builds answer as told; gives the list of those built."""

    def tell(replies):
        built = []

        def build_documents(documents, **_options):
            built.append(ToldEngine(documents, replies))
            return built[-1]

        monkeypatch.setattr("qa.opening.build_documents", build_documents)
        return built

    return tell


def squad(tmp_path, questions, name="squad.json"):
    """A file with three paragraphs; questions are (text, answer or None, paragraph)."""
    paragraphs = [{"context": context, "qas": []} for context in PARAGRAPHS]
    for number, (question, answer, paragraph) in enumerate(questions):
        answers = [{"text": answer, "answer_start": PARAGRAPHS[paragraph].index(answer)}] if answer else []
        item = {"id": f"q{number}", "question": question, "answers": answers, "is_impossible": not answer}
        paragraphs[paragraph]["qas"].append(item)
    path = tmp_path / name
    path.write_text(json.dumps({"data": [{"title": "The_Mill", "paragraphs": paragraphs}]}))
    return path


def questions_file(tmp_path, items):
    path = tmp_path / "questions.json"
    path.write_text(json.dumps(items))
    return path


SQUAD_1 = [
    ("When was the mill built?", "1816", 0),
    ("Who bought it from Ada?", "Rolf", 1),
    ("Where is Rolf?", "Turin", 2),
]
REPLIES_1 = {
    "When was the mill built?": ("in 1816", 0.9),  # EM 0, F1 2/3, the right sentence
    "Who bought it from Ada?": ("Ghent", 0.6),  # wrong, in the right paragraph but not the right sentence
    "Where is Rolf?": ("Turin", 0.2),  # right, under the threshold
}


def test_pooled_squad_1_gives_forced_headline_figures_computed_by_hand(tmp_path, told):
    built = told(REPLIES_1)
    found = evaluate(squad(tmp_path, SQUAD_1))
    assert len(built) == 1
    assert (found.questions, found.answerable, found.planned, found.complete) == (3, 3, 3, True)
    assert (found.documents, found.passages, found.reader, found.min_confidence) == (3, 3, "told", 0.5)
    assert found.em == found.forced_em == pytest.approx(1 / 3)
    assert found.f1 == found.forced_f1 == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert found.has_answer_em == 0.0
    assert found.has_answer_f1 == pytest.approx((2 / 3) / 3)
    assert (found.no_answer_em, found.best_f1, found.refused_unanswerable) == (None, None, None)
    assert (found.refused, found.refused_answerable) == pytest.approx((1 / 3, 1 / 3))
    assert found.quote_holds_gold == pytest.approx(2 / 3)
    assert found.right_document == 1.0
    assert found.right_section is None


def test_the_rank_of_the_passage_that_holds_the_gold_answer_is_computed_by_hand(tmp_path, told):
    told(REPLIES_1)
    found = evaluate(squad(tmp_path, SQUAD_1))
    # Words in common: "was the mill built" 3 1 0; "bought it from Ada" 2 2 0; "is Rolf" 0 1 1.
    ranks = [round(1 / row.reciprocal_rank) for row in found.rows]
    assert ranks == [1, 2, 2]
    assert (found.recall_at_1, found.recall_at_5, found.mrr) == pytest.approx((1 / 3, 1.0, 2 / 3))


def test_a_passage_of_the_gold_paragraph_without_the_answer_does_not_count(tmp_path, told, monkeypatch):
    told(REPLIES_1)

    def halves(self, _question, **_options):
        text = self.texts[0].text
        cut = text.index(" It")
        windows = [(cut + 1, len(text)), (0, cut)]
        return [
            Hit(Passage(self.texts[0].id, "", (), start, end, text[start:end], ((start, end),)), 1.0)
            for start, end in windows
        ]

    monkeypatch.setattr(ToldEngine, "search", halves)
    assert evaluate(squad(tmp_path, SQUAD_1[:1])).mrr == 0.5


def test_the_right_words_in_the_wrong_paragraph_are_no_gold_quote(tmp_path, told):
    told({"Who moved?": ("Rolf", 0.9)})  # Found in the second paragraph, meant in the third.
    found = evaluate(squad(tmp_path, [("Who moved?", "Rolf", 2)]))
    assert (found.em, found.right_document, found.quote_holds_gold) == (1.0, 0.0, 0.0)


def test_a_quote_of_another_paragraph_at_the_same_place_is_no_gold_quote(tmp_path, told):
    told({"Who moved?": ("Ada", 0.9)})  # The first sentence of the first paragraph spans the gold position.
    found = evaluate(squad(tmp_path, [("Who moved?", "Rolf", 2)]))
    assert (found.right_document, found.quote_holds_gold) == (0.0, 0.0)


def test_refusing_an_unanswerable_question_is_no_right_answer_to_be_confident_of(tmp_path, told):
    told({})
    found = evaluate(squad(tmp_path, [("Why?", None, 0)]))
    assert (found.em, found.exact_confidence.aurc, found.overlap_confidence.aurc) == (1.0, 1.0, 1.0)


def test_squad_2_gives_the_headline_at_the_threshold_and_the_best_threshold_besides(tmp_path, told):
    told({**REPLIES_1, "Who painted it?": ("Rolf", 0.4), "Why Turin?": ("Ghent", 0.7)})
    path = squad(tmp_path, [*SQUAD_1, ("Who painted it?", None, 1), ("Why Turin?", None, 2)])
    found = evaluate(path)
    # At 0.5: F1 2/3, 0, refused (0), refused (1), answered (0).
    assert found.f1 == pytest.approx((2 / 3 + 0 + 0 + 1 + 0) / 5)
    assert found.em == pytest.approx(1 / 5)
    assert found.forced_f1 == pytest.approx((2 / 3 + 0 + 1) / 5)
    assert found.has_answer_f1 == pytest.approx((2 / 3) / 3)
    assert found.no_answer_em == found.no_answer_f1 == found.refused_unanswerable == 0.5
    # Only the answer at 0.9 given: 2/3 + 2 refusals.
    assert found.best_f1 == pytest.approx((2 / 3 + 2) / 5)
    assert found.best_f1_min_confidence == 0.9


def test_a_threshold_of_ones_own_changes_the_refusals_and_nothing_forced(tmp_path, told):
    told(REPLIES_1)
    found = evaluate(squad(tmp_path, SQUAD_1), settings=EvaluationSettings(min_confidence=0.0))
    assert found.min_confidence == found.refused == 0.0
    assert found.has_answer_f1 == found.forced_f1 == found.f1


def test_gold_passage_asks_each_question_of_its_own_paragraph(tmp_path, told):
    built = told({**REPLIES_1, "Where is Rolf?": ("Ghent", 0.9)})
    found = evaluate(squad(tmp_path, SQUAD_1), settings=EvaluationSettings(gold_passage=True))
    assert sorted([document.id for document in engine.texts] for engine in built) == [
        ["The_Mill-1"],
        ["The_Mill-2"],
        ["The_Mill-3"],
    ]
    assert found.rows[2].reason == "no_match"
    assert (found.recall_at_1, found.mrr) == (None, None)
    assert found.documents == 3


def test_confidence_figures_are_those_of_a_hand_computed_order(tmp_path, told):
    told(REPLIES_1)
    found = evaluate(squad(tmp_path, SQUAD_1))
    # Surest first, exact match: wrong, wrong, right; F1 of 0.5: right, wrong, right.
    assert found.exact_confidence.aurc == pytest.approx((1 + 1 + 2 / 3) / 3)
    assert found.exact_confidence.coverage_at_80 == 0.0
    assert found.exact_confidence.ece == pytest.approx((0.9 + 0.6 + 0.8) / 3)
    assert found.overlap_confidence.aurc == pytest.approx((0 + 1 / 2 + 1 / 3) / 3)
    assert found.overlap_confidence.coverage_at_80 == pytest.approx(1 / 3)
    assert found.overlap_confidence.coverage_at_90 == pytest.approx(1 / 3)


def test_a_list_of_questions_is_judged_by_section_quote_and_refusal(tmp_path):
    path = questions_file(
        tmp_path,
        [
            {"question": "When?", "answers": ["1816"], "section": ""},
            {"question": "Where?", "answers": ["Bruges"], "section": "Places > Towns"},
            {"question": "Why?", "answers": []},
            {"question": "How?", "answers": []},
            {"question": 5, "answers": []},
        ],
    )
    replies = {"When?": ("1816", 0.9), "Where?": ("Ghent", 0.8), "Why?": ("Turin", 0.3), "How?": ("Ada", 0.9)}
    found = evaluate(path, engine=ToldEngine(read_dataset(squad(tmp_path, SQUAD_1)).documents, replies))
    assert (found.questions, found.answerable) == (4, 2)
    assert found.em == pytest.approx((1 + 0 + 1 + 0) / 4)
    assert found.right_section == 0.5
    assert found.quote_holds_gold == 0.5
    assert (found.refused_answerable, found.refused_unanswerable) == (0.0, 0.5)
    assert found.right_document is None
    assert found.skipped[0].place.endswith("item 5")


def test_beir_documents_rank_by_their_best_passage_and_never_for_their_own_id(tmp_path, told):
    told({})
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    texts = {"a": "tea tea", "b": "hot tea", "q1": "hot green tea", "c": "ice"}
    lines = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in texts.items()]
    (folder / "corpus.jsonl").write_text("\n".join(lines))
    (folder / "queries.jsonl").write_text('{"_id": "q1", "text": "hot green tea"}')
    (folder / "qrels/test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\ta\t1\nq1\tc\t1\n")
    found = evaluate(folder)
    # The ranking is b, a: the gain is 1 / log2(3), the ideal 1 + 1 / log2(3).
    assert found.ndcg_at_10 == pytest.approx(0.6309297535714575 / 1.6309297535714575)
    assert (found.recall_at_1, found.recall_at_5, found.mrr) == (0.0, 0.5, 0.5)
    assert (found.em, found.answerable, found.exact_confidence, found.reader) == (None, None, None, None)


def test_passages_are_fetched_until_enough_documents_are_ranked(told, monkeypatch):
    told({})
    monkeypatch.setattr("qa.evaluation.evaluation.DEPTH", 2)
    ranked = "aaaaaaab"

    def search(_self, _question, *, k=5):
        return [Hit(Passage(name, "", (), 0, 1, "x", ((0, 1),)), 1.0) for name in ranked[:k]]

    monkeypatch.setattr(ToldEngine, "search", search)
    dataset = Dataset("beir", "made up", (LabelledQuestion("q", "?", judgements={"b": 1}),))
    assert evaluate(dataset).mrr == 0.5


def test_a_sample_is_the_same_for_the_same_seed_and_rows_keep_the_file_order(tmp_path, told):
    told({})
    path = squad(tmp_path, [(f"Question {number}?", "1816", 0) for number in range(40)])

    def sampled(seed):
        return [row.id for row in evaluate(path, settings=EvaluationSettings(limit=10, seed=seed)).rows]

    first = sampled(1)
    assert first == sampled(1)
    assert first != sampled(2)
    assert first == sorted(first, key=lambda name: int(name[1:]))
    assert len(first) == 10


def test_progress_is_told_of_every_question(tmp_path, told):
    told(REPLIES_1)
    heard = []
    evaluate(squad(tmp_path, SQUAD_1), progress=lambda done, total: heard.append((done, total)))
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_ctrl_c_gives_what_was_measured_so_far(tmp_path, told):
    told({})

    def stop(done, _total):
        if done == 4:
            raise KeyboardInterrupt

    found = evaluate(squad(tmp_path, [(f"Q{number}?", "1816", 0) for number in range(9)]), progress=stop)
    assert (found.complete, found.questions, found.planned, len(found.rows)) == (False, 4, 9, 4)
    assert "stopped early: 4 of 9" in found.table()


def test_ctrl_c_before_the_first_question_is_passed_on(tmp_path, told):
    told({"When was the mill built?": (KeyboardInterrupt(), 0.0)})
    with pytest.raises(KeyboardInterrupt):
        evaluate(squad(tmp_path, SQUAD_1[:1]))


def test_the_dictionary_is_json_with_every_field_and_the_table_has_the_figures(tmp_path, told):
    told(REPLIES_1)
    found = evaluate(squad(tmp_path, SQUAD_1))
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert list(record) == list(found.__dataclass_fields__)
    assert record["rows"][0]["text"] == "in 1816"
    assert record["exact_confidence"]["ece"] == found.exact_confidence.ece
    assert "rows" not in found.figures()
    lines = found.table().splitlines()
    assert lines[0].endswith("all paragraphs pooled, told reader")
    assert ["33.3", "%"] in [line.removeprefix("  exact match ").split() for line in lines]
    assert "nDCG" not in found.table()
    assert found.table().count("never refusing") == 1


def test_the_real_engine_is_measured_over_pooled_and_over_gold_paragraphs(tmp_path):
    path = squad(tmp_path, SQUAD_1)
    pooled = evaluate(path)
    assert (pooled.documents, pooled.passages, pooled.questions) == (3, 3, 3)
    assert pooled.recall_at_5 == 1.0
    alone = evaluate(path, settings=EvaluationSettings(gold_passage=True))
    answered = [row for row in alone.rows if row.text is not None]
    assert answered
    assert all(PARAGRAPHS[int(row.document[-1]) - 1][row.start : row.end] == row.text for row in answered)
    assert all(row.right_document for row in answered)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"limit": 0}, "limit is 0"), ({"min_confidence": 1.5}, "min_confidence is 1.5")],
)
def test_settings_that_cannot_be_are_refused(wrong, message):
    with pytest.raises(SettingError, match=message):
        EvaluationSettings(**wrong)


def test_settings_that_do_not_fit_the_file_are_refused(tmp_path, told):
    told(REPLIES_1)
    listed = questions_file(tmp_path, [{"question": "When?", "answers": []}])
    with pytest.raises(SettingError, match="gold_passage is for SQuAD"):
        evaluate(listed, settings=EvaluationSettings(gold_passage=True))
    with pytest.raises(SettingError, match="brings its own documents"):
        evaluate(squad(tmp_path, SQUAD_1), settings=EvaluationSettings(sources=("a.txt",)))
    with pytest.raises(SettingError, match="leave them out"):
        evaluate(listed, engine=ToldEngine([], {}), settings=EvaluationSettings(reader="lexical"))


def test_files_that_cannot_be_used_are_named(tmp_path):
    with pytest.raises(SourceError, match=r"missing\.json"):
        evaluate(tmp_path / "missing.json")
    with pytest.raises(DataError, match=r"questions\.json"):
        evaluate(questions_file(tmp_path, {"nothing": 1}))
