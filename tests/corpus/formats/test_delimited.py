"""CSV and TSV: the delimiter is told by the content; every row is a line under its head."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qa
from corpus.formats import delimited, read_file

TABLE = "Room | Seats | Price\n--- | --- | ---\nOak | 12 | 80 euros\nElm | 30 | 150,5 euros"


def read(folder: Path, text: str, name: str = "rooms.csv") -> str:
    path = folder / name
    path.write_bytes(text.encode())
    (document,) = read_file(path)
    assert document.title == "rooms"
    return document.text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rooms.csv", 'Room,Seats,Price\nOak,12,80 euros\nElm,30,"150,5 euros"\n'),
        ("rooms.csv", "Room;Seats;Price\r\nOak;12;80 euros\r\nElm;30;150,5 euros\r\n"),
        ("rooms.csv", "sep=;\nRoom;Seats;Price\nOak;12;80 euros\nElm;30;150,5 euros"),
        ("rooms.tsv", "Room\tSeats\tPrice\nOak\t12\t80 euros\nElm\t30\t150,5 euros\n"),
        ("rooms.csv", "Room|Seats|Price\nOak|12|80 euros\nElm|30|150,5 euros\n"),
        ("rooms.csv", '\ufeff"Room" ,Seats,Price,\n\n"Oak",12,"80\n euros",\n,,,\nElm,30,"150,5 euros",\n'),
    ],
)
def test_the_delimiter_is_told_by_the_content(tmp_path: Path, name: str, text: str) -> None:
    assert read(tmp_path, text, name) == TABLE


def test_an_empty_cell_keeps_its_place_and_a_short_row_its_columns(tmp_path: Path) -> None:
    assert read(tmp_path, "A,B,C\n,2,3\n1\n1,,3\n").split("\n")[2:] == ["|  | 2 | 3", "1 |  |", "1 |  | 3"]


def test_a_list_of_one_column_is_lines(tmp_path: Path) -> None:
    assert read(tmp_path, "Name\nAnn Lark\nBo Finch\n") == "Name\nAnn Lark\nBo Finch"


@pytest.mark.parametrize("name", ["parts.csv", "parts.html"])
def test_the_head_of_a_long_table_is_written_again(tmp_path: Path, name: str) -> None:
    rows = [["Part", "Shelf"], *([f"Part number {n}", f"shelf {n * 7}"] for n in range(1, 1001))]
    path = tmp_path / name
    if name.endswith(".csv"):
        path.write_text("".join(f"{','.join(row)}\n" for row in rows))
    else:
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows[1:])
        path.write_text(f"<h1>Parts</h1><table><tr><th>Part</th><th>Shelf</th></tr>{cells}</table>")
    (document,) = read_file(path)
    place = 0
    for line in document.text.split("\n"):
        if line.startswith("Part number"):
            assert place - document.text.rindex("Part | Shelf\n--- | ---\n", 0, place) < 3_000
        place += len(line) + 1
    answer = qa.build([path], reader="neural").ask("What is the shelf of part number 912?", min_confidence=0)
    assert answer.text == "shelf 6384"


@settings(deadline=None)
@given(
    st.lists(st.lists(st.text("ab c\n\"',;é", min_size=1, max_size=6), min_size=2, max_size=4), min_size=2, max_size=6)
)
def test_every_cell_that_was_written_is_read(rows: list[list[str]]) -> None:
    width = min(map(len, rows))
    rows = [[f"x{cell}x" for cell in row[:width]] for row in rows]
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    (document,) = delimited.read(file.getvalue().encode(), "a.csv", lambda _: None)
    assert all(" ".join(cell.split()) in document.text for row in rows for cell in row)


@pytest.mark.parametrize(
    ("above", "shown"),
    [
        ("Rooms of the mill\n\n", "Rooms of the mill\n\n"),
        ("Rooms of the mill,,\nmade in,May,\n,,\n", "Rooms of the mill\nmade in | May\n\n"),
        ("# made by a program\n# twice\n", "# made by a program\n# twice\n\n"),
    ],
)
def test_lines_above_a_table_are_no_part_of_it(tmp_path: Path, above: str, shown: str) -> None:
    rows = 'Room,Seats,Price\nOak,12,80 euros\nElm,30,"150,5 euros"\n'
    assert read(tmp_path, above + rows) == shown + TABLE


@pytest.mark.parametrize("rows", ["a,b\n1,2,x\n3,4,y\n", "a\n1,2\n", ",Mon\nOak,9\n", "x\ny\n1,2\n", "a,b\n\n1,2,3\n"])
def test_a_narrow_head_is_still_the_head(tmp_path: Path, rows: str) -> None:
    assert read(tmp_path, rows).split("\n")[0].strip(" |") == rows.split("\n")[0].strip(",").replace(",", " | ")
