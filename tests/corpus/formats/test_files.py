"""Choosing a format: by suffix, then by content, and what is said when there is nothing to read."""

import io
import zipfile
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.formats import FORMATS, read_file, readable_suffixes
from corpus.formats.base import id_of, slug, title_of
from corpus.formats.files import iterate_data
from tests.corpus.formats.binary_workbooks import xls
from tests.corpus.formats.opendocuments import opendocument
from tests.corpus.formats.test_msg import message


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_every_suffix_is_lower_case_with_its_dot() -> None:
    assert all(suffix == "." + suffix.lower().strip(".") for suffix in readable_suffixes())


def test_where_formats_share_a_suffix_only_the_last_asks_nothing() -> None:
    for suffix in readable_suffixes():
        *asking, last = [listed for listed in FORMATS if suffix in listed.suffixes]
        assert all(listed.accepts for listed in asking)
        assert not asking or last.accepts is None


def test_a_text_file_without_headings_is_one_section(tmp_path: Path) -> None:
    (document,) = read_file(write(tmp_path / "travel_rules-2024.txt", b"\xef\xbb\xbfTea.\r\n\r\nIce.\x0c"))
    assert (document.id, document.title) == ("travel-rules-2024", "travel rules 2024")
    assert document.text == "\ufeffTea.\r\n\r\nIce.\x0c"
    (section,) = document.sections
    assert (section.path, document.text[section.start : section.end]) == ((), "Tea.\r\n\r\nIce.")


def test_a_text_file_with_wiki_headings_is_wiki_text(tmp_path: Path) -> None:
    (document,) = read_file(write(tmp_path / "a.TXT", b"= Tea =\nHot."))
    assert document.title == "Tea"


def test_a_wiki_file_needs_no_headings(tmp_path: Path) -> None:
    assert read_file(write(tmp_path / "a.wiki", b"Hot."))[0].text == "Hot."


def test_a_file_of_another_suffix_is_read_as_text_if_it_is_text(tmp_path: Path) -> None:
    assert read_file(write(tmp_path / "notes.log", b"Hot."))[0].text == "Hot."


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a.wiki"])
@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_a_file_without_text_is_empty(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(SourceError, match=rf"{name}: is empty"):
        read_file(write(tmp_path / name, data))


def test_a_file_of_headings_alone_is_empty(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is empty"):
        read_file(write(tmp_path / "a.txt", b"= Tea =\n== Milk ==\n"))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl"])
def test_binary_content_is_refused_whatever_the_suffix(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=rf"{name}: is a PDF file"):
        read_file(write(tmp_path / name, b"%PDF-1.7\n\0"))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"absent\.txt: cannot be read"):
        read_file(tmp_path / "absent.txt")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Travel Rules (2024)", "travel-rules-2024"),
        ("Đoković & Łódź", "dokovic-lodz"),
        ("чай", "чаи"),
        ("---", "document"),
    ],
)
def test_a_slug_is_lower_case_letters_and_digits_joined_by_hyphens(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_of_files_give_titles_and_ids() -> None:
    assert (title_of("a/b/__.txt"), id_of("a/b/.txt"), title_of("x/Green__tea--1.md")) == ("__", "txt", "Green tea 1")


def test_of_several_formats_that_content_tells_the_one_of_the_suffix_is_meant() -> None:
    book = xls({"Prices": [["Service", "Price"], ["Basic check", "50 euros"]]})
    attached = message({0x1000: "The desk opens at nine."}, ("notes.txt", "Workbook".encode("utf-16-le")))
    documents = iterate_data(attached, "mail.msg", lambda _: None)
    assert "The desk opens at nine." in next(iter(documents)).text
    documents = iterate_data(book + "__properties_version1.0".encode("utf-16-le"), "book.xls", lambda _: None)
    assert "Basic check | 50 euros" in next(iter(documents)).text


def test_an_odt_whose_parts_stand_in_another_order_is_no_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(opendocument("text", "<text:p>Hot.</text:p>"))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name != "mimetype"}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("styles.xml", "meta.xml", "content.xml", "META-INF/manifest.xml"):
            archive.writestr(name, parts[name])
    (document,) = read_file(write(tmp_path / "a.odt", file.getvalue()))
    assert document.text == "Hot."
