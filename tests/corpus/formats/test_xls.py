"""XLS and XLSB: workbooks that the tests write themselves, byte by byte."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import qa
from corpus import isolation
from corpus.errors import SourceError
from corpus.formats import read_file
from corpus.formats.xls import read as read_xls
from corpus.skipped import SkippedFile
from tests.corpus.formats.binary_workbooks import compound, xls, xlsb

pytest.importorskip("python_calamine", reason="python-calamine is not installed: citespan[documents]")

PRICES: Sequence[Sequence[str | float | None]] = [
    ["Service", "Price", "Seats"],
    ["Basic check", 49.5, 1.0],
    ["Full service", 120.0, 2.0],
]
TEXT = "Prices\n\nService | Price | Seats\n--- | --- | ---\nBasic check | 49.5 | 1\nFull service | 120 | 2"


@pytest.mark.parametrize("name", ["prices.xls", "prices.xlsb", "prices.xlsx", "prices"])
@pytest.mark.parametrize("write", [xls, xlsb])
def test_sheets_are_read_with_their_cells(tmp_path: Path, name: str, write: Callable[..., bytes]) -> None:
    path = tmp_path / name
    path.write_bytes(write({"Prices": PRICES, "Costs": [["Oil", 3.0]]}, hidden=["Costs"]))
    skipped: list[SkippedFile] = []
    (document,) = read_file(path, on_skip=skipped.append)
    assert document.text == TEXT
    assert [str(part) for part in skipped] == [f"{path.as_posix()}:sheet Costs: is hidden"]
    assert [(part.kind, part.text) for part in document.dropped] == [("hidden sheet", "Costs: Oil 3")]


def test_a_price_is_answered_from_its_cell(tmp_path: Path) -> None:
    path = tmp_path / "prices.xls"
    path.write_bytes(xls({"Prices": PRICES}))
    answer = qa.build([path], reader="neural").ask("What is the price of a full service?", min_confidence=0)
    assert answer.citation is not None
    assert (answer.text, answer.citation.sheet, answer.citation.cell) == ("120", "Prices", "B3")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"Room\tSeats\nOak\t12\n", "Room | Seats\n--- | ---\nOak | 12"),
        (b"<table><tr><th>Room<th>Seats<tr><td>Oak<td>12</table>", "Room | Seats\n--- | ---\nOak | 12"),
    ],
)
def test_a_table_of_text_that_is_called_a_workbook_is_read_as_what_it_is(
    tmp_path: Path, data: bytes, expected: str
) -> None:
    path = tmp_path / "rooms.xls"
    path.write_bytes(data)
    (document,) = read_file(path)
    assert document.text == expected


def test_a_number_that_is_shown_as_a_date_is_one() -> None:
    (document,) = read_xls(xls({"A": [["Day", "Seats"], [45356.0, 3.0]]}), "a.xls", lambda _: None)
    assert document.text.endswith("2024-03-05 | 3")


def test_cells_far_apart_are_refused_and_end_no_process() -> None:
    data = xlsb({"A": PRICES}, places={(1_048_575, 16_383): 1.0})
    with pytest.raises(SourceError, match=r"a\.xlsb: is no whole XLSB file \(its cells are too far apart"):
        list(read_xls(data, "a.xlsb", lambda _: None))


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (compound("EncryptedPackage", b"x" * 99), "is encrypted"),
        (xls({"A": PRICES})[:1600], "is no whole XLS file"),
        (xlsb({"A": PRICES})[:-40], "is no whole XLSB file"),
        (xls({"A": []}), "is empty"),
        (b"just words", "is no whole XLSB file"),
        (compound("Workbook", b"x"), "lists no sheets"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_cause(tmp_path: Path, data: bytes, cause: str) -> None:
    path = tmp_path / "green_bikes.xls"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=cause) as error:
        read_file(path)
    assert "green_bikes.xls" in str(error.value)


def test_without_calamine_the_command_that_installs_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python_calamine.py").write_text("raise ImportError('none')")
    isolation.close()
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(SourceError, match=r"needs python-calamine: pip install 'citespan\[documents\]'"):
        list(read_xls(xls({"A": PRICES}), "a.xls", lambda _: None))
    isolation.close()


def test_a_file_that_takes_too_long_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "python_calamine.py").write_text("import time; time.sleep(60)")
    isolation.close()
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("QA_FILE_SECONDS", "1")
    with pytest.raises(SourceError, match=r"a\.xls: takes longer than 1 s"):
        list(read_xls(xls({"A": PRICES}), "a.xls", lambda _: None))
    isolation.close()


def test_damaged_files_are_read_or_refused() -> None:
    whole = xls({"Prices": PRICES})
    for place in range(1536, 2100, 41):
        data = whole[:place] + bytes((255, 255, place % 256)) + whole[place + 3 :]
        with contextlib.suppress(SourceError):
            (document,) = read_xls(data, "a.xls", lambda _: None)
            assert all(section.end <= len(document.text) for section in document.sections)
