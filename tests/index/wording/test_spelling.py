"""Typing errors: corrected where the documents make clear what was meant, left alone everywhere else."""

from __future__ import annotations

import time
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from corpus.sources import default_article
from index.building.build import build_index, build_segment
from index.building.counting import add_totals, totals, weigh
from index.data.vocabulary import vocabulary_of_lines
from index.folder.sharded import ShardedIndex
from index.ranking.search import Index
from index.settings import AnalysisSettings, IndexSettings
from index.terms.analysis import fold
from index.wording.edits import distance
from index.wording.known import KnownWords, is_english
from index.wording.spelling import corrections
from index.wording.understanding import Understood, search, understand

POOL = """An adult ticket costs 6 euros and a child ticket 3 euros. The pool opens at nine at weekends.
Lessons for beginners are given by Marta Lindqvist. Lost property is kept for six weeks. The team from Novi Pazar trains
here, and so does the team from Kragujevac. Marta Lindqvist joined in spring. The code of the door is KX4711."""


def document(name: str, text: str) -> Document:
    return Document(name, "Pool", text, (Section((), 0, len(text)),), f"{name}.txt")


@cache
def pool() -> Index:
    return build_index([document("pool", POOL)])


@cache
def article() -> Index:
    return build_index([default_article()])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how much does an adlut ticket cost?", "how much does an adult ticket cost?"),
        ("how much dose an adult tiket cost?", "how much does an adult ticket cost?"),
        ("wen does the pool open at weekens?", "when does the pool open at weekends?"),
        ("who gives the lesons for begginers?", "who gives the lessons for beginners?"),
        ("how long is lost proprety kept?", "how long is lost property kept?"),
        ("waht is lost?", "what is lost?"),
        ("HOW LONG IS LOST PROPRETY KEPT?", "HOW LONG IS LOST PROPERTY KEPT?"),
        ("Wich team trains here?", "Which team trains here?"),
        ("Who is Marta Lindqivst?", "Who is Marta Lindqvist?"),
        ("Is there a team from Kragujevc?", "Is there a team from Kragujevac?"),
    ],
)
def test_typing_errors_are_corrected_by_the_words_of_the_documents(typed: str, meant: str) -> None:
    assert understand(typed, pool()).did_you_mean == meant


def test_the_question_about_visas_is_understood() -> None:
    assert understand("when wer vizas abolishd", article()).did_you_mean == "when were visas abolished"


@pytest.mark.parametrize(
    "question",
    [
        "When does the pool open at weekends?",  # nothing is wrong
        "Who trains the goats?",  # an English word that the documents do not have
        "Who is Nikola Tesla?",
        "Where is Iraq?",
        "Who is Jarta?",  # a short name that begins otherwise
        "What is the code KX4712?",
        "What is at www.pol.example?",
        "Who is adlut@example.org?",
        "What is team_adlut?",
        "Who is MALT?",
        "What dose of aspirin is right?",
        "Wo ist das Schwimmbad?",
        "",
        "?!",
    ],
)
def test_what_is_no_clear_typing_error_is_left_alone(question: str) -> None:
    assert corrections(question, pool()) == ()


@pytest.mark.parametrize("question", ["Wer gibt den Unterricht?", "Wer trainiert hier?", "¿Cuánto cuesta?"])
def test_a_question_in_another_language_is_not_turned_into_english(question: str) -> None:
    assert corrections(question, pool()) == ()


@pytest.mark.parametrize("name", ["Rutin", "Serbona", "Belgrano", "Moldau", "Putnam", "Yeltson"])
def test_names_that_the_documents_do_not_have_are_not_turned_into_others_with_two_changes(name: str) -> None:
    found = corrections(f"When did {name} visit the country?", article())
    assert all(fold(each.meant)[0] == fold(name)[0] and len(name) > 5 for each in found)


def test_positions_are_those_of_the_question() -> None:
    question = "how much is an adlut  tiket"
    found = corrections(question, pool())
    assert [(each.word, each.meant) for each in found] == [("adlut", "adult"), ("tiket", "ticket")]
    assert all(question[each.start : each.end] == each.word for each in found)


def test_a_name_is_written_as_the_documents_write_it() -> None:
    (found,) = corrections("who is marta lindqivst", pool())
    assert found.meant == "Lindqvist"


def test_a_word_of_which_the_documents_have_another_form_will_do() -> None:
    index = build_index([document("a", "Whoever abolishes the tax wins the vote.")])
    assert understand("who abolishs the tax", index).did_you_mean is None  # its stem is in the index
    assert understand("who abolishd the tax", index).did_you_mean == "who abolished the tax"


def test_words_that_few_words_tell_apart_are_left_alone() -> None:
    index = build_index([document("a", "The bolt is here. The colt is here. The volt is here. The dolt is here.")])
    assert corrections("where is the xolt?", index) == ()


def test_corrections_of_shards_are_those_of_one_index() -> None:
    parts = POOL.split(". ")
    documents = [document(f"d{number}", f"{part}.") for number, part in enumerate(parts)]
    segments = [build_segment(documents[:4]), build_segment(documents[4:])]
    whole = add_totals([totals(segment) for segment in segments])
    shards = ShardedIndex([weigh(segment, whole) for segment in segments])
    one = build_index(documents)
    for typed in ("an adlut tiket for begginers", "Who is Marta Lindqivst?", "wen is lost proprety kept"):
        assert corrections(typed, shards) == corrections(typed, one) != ()


def test_other_settings_and_alphabets_do_no_harm() -> None:
    plain = build_index([document("a", POOL)], settings=IndexSettings(analysis=AnalysisSettings(stemmer=None)))
    assert understand("an adlut tiket", plain).did_you_mean == "an adult ticket"
    russian = build_index([document("a", "Визы были отменены в Белграде.")])
    assert understand("когда отменнены визы", russian).did_you_mean == "когда отменены визы"


def test_an_empty_index_corrects_nothing() -> None:
    assert corrections("wich adlut", build_index([])) != ()
    assert corrections("an adlut tiket", build_index([])) == ()


def test_a_question_of_hundreds_of_unknown_words_costs_no_more_than_a_few() -> None:
    question = " ".join(f"{first}qx{second}zvk" for first in "bcdfghjklm" for second in "bcdfghjklmnpqrstvwxz")
    corrections(question, pool())
    started = time.perf_counter()
    corrections(question, pool())
    assert time.perf_counter() - started < 1.0


def test_many_terms_are_found_like_each_alone() -> None:
    generator = np.random.default_rng(3)
    lines = sorted({bytes(generator.integers(97, 101, generator.integers(1, 6)).tolist()) for _ in range(400)})
    vocabulary = vocabulary_of_lines(lines)
    wanted = ["".join(map(chr, generator.integers(97, 101, generator.integers(1, 6)))) for _ in range(300)]
    found = vocabulary.find_many(wanted)
    assert found == {term: number for term in sorted(wanted) if (number := vocabulary.find(term)) is not None}
    assert vocabulary_of_lines([]).find_many(["tea"]) == {}


def test_terms_that_begin_alike_lie_together() -> None:
    vocabulary = vocabulary_of_lines([b"sea", b"tea", b"team", b"ten", b"\xd1\x87\xd0\xb0\xd0\xb9"])
    assert vocabulary.beginning("te") == (1, 4)
    assert vocabulary.beginning("ч") == (4, 5)
    numbers, signs = vocabulary.matrix(1, 4, range(3, 4))
    assert numbers.tolist() == [1, 3]
    assert signs.tobytes() == b"teaten"


def test_english_words_are_known_and_typing_errors_are_not() -> None:
    assert all(map(is_english, ("governments", "automobile", "Iraq", "teaching", "quickly", "boats")))
    assert not any(map(is_english, ("adlut", "tiket", "abolishd", "vizas", "waht")))


def test_the_table_has_the_counts_of_all_it_was_made_of_and_of_nothing_else() -> None:
    counts = {f"word{number}": number for number in range(1, 2001)}
    known = KnownWords.of(counts, names={"word7"})
    assert np.allclose(known.counts(list(counts)) / np.arange(1, 2001), 1.0, atol=0.06)
    assert not known.counts([f"other{number}" for number in range(2000)]).any()
    assert [word for word in counts if known.is_name(word)] == ["word7"]
    assert not KnownWords.of({}).counts(["word7"]).any()
    assert not KnownWords.of({}).is_name("word7")


@settings(deadline=None)
@given(st.text(alphabet="abz", min_size=1, max_size=6), st.sets(st.text(alphabet="abz", min_size=1, max_size=7)))
def test_the_neighbours_of_a_word_are_the_words_one_edit_away(word: str, others: set[str]) -> None:
    known = KnownWords.of(dict.fromkeys(others, 5))
    assert set(known.neighbours(word)) == {other for other in others if distance(word, other) == 1}


@pytest.mark.parametrize("word", ["", "Über", "визы", "b2b", "a" * 60, "VISA"])
def test_a_word_that_is_not_of_the_letters_a_to_z_has_no_neighbours(word: str) -> None:
    assert KnownWords.of({"visa": 5, word + "s": 5}).neighbours(word) == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("how mcuh is an adlut tiket?", "how much is an adult ticket?"),  # "much" is nowhere in the documents
        ("hwo long is lsot proprety kept?", "how long is lost property kept?"),
        ("wehn does teh pool opne", "when does the pool open"),
    ],
)
def test_several_typing_errors_in_one_question_are_all_corrected(typed: str, meant: str) -> None:
    assert understand(typed, pool()).did_you_mean == meant


def test_what_may_have_been_meant_is_asked_with_where_none_is_clear() -> None:
    index = build_index([document("a", "The bolt is here. The colt is here. The volt is here. The dolt is here.")])
    meant = understand("Where is the xolt of today?", index)
    assert meant.did_you_mean is None
    assert meant.also
    assert meant.also.keys() <= {"bolt", "colt", "volt", "dolt"}
    assert all(0 < weight < 1 for weight in meant.also.values())
    assert meant.can_match(meant.known(meant.terms(index), index), index)


def test_a_word_that_is_likely_enough_is_read_as_well_but_takes_no_place() -> None:
    index = build_index([document("a", "Maxwell was an engineer. His farms lay by the river. Women kept the shop.")])
    meant = understand("When did omen keep the shop?", index)
    assert (meant.did_you_mean, meant.perhaps) == (None, "When did women keep the shop?")
    assert meant.other is not None
    assert (meant.other.did_you_mean, meant.other.other) == ("When did women keep the shop?", None)
    assert meant.other.trust < meant.trust
    assert understand("Where did the arms lie?", index).other is None  # nothing speaks for farms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("how ruch is the pump?", "how much is the pump?"), ("How mny pumps are there?", "How many pumps are there?")],
)
def test_what_follows_how_is_what_it_asks_for(typed: str, meant: str) -> None:
    index = build_index([document("a", "The pump is dear. There are such pumps.")])
    assert understand(typed, index).did_you_mean == meant


def test_letters_of_an_abbreviation_may_be_swapped() -> None:
    index = build_index([document("a", "AUSTPAC was a network. AUSTPAC ran from 1982. The network had nodes.")])
    assert understand("What was AUTSPAC?", index).did_you_mean == "What was AUSTPAC?"
    assert understand("What was AUSTPAC?", index).did_you_mean is None


def test_the_hits_that_understanding_took_are_those_of_the_search() -> None:
    question = "Who is Marta Lindqvist of the teem?"
    meant = understand(question, pool())
    for k in (1, 5, 60):
        found, fresh = (
            search(meant, pool(), k),
            search(Understood(question, meant.question, also=meant.also), pool(), k),
        )
        assert found.numbers.tolist() == fresh.numbers.tolist()
        assert found.scores.tolist() == fresh.scores.tolist()
