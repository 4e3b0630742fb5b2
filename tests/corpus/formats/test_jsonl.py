"""JSON lines: a document a line; a bad line is reported by place and cause and the rest is read."""

import tracemalloc
from itertools import islice
from pathlib import Path

import pytest

from corpus import fingerprints
from corpus.contents import LargeFile
from corpus.documents import Document
from corpus.errors import SourceError
from corpus.fingerprints import load
from corpus.formats import read_file
from corpus.formats.files import iterate_data
from corpus.skipped import SkippedFile


def read(folder: Path, *lines: str, end: str = "\n") -> tuple[list[Document], list[SkippedFile]]:
    path = folder / "rows.jsonl"
    path.write_bytes(end.join(lines).encode("utf-8"))
    skipped: list[SkippedFile] = []
    return read_file(path, on_skip=skipped.append), skipped


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fields_become_the_document(tmp_path: Path, end: str) -> None:
    lines = [
        '\ufeff{"id": "t1", "title": "Tea", "text": "Hot.\\n== Milk ==\\nCold.", "url": "https://tea.example/"}',
        "",
    ]
    (document,), skipped = read(tmp_path, *lines, end=end)
    assert (document.id, document.title, document.source) == ("t1", "Tea", "https://tea.example/")
    assert [section.path for section in document.sections] == [(), ("Milk",)]
    assert not skipped


def test_without_id_and_url_the_title_and_the_line_stand_in(tmp_path: Path) -> None:
    documents, _ = read(
        tmp_path, '{"title": "Green Tea", "text": "Hot."}', '{"text": "Cold.", "id": 7}', '{"text": "Ice"}'
    )
    source = (tmp_path / "rows.jsonl").as_posix()
    assert [(document.id, document.title, document.source) for document in documents] == [
        ("green-tea", "Green Tea", f"{source}:1"),
        ("7", "rows 2", f"{source}:2"),
        ("rows-3", "rows 3", f"{source}:3"),
    ]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("{", "is not JSON"),
        ("[1]", "is a list"),
        ("null", "is null"),
        ('{"title": "T"}', 'has no field "text" (fields seen: title)'),
        ('{"text": 5}', 'its field "text" is a number'),
        ('{"text": " \\n"}', 'its field "text" is empty'),
        ('{"text": "a", "title": ["T"]}', 'its field "title" is a list'),
        ('{"text": "== A =="}', "headings and no text"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 5000, ""),
    ],
)
def test_a_bad_line_is_reported_and_the_rest_is_read(tmp_path: Path, line: str, cause: str) -> None:
    documents, skipped = read(tmp_path, '{"text": "One."}', line, '{"text": "Three."}')
    assert [document.text for document in documents] == ["One.", "Three."]
    (bad,) = skipped
    assert bad.path == (tmp_path / "rows.jsonl").as_posix() + ":2"
    assert cause in bad.cause


def test_a_file_of_bad_lines_only_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="2 lines were skipped"):
        read(tmp_path, "{", "[]")


def test_half_a_surrogate_pair_is_replaced_at_its_place(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path, '{"text": "a\\ud800b \\ud83c\\udf75 c"}')
    assert document.text == "a\ufffdb 🍵 c"


def test_a_line_separator_inside_a_string_does_not_end_the_line(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path, '{"text": "a\u2028b"}')
    assert document.text == "a\u2028b"


ROWS = ['{"id": "t1", "title": "Tea", "text": "Hot tea."}', "", "no JSON", '{"id": "t2", "text": "Café."}']


@pytest.mark.parametrize(
    "data",
    [
        "\n".join(ROWS).encode(),
        "\r\n".join(ROWS).encode("utf-8-sig"),
        "\n".join([*ROWS, ""]).encode("utf-16"),
        "\n".join(ROWS).encode("cp1252"),
        b"\n".join([row.encode() for row in ROWS] + [b"\0"]),
    ],
    ids=["utf-8", "with a mark", "utf-16", "windows-1252", "binary"],
)
def test_a_large_file_gives_what_a_small_one_gives(
    tmp_path: Path, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(data)
    found = []
    for limit in (1_000_000, 1):
        monkeypatch.setattr(fingerprints, "LARGE", limit)
        content, seen = load(path, "rows.jsonl")
        assert isinstance(content, LargeFile) == (limit == 1)
        skipped: list[SkippedFile] = []
        try:
            documents: list[Document] | str = list(iterate_data(content, "rows.jsonl", skipped.append))
        except SourceError as error:
            documents = str(error)
        found.append((documents, skipped, seen.sha256, seen.size))
    assert found[0] == found[1]


def test_a_large_file_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"text": "Tea is hot. Tea is cold. Tea is sweet."}\n' * 200_000)
    monkeypatch.setattr(fingerprints, "LARGE", 1_000_000)
    tracemalloc.start()
    try:
        content, _ = load(path, "rows.jsonl")
        assert len(list(islice(iterate_data(content, "rows.jsonl", lambda _: None), 3))) == 3
        assert tracemalloc.get_traced_memory()[1] < path.stat().st_size / 2
    finally:
        tracemalloc.stop()


def test_a_large_file_that_changes_under_the_reader_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(ROWS[0], encoding="utf-8")
    monkeypatch.setattr(fingerprints, "LARGE", 1)
    content, _ = load(path, "rows.jsonl")
    path.write_bytes(b"\xff")
    with pytest.raises(SourceError, match=r"^rows\.jsonl: has changed while it was read"):
        list(iterate_data(content, "rows.jsonl", lambda _: None))


@pytest.mark.parametrize("limit", [1_000_000, 1])
def test_a_bad_byte_costs_its_line_that_byte_and_no_other_line_anything(
    tmp_path: Path, limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fingerprints, "LARGE", limit)
    path = tmp_path / "rows.jsonl"
    rows = [f'{{"text": "Berth {number} – the café’s."}}'.encode() for number in range(20)]
    path.write_bytes(b"\n".join([*rows[:9], b'{"text": "The skipper\x92s berth."}', *rows[9:]]))
    skipped: list[SkippedFile] = []
    documents = read_file(path, on_skip=skipped.append)
    assert [document.text for document in documents[8:11]] == [
        "Berth 8 – the café’s.",
        "The skipper\ufffds berth.",
        "Berth 9 – the café’s.",
    ]
    (skip,) = skipped
    assert (skip.path, skip.replaced) == (f"{path.as_posix()}:10", 1)


def test_lines_of_two_encodings_are_each_read_in_their_own(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    western = ["The “tea” isn’t hot – it’s cold", "It costs £5 in the café, and the bread is extra"]
    rows = [f'{{"text": "{text}."}}'.encode("cp1252") for text in western * 3]
    path.write_bytes(b"\n".join(['{"text": "Zoë."}'.encode(), *rows]))
    assert [document.text for document in read_file(path)] == ["Zoë.", *(f"{text}." for text in western * 3)]


def test_the_other_fields_are_metadata(tmp_path: Path) -> None:
    fields = (
        '"team": "HR", "year": 2024, "open": true, "tags": ["a", null, 2], "by": {"name": "Ann \\ud800"}, "no": null'
    )
    (document, bare), skipped = read(
        tmp_path, f'{{"id": "x", "title": "T", "text": "Hot.", {fields}}}', '{"text": "Cold.", "title": "C"}'
    )
    assert document.metadata == (
        ("team", "HR"),
        ("year", "2024"),
        ("open", "true"),
        ("tags", "a, 2"),
        ("by.name", "Ann \ufffd"),
    )
    assert bare.metadata == ()
    assert not skipped


def test_a_long_field_is_metadata_up_to_its_thousandth_character(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path, f'{{"title": "T", "text": "Hot.", "note": "{"x" * 1200}"}}')
    assert document.metadata == (("note", "x" * 1000),)
