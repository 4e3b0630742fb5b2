"""Archives and packed files: members under ids of their own, bounded, damaged ones named, nothing on disk."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.formats import archive, inside
from corpus.formats.files import iterate_data
from corpus.reading import SourceReading
from corpus.skipped import SkippedFile
from tests.corpus.formats.mutations import CHANGES, harmed, read, survives

FILES = {"tea.md": b"# Tea\n\nHot.", "in/rates.csv": b"Room,Price\nOak,80\n", "in/a.mp3": b"\x89PNG"}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as target:
        for name, data in files.items():
            target.writestr(name, data)
    return file.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w") -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as target:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            target.addfile(info, io.BytesIO(data))
    return file.getvalue()


PACKED: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "all.zip": zipped,
    "all.tar": tarred,
    "all.tar.gz": lambda files: tarred(files, "w:gz"),
    "all.tgz": lambda files: tarred(files, "w:gz"),
    "all.tar.bz2": lambda files: tarred(files, "w:bz2"),
    "all.txz": lambda files: tarred(files, "w:xz"),
    "all.dat": zipped,
}


@pytest.mark.parametrize("name", PACKED)
def test_each_file_inside_is_a_document_under_its_own_path(name: str) -> None:
    documents, skipped = read(PACKED[name](FILES), f"docs/{name}")
    assert [(document.id, document.title, document.source) for document in documents] == [
        (f"{name}/tea.md", "Tea", f"docs/{name}/tea.md"),
        (f"{name}/in/rates.csv", "rates", f"docs/{name}/in/rates.csv"),
    ]
    assert documents[1].text == "Room | Price\n--- | ---\nOak | 80"
    assert list(map(str, skipped)) == [f"docs/{name}/in/a.mp3: no reader for .mp3"]


def test_files_inside_files_inside_are_read_and_no_deeper() -> None:
    third = zipped({"deep.txt": b"Too deep."})
    second = zipped({"tea.txt": b"Hot.", "third.zip": third, "lines.jsonl": b'{"title": "A b", "text": "Cold."}\n'})
    documents, skipped = read(zipped({"second.zip": second}), "first.zip")
    assert [document.id for document in documents] == [
        "first.zip/second.zip/tea.txt",
        "first.zip/second.zip/lines.jsonl/a-b",
    ]
    assert [part.path for part in skipped] == ["first.zip/second.zip/third.zip"]
    assert "in 2 others" in skipped[0].cause


def test_names_that_lead_out_of_the_archive_are_made_safe_and_hidden_files_passed_over(tmp_path: Path) -> None:
    files = {
        "../../up.txt": b"Hot.",
        "/root.txt": b"Cold.",
        ".git/x.txt": b"No.",
        "__MACOSX/a.txt": b"No.",
        "a\nb.txt": b"B.",
    }
    for name in ("all.zip", "all.tar"):
        documents, skipped = read(PACKED[name](files), str(tmp_path / name))
        assert [document.id for document in documents] == [f"{name}/up.txt", f"{name}/root.txt", f"{name}/a\ufffdb.txt"]
        assert skipped == []
    assert list(tmp_path.iterdir()) == []


def test_links_and_encrypted_files_are_named() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as target:
        info = tarfile.TarInfo("link.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        target.addfile(info)
        info = tarfile.TarInfo("tea.txt")
        info.size = 4
        target.addfile(info, io.BytesIO(b"Hot."))
    documents, skipped = read(file.getvalue(), "all.tar")
    assert [document.id for document in documents] == ["all.tar/tea.txt"]
    assert list(map(str, skipped)) == ["all.tar/link.txt: is a link or a device, and no file"]
    data = bytearray(zipped({"a.txt": b"Hot.", "b.txt": b"Cold."}))
    data[data.rindex(b"PK\x01\x02", 0, data.rindex(b"PK\x01\x02")) + 8] |= 1
    documents, skipped = read(bytes(data), "all.zip")
    assert ([document.text for document in documents], skipped[0].path) == (["Cold."], "all.zip/a.txt")


def test_a_damaged_member_is_named_and_the_rest_is_read() -> None:
    data = zipped({"a.txt": b"Hot tea.", "b.txt": b"Cold."}, zipfile.ZIP_STORED).replace(b"Hot tea.", b"Hot sea.", 1)
    documents, skipped = read(data, "all.zip")
    assert ([document.text for document in documents], skipped[0].path) == (["Cold."], "all.zip/a.txt")
    data = tarred({"a.txt": b"Hot.", "b.txt": b"x" * 9000})
    documents, skipped = read(data[:3000], "all.tar")
    assert [document.text for document in documents] == ["Hot."]
    assert "is damaged after 2 files" in str(skipped[0])


@pytest.mark.parametrize("pack", [zipped, lambda files: tarred(files, "w:gz")])
def test_a_bomb_is_left_out(pack: Callable[[dict[str, bytes]], bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "SMALL", 10_000)
    monkeypatch.setattr("corpus.formats.compressed.SMALL", 10_000)
    data = pack({"tea.txt": b"Hot.", "bomb.txt": b"0" * 5_000_000})
    name = "all.zip" if pack is zipped else "all.tar.gz"
    skipped: list[SkippedFile] = []
    try:
        documents = list(iterate_data(data, name, skipped.append))
        assert [document.text for document in documents] == ["Hot."]
    except SourceError as error:
        skipped.append(SkippedFile(name, str(error)))
    assert "no honest file does" in str(skipped[0])


def test_all_files_inside_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "_MOST_UNPACKED", 1_000)
    inner = zipped({"c.txt": b"c" * 400})
    documents, skipped = read(zipped({"a.txt": b"a" * 600, "in.zip": inner, "d.txt": b"d" * 300}), "all.zip")
    assert [document.id for document in documents] == ["all.zip/a.txt"]
    assert {part.path for part in skipped} >= {"all.zip/d.txt"}


def test_too_many_files_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_MOST_FILES", 2)
    documents, skipped = read(zipped({f"{number}.txt": b"Hot." for number in range(4)}), "all.zip")
    assert len(documents) == 2
    assert str(skipped[0]) == "all.zip: holds more than 2 files; the rest is left out"


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_single_packed_file_is_read_as_itself(suffix: str, pack: Callable[[bytes], bytes]) -> None:
    (document,), _ = read(pack(b"# Tea\n\nHot."), f"drinks.md.{suffix}")
    assert (document.id, document.title, document.source) == ("drinks", "Tea", f"drinks.md.{suffix}/drinks.md")
    for data in (pack(b""), pack(b"\x89PNG\r\n"), pack(b"Tea. " * 99)[:-9], pack(b"x")[:3]):
        with pytest.raises(SourceError, match=rf"^a\.txt\.{suffix}: is"):
            list(iterate_data(data, f"a.txt.{suffix}", lambda _: None))


@pytest.mark.parametrize("name", ["all.zip", "all.tar", "all.tgz"])
def test_an_empty_or_mislabelled_archive_is_named(name: str) -> None:
    for data in (PACKED[name]({}), b"Tea is hot.", b"PK\x03\x04"):
        with pytest.raises(SourceError, match=rf"^{name}: is"):
            list(iterate_data(data, name, lambda _: None))


def test_a_folder_with_an_archive_is_read_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("all.zip").write_bytes(zipped(FILES))
    Path("tea.md").write_text("Cold.")
    skipped: list[SkippedFile] = []
    reading = SourceReading(["."], on_skip=skipped.append)
    assert [document.id for document in reading] == ["all.zip/tea.md", "all.zip/in/rates.csv", "tea"]
    assert [fingerprint.path for fingerprint in reading.files] == ["all.zip", "tea.md"]


@settings(deadline=None, max_examples=150)
@given(CHANGES, st.sampled_from(sorted(PACKED)))
def test_a_harmed_archive_is_read_or_named(changes: tuple[list[tuple[int, int]], int, bool], name: str) -> None:
    files = {**FILES, "in.zip": zipped({"a.txt": b"Hot."}), "b.tar": tarred({"b.txt": b"Cold."})}
    assert survives(harmed(PACKED[name](files), changes, keep=2), name)


def test_a_file_without_a_name_in_an_archive_is_told_of_and_the_rest_is_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("tea.txt", "Tea is hot.")
        nameless = zipfile.ZipInfo("x")
        nameless.filename = ""
        packed.writestr(nameless, "Milk is cold.")
    documents, skipped = read(file.getvalue(), "a.zip")
    assert [document.text for document in documents] == ["Tea is hot."]
    assert [(part.path, part.cause.split(";")[0]) for part in skipped] == [("a.zip/2", "is a file without a name")]
