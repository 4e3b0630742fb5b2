"""Sources: what a list of files and folders gives, in which order, and what is said of the rest."""

import os
from pathlib import Path

import pytest

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.paths import shown
from corpus.skipped import SkippedFile
from corpus.sources import default_article, read_sources


def tree(root: Path, **files: str) -> None:
    """Write files; a double underscore in a name is a slash, a single one a dot."""
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read(*paths: str | Path) -> tuple[list[Document], list[SkippedFile]]:
    skipped: list[SkippedFile] = []
    return list(read_sources(paths, on_skip=skipped.append)), skipped


def test_folders_are_read_with_their_subfolders_in_sorted_order(tmp_path: Path) -> None:
    tree(tmp_path, b_txt="B", a__z_md="Z", a__b__c_html="<p>C", d_jsonl='{"text": "D"}', B_txt="BB")
    documents, skipped = read(tmp_path)
    assert [Path(document.source).relative_to(tmp_path).as_posix() for document in documents] == [
        "B.txt",
        "a/b/c.html",
        "a/z.md",
        "b.txt",
        "d.jsonl:1",
    ]
    assert not skipped


def test_sources_keep_the_order_given_and_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, b_txt="B", a_txt="A")
    monkeypatch.chdir(tmp_path)
    documents, _ = read("b.txt", "./a.txt")
    assert [document.source for document in documents] == ["b.txt", "a.txt"]


@pytest.mark.parametrize("kind", [str, Path])
def test_one_path_is_taken_as_it_is(tmp_path: Path, kind: type) -> None:
    tree(tmp_path, a_txt="A")
    assert [document.text for document in read_sources(kind(tmp_path / "a.txt"))] == ["A"]


def test_a_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    tree(tmp_path, a_txt="A", b_txt="B")
    documents, skipped = read(tmp_path / "a.txt", tmp_path, tmp_path / "b.txt")
    assert [document.text for document in documents] == ["A", "B"]
    assert not skipped


def test_hidden_entries_are_passed_over(tmp_path: Path) -> None:
    tree(tmp_path, a_txt="A", _git__config_txt="no")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "b.txt").write_text("no")
    documents, skipped = read(tmp_path)
    assert [document.text for document in documents] == ["A"]
    assert not skipped


def test_ids_are_the_name_then_the_path_then_a_number(tmp_path: Path) -> None:
    tree(tmp_path, a__tea_txt="1", b__tea_txt="2", b__tea_md="3", c__x_jsonl='{"id": "tea", "text": "4"}')
    documents, _ = read(tmp_path)
    assert [document.id for document in documents] == ["tea", "b-tea", "b-tea-2", "tea-2"]


def test_what_cannot_be_read_is_named_with_its_cause_and_the_rest_is_read(tmp_path: Path) -> None:
    tree(tmp_path, a_mp3="no", b_txt="", c_txt="C", d_jsonl='{"text": "D"}\n{', Makefile="all:")
    (tmp_path / "e.txt").write_bytes(b"a\0b")
    documents, skipped = read(tmp_path)
    assert [document.text for document in documents] == ["C", "D"]
    causes = {Path(entry.path).name: entry.cause for entry in skipped}
    assert list(causes) == ["Makefile", "a.mp3", "b.txt", "d.jsonl:2", "e.txt"]
    assert causes["a.mp3"].startswith("no reader for .mp3; readable: ")
    assert causes["Makefile"].startswith("no reader for a name without suffix")
    assert causes["b.txt"] == "is empty"
    assert causes["e.txt"].startswith("is binary")


def test_without_a_callback_a_skipped_file_is_a_warning(tmp_path: Path) -> None:
    tree(tmp_path, a_mp3="no")
    with pytest.warns(UserWarning, match=r"skipped .*a\.mp3: no reader"):
        assert list(read_sources(tmp_path)) == []


def test_a_file_named_by_itself_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    tree(tmp_path, notes_log="Hot.", _hidden_txt="Cold.")
    documents, _ = read(tmp_path / "notes.log", tmp_path / ".hidden.txt")
    assert [document.text for document in documents] == ["Hot.", "Cold."]


def test_a_path_that_does_not_exist_is_an_error_at_once_with_the_nearest_name(tmp_path: Path) -> None:
    tree(tmp_path, handbook__a_txt="A")
    with pytest.raises(SourceError, match=r"handbok: no such file or folder; did you mean .*/handbook\?"):
        read_sources([tmp_path / "handbook", tmp_path / "handbok"])
    with pytest.raises(SourceError, match="check the spelling"):
        read_sources(tmp_path / "nowhere" / "near.txt")


def test_an_index_folder_is_no_source(tmp_path: Path) -> None:
    tree(tmp_path, a_txt="A", kept__manifest_json="{}", kept__documents_jsonl='{"text": "no"}')
    documents, skipped = read(tmp_path)
    assert [document.text for document in documents] == ["A"]
    assert "is an index folder" in skipped[0].cause


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="links are not to be had here")
def test_links_that_loop_or_lead_nowhere_do_no_harm(tmp_path: Path) -> None:
    tree(tmp_path, a__b_txt="B")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    documents, skipped = read(tmp_path)
    assert [document.text for document in documents] == ["B"]
    assert [entry.cause for entry in skipped] == ["is a link to nothing"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are not to be had here")
def test_a_named_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    _, skipped = read(tmp_path)
    assert skipped[0].cause == "is not a regular file"


def test_a_file_that_may_not_be_read_is_named_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, a_txt="A", b_txt="B")
    allowed = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return allowed(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    documents, skipped = read(tmp_path)
    assert [document.text for document in documents] == ["B"]
    assert skipped[0].cause == "cannot be read (Permission denied)"


def test_a_folder_that_may_not_be_listed_is_named_with_its_cause(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tree(tmp_path, a_txt="A", closed__b_txt="B")
    allowed = Path.iterdir

    def refuse(path: Path):  # type: ignore[no-untyped-def]
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return allowed(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    documents, skipped = read(tmp_path)
    assert [document.text for document in documents] == ["A"]
    assert [(Path(entry.path).name, entry.cause) for entry in skipped] == [("closed", "Permission denied")]


def test_the_default_article_has_its_own_id_and_source() -> None:
    document = default_article()
    assert (document.id, document.source) == (
        "russia-serbia-relations",
        "corpus/articles/russia-serbia-relations.txt",
    )
    assert document.title == "Russia–Serbia relations"
    assert () in [section.path for section in document.sections]


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 there")
def test_a_name_that_is_no_utf8_gives_a_source_that_can_be_written_anywhere(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path)
    for name in (b"caf\xe9.txt", b"old/caf\xe9.txt", b"caf\xe8.bin"):
        place = os.path.join(folder, name)  # noqa: PTH118 (pathlib takes no bytes)
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120
        with open(place, "wb") as file:  # noqa: PTH123
            file.write(b"The cellar key is under the third stone.")
    skipped: list[SkippedFile] = []
    documents = list(read_sources([tmp_path], on_skip=skipped.append))
    assert [document.source.rsplit("/", 1)[1] for document in documents] == [r"caf\xe9.txt", r"caf\xe9.txt"]
    for document in documents:
        for text in (document.id, document.title, document.source):
            text.encode()
    assert [document.id for document in documents] == ["caf-xe9", "old-caf-xe9"]
    assert [shown(Path(file.path).name) for file in skipped] == [r"caf\xe8.bin"]
