"""The files after public bug reports: what each says, under which heading, and what it does not say."""

from pathlib import Path

import pytest

import qa
from corpus.formats import read_file
from corpus.sentences import split_sentences
from corpus.skipped import SkippedFile

FILES = Path(__file__).parent.parent.parent.parent / "shared" / "files"

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="../shared/files is not there")


@pytest.mark.parametrize(
    ("name", "said", "unsaid"),
    [
        ("a01-sup.html", ["is $25 for", "10^6 litres", "in 1974 by", "$19 99"], ["251", "106", "19743", "1999"]),
        ("a02-names.html", ["trout", "oat cookies", "form B7", "AD 1871", "14 euros"], []),
        ("a03-accordion.html", ["For nine days", "forty euros", "the Mute button"], []),
        ("a04-aside.html", ["Stop the mailer", "12 GB", "Never restore as root"], []),
        ("a06-comments.md", ["30 euros", "Petra Lund"], ["80 euros", "Otto Brandt"]),
        ("a13-cut-character.md", ["café’s boiler"], []),
        ("a13-refused.txt", ["Zoë Núñez", "The curator\ufffds phone is 4417."], ["Ã", "â€"]),
        ("a15-struck.html", ["costs 30 euros a day", "is Karl Brandt"], ["40 euros", "50 euros", "Petra Lund"]),
    ],
)
def test_a_page_says_what_its_reader_sees(name: str, said: list[str], unsaid: list[str]) -> None:
    (document,) = read_file(FILES / name, on_skip=lambda _: None)
    assert [words for words in said if words not in document.text] == []
    assert [words for words in unsaid if words in document.text] == []


@pytest.mark.parametrize(
    ("name", "words", "path"),
    [
        ("a01-sup.html", "10^6", ("Water",)),
        ("a03-accordion.html", "For nine days", ("How long can I keep a borrowed drill?",)),
        ("a05-html-headings.md", "thirty hours", ("Large kiln",)),
        ("a05-html-headings.md", "Sweep the floor", ("Care",)),
        ("a07-toml.md", "eighteen degrees", ()),
        ("a10-deep-outline.md", "40 euros", ("Fees",)),
        ("a10-deep-outline.md", "Otto Brandt", ("Staff",)),
        ("a14-headings.wiki", "first keeper", ("Keepers",)),
        ("a14-headings.wiki", "forty barrels", ("Lamp",)),
        ("a14-headings.wiki", "on Sundays", ("Visits",)),
    ],
)
def test_words_stand_under_their_heading(name: str, words: str, path: tuple[str, ...]) -> None:
    (document,) = read_file(FILES / name)
    place = document.text.index(words)
    assert [section.path for section in document.sections if section.start <= place < section.end] == [path]


def test_one_bad_byte_costs_one_line_that_byte() -> None:
    skipped: list[SkippedFile] = []
    documents = read_file(FILES / "a13-one-bad-byte.jsonl", on_skip=skipped.append)
    assert len(documents) == len((FILES / "a13-one-bad-byte.jsonl").read_bytes().splitlines())
    assert [skip.replaced for skip in skipped] == [1]
    assert sum("\ufffd" in document.text for document in documents) == 1


@pytest.mark.parametrize(
    ("name", "question", "expected", "path"),
    [
        ("a01-sup.html", "What is the yearly membership fee?", "$25", ("Fees",)),
        ("a01-sup.html", "When was the pool opened?", "1974", ("Water",)),
        ("a02-names.html", "What does the trout cost?", "nineteen euros", ()),
        ("a03-accordion.html", "What does a lost key cost?", "forty euros", ("What does a lost key cost?",)),
        ("a04-aside.html", "How much free disk does a restore need?", "12 GB", ("Restore",)),
        ("a05-html-headings.md", "How long does the firing of the large kiln take?", "thirty hours", ("Large kiln",)),
        ("a06-comments.md", "What does a firing of the large kiln cost?", "30 euros", ("Firing",)),
        ("a07-toml.md", "How often should I water the ferns?", "every third day", ("Watering",)),
        ("a08-table.md", "What does Elm cost per day?", "150 euros", ("Prices",)),
        ("a08-table.md", "What is the phone of Yew?", "4412", ("Prices",)),
        ("a09-nested-list.md", "How much storage has the Studio plan?", "500 GB", ("Plans",)),
        ("a10-deep-outline.md", "What does a berth cost?", "40 euros", ("Fees",)),
        ("a13-cut-character.md", "Who serviced the boiler?", "Karl Brandt", ("May",)),
        ("a13-refused.txt", "What is the curator's phone?", "4417", ()),
        ("a14-headings.wiki", "Who was the first keeper?", "Otto Brandt", ("Keepers",)),
        ("a15-struck.html", "What does a rowing boat cost?", "30 euros", ("Rates",)),
        ("a18-abbreviations.txt", "On which extension does the night desk answer?", "ext. 204", ()),
        ("a18-abbreviations.txt", "Where is the archive kept?", "Rm. 12", ()),
    ],
)
def test_a_question_is_answered_from_where_the_answer_stands(
    name: str, question: str, expected: str, path: tuple[str, ...]
) -> None:
    answer = qa.build([FILES / name], on_skip=lambda _: None).ask(question)
    assert (answer.text, answer.citation and answer.citation.section) == (expected, path)


def test_what_a_title_and_a_sentence_are() -> None:
    (document,) = read_file(FILES / "a07-toml.md")
    assert document.title == "Greenhouse handbook"
    assert ("author", "Robin Vale") in document.metadata
    (document,) = read_file(FILES / "a18-abbreviations.txt")
    said = [document.text[start:end] for start, end in split_sentences(document.text)]
    assert len(said) == 4
    assert all(sentence.endswith(".") and len(sentence) > 40 for sentence in said)
