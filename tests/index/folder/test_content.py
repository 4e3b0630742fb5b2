"""The hash of what an index holds: the same wherever it lies, another when anything in it changes."""

import shutil
from pathlib import Path

from corpus.documents import Document, Section
from index.building.build import build_index, build_segment
from index.building.counting import add_totals, totals, weigh
from index.folder.content import content_hash
from index.folder.sharded import ShardedIndex
from index.folder.storage import open_index, save_index
from index.ranking.search import Index
from index.settings import AnalysisSettings, IndexSettings


def document(name: str, text: str) -> Document:
    return Document(name, "Tea", text, (Section((), 0, len(text)),), "tea.txt")


def tea(text: str = "Tea is hot.", *, name: str = "tea", stemmer: str | None = "english") -> Index:
    return build_index([document(name, text)], settings=IndexSettings(analysis=AnalysisSettings(stemmer)))


def test_an_index_in_memory_its_folder_and_a_copy_of_that_have_one_hash(tmp_path: Path) -> None:
    index = tea()
    save_index(index, tmp_path / "tea.index")
    shutil.copytree(tmp_path / "tea.index", tmp_path / "copy.index")
    opened = open_index(tmp_path / "tea.index")
    assert opened.stamp != open_index(tmp_path / "copy.index").stamp
    hashes = {content_hash(each) for each in (index, opened, open_index(tmp_path / "copy.index"))}
    assert len(hashes) == 1


def test_another_text_name_or_setting_gives_another_hash() -> None:
    indexes = [tea(), tea("Tea is cold."), tea(name="cup"), tea(stemmer=None)]
    assert len({content_hash(index) for index in indexes}) == len(indexes)


def test_an_opened_index_is_not_read_to_be_hashed(tmp_path: Path) -> None:
    save_index(tea(), tmp_path / "tea.index")
    opened = open_index(tmp_path / "tea.index")
    assert opened.content is not None
    expected = content_hash(tea())
    texts = tmp_path / "tea.index" / "texts.txt"
    texts.write_bytes(b"?" * texts.stat().st_size)
    assert content_hash(opened) == expected


def test_a_shard_more_or_another_shard_gives_another_hash() -> None:
    def sharded(*texts: str) -> str:
        segments = [build_segment([document(f"d{number}", text)]) for number, text in enumerate(texts)]
        whole = add_totals([totals(segment) for segment in segments])
        return content_hash(ShardedIndex([weigh(segment, whole) for segment in segments]))

    assert sharded("Tea is hot.", "Tea is wet.") == sharded("Tea is hot.", "Tea is wet.")
    others = {sharded("Tea is hot."), sharded("Tea is hot.", "Tea is wet."), sharded("Tea is hot.", "Tea is dry.")}
    assert len(others) == 3
