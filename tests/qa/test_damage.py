"""An index whose files kept their size and not their content is told as damaged, however it is asked."""

import warnings
from contextlib import suppress
from pathlib import Path

import pytest

import qa
from corpus.errors import IndexFolderError
from index.data.format import MANIFEST

TEXT = (
    "Étienne moved to Lyon in 1921. He opened a bakery there.\n\n== Work ==\n\nThe bakery sold rye bread until 1950.\n"
)
FILES = [
    "documents.jsonl",
    "texts.txt",
    "paths.jsonl",
    "path_starts.npy",
    "documents.npy",
    "passages.npy",
    "sentences.npy",
    "terms.txt",
    "term_starts.npy",
    "posting_starts.npy",
    "posting_passages.npy",
    "posting_impacts.npy",
    "sequence_terms.npy",
    "segment_starts.npy",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("damage")
    (place / "life.txt").write_text(TEXT, encoding="utf-8")
    qa.build([str(place / "life.txt")], reader="lexical").save(str(place / "life.index"))
    return place / "life.index"


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("byte", [0x00, 0x7F, 0xFF])
def test_a_damaged_file_is_one_clear_error_or_does_no_harm(folder: Path, name: str, byte: int) -> None:
    path = folder / name
    sound = path.read_bytes()
    header = 128 if name.endswith(".npy") else 0
    try:
        path.write_bytes(sound[:header] + bytes([byte]) * (len(sound) - header))
        # Sums of what are no impacts warn; what is damaged without effect is only found by its hash.
        with warnings.catch_warnings(), suppress(IndexFolderError):
            warnings.simplefilter("ignore", RuntimeWarning)
            engine = qa.open(str(folder), reader="lexical")
            engine.search("When did Étienne open the bakery?")
            engine.ask("When did Étienne open the bakery?")
            list(engine.passages())
        with pytest.raises(IndexFolderError, match=name):
            qa.open(str(folder), reader="lexical", verify=True)
    finally:
        path.write_bytes(sound)


def test_damage_is_found_by_its_hash(folder: Path) -> None:
    path = folder / "texts.txt"
    sound = path.read_bytes()
    try:
        path.write_bytes(b"?" + sound[1:])
        with pytest.raises(IndexFolderError, match=r"texts\.txt"):
            qa.open(str(folder), reader="lexical", verify=True)
    finally:
        path.write_bytes(sound)
    assert (folder / MANIFEST).exists()
    assert qa.open(str(folder), reader="lexical").ask("When did the bakery close?").question
