"""Words with one meaning: asked with where a question's own words find little, and never in their place."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from corpus.documents import Document, Section
from index.building.build import build_index
from index.ranking.search import Index
from index.settings import AnalysisSettings, IndexSettings
from index.terms.analysis import Analyzer
from index.wording.synonyms import FILE, in_their_words, others, same
from index.wording.understanding import search, understand

TEXTS = (
    "The car is kept in the yard and costs ninety euros a day.",
    "The garden opens in May and has forty roses.",
    "Children under four swim free of charge.",
)


def index_of(texts: Sequence[str], stemmer: str | None = "english") -> Index:
    documents = [
        Document(f"d{number}", "T", text, (Section((), 0, len(text)),), "t.txt") for number, text in enumerate(texts)
    ]
    return build_index(documents, settings=IndexSettings(analysis=AnalysisSettings(stemmer)))


def test_a_word_that_no_passage_holds_finds_its_like() -> None:
    index = index_of(TEXTS)
    for question, number in (("Where is the automobile?", 0), ("When does the yard start?", 0), ("kids", 2)):
        meant = understand(question, index)
        assert meant.can_match(meant.known(meant.terms(index), index), index)
        assert search(meant, index, 1).numbers.tolist() == [number]


def test_a_question_whose_words_are_found_is_asked_as_it_is() -> None:
    index = index_of((*TEXTS, "The price of a rose is three euros."))
    question = "What is the price of a rose?"
    assert others(question, index.search(question), index) == {}
    plain, meant = index.search(question, 4), search(understand(question, index), index, 4)
    assert np.array_equal(plain.numbers, meant.numbers)
    assert np.array_equal(plain.scores, meant.scores)


def test_only_words_that_the_best_passages_lack_are_widened() -> None:
    index = index_of(("The car has a big engine.", "An automobile is big.", "Vehicles need oil."))
    question = "Which automobile is cheap?"
    assert "car" not in others(question, index.search(question), index)


def test_a_question_of_other_words_still_matches_nothing() -> None:
    index = index_of(TEXTS)
    meant = understand("Who governs Mongolia?", index)
    known = meant.known(meant.terms(index), index)
    assert not known
    assert not meant.can_match(known, index)


def test_a_noun_that_no_document_has_is_read_as_they_have_it() -> None:
    index = index_of(TEXTS)
    assert in_their_words("Where is the automobile kept?", index) == "Where is the car kept?"
    assert in_their_words("Where is the car kept?", index) is None
    assert in_their_words("How can I automobile to the yard?", index) is None  # no noun
    reworded = understand("Where is the automobile kept?", index).in_their_words
    assert reworded is not None
    assert (reworded.trust, reworded.question) == (0.9, "Where is the car kept?")


def test_other_stemmers_are_left_alone() -> None:
    index = index_of(TEXTS, stemmer="german")
    assert others("automobile", index.search("automobile"), index) == {}
    assert others("automobile", index_of(TEXTS, None).search("automobile"), index_of(TEXTS, None)) == {"car": 0.35}


def test_no_group_names_a_stop_word_or_a_word_twice() -> None:
    analyzer = Analyzer()
    lines = [line for line in FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    heads = [line.partition(":")[0] for line in lines]
    assert len(heads) == len(set(heads)) > 300
    for line in lines:
        words = line.replace(":", " ").replace("/", " ").split()
        assert len(words) > 1, line
        assert len({analyzer.term(word) for word in words}) == len(words), line
        assert not any(analyzer.term(word) in analyzer.stop_terms for word in words), line
    assert same("english")["begin"]
    assert same("english")["began"]
