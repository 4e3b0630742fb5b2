"""HTML tables: heads, spans and pairs."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.formats import read_file


def read(folder: Path, rows: str) -> str:
    path = folder / "a.html"
    path.write_text(f"<p>Tea is hot.</p><table>{rows}</table>", encoding="utf-8")
    return read_file(path)[0].text.removeprefix("Tea is hot.\n\n")


HEAD = "<tr><th>Room<th>Seats<th>Price</tr>"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (f"{HEAD}<tr><td>Oak<td>12<td>80</tr>", "Room | Seats | Price\n--- | --- | ---\nOak | 12 | 80"),
        (
            "<tbody><tr><td>Oak<td>12<td>80</tbody><thead><tr><td>Room<td>Seats<td>Price</thead>",
            "Room | Seats | Price\n--- | --- | ---\nOak | 12 | 80",
        ),
        (
            "<tr><th><th>Adult<th>Child</tr><tr><th>Day<td>9<td>5</tr>",
            "|  | Adult | Child\n--- | --- | ---\nDay | 9 | 5",
        ),
        (
            "<tr><th rowspan=2>Room<th colspan=2>Price</tr><tr><th>Day<th>Week</tr><tr><td>Oak<td>9<td>40</tr>",
            "Room | Price Day | Price Week\n--- | --- | ---\nOak | 9 | 40",
        ),
        (
            "<tr><th colspan=3>Tariffs</tr>" + HEAD + "<tr><td>Oak<td>12<td>80</tr>",
            "Tariffs\nRoom | Seats | Price\n--- | --- | ---\nOak | 12 | 80",
        ),
        (
            HEAD + "<tr><td rowspan=2>Oak<td>12<td>80</tr><tr><td colspan=2>closed</tr><tr><th colspan=3>Old</tr>",
            "Room | Seats | Price\n--- | --- | ---\nOak | 12 | 80\nOak | closed | closed\nOld",
        ),
        (HEAD + "<tr><td><td><td>80</tr>", "Room | Seats | Price\n--- | --- | ---\n|  |  | 80"),
        ("<tr><th>Item<th>Fee</tr><tr><td>Boat<td>9</tr>", "Item | Fee\n--- | ---\nBoat | 9"),
        ("<tr><th>Fee<td>9</tr><tr><th>Open<td>daily</tr>", "- Fee: 9\n- Open: daily"),
        ("<tr><th rowspan=2>Phone<td>12</tr><tr><td>13</tr>", "- Phone: 12\n- Phone: 13"),
        ("<tr><td rowspan=0>a<td>b<td>c</tr><tr><td>d<td>e</tr>", "a | b | c\na | d | e"),
        ("<tr><td rowspan=99>a<td colspan=x>b<td>c</tr>", "a | b | c"),
        ("<tr><th>a<th>b</tr>", "a | b"),
        ("<tr hidden><td>x<td>y<td>z</tr><tr><td>a<td>b<td>c</tr>", "a | b | c"),
    ],
)
def test_rows_keep_their_columns(tmp_path: Path, rows: str, expected: str) -> None:
    assert read(tmp_path, rows) == expected


def test_a_table_that_claims_to_be_huge_stays_small(tmp_path: Path) -> None:
    assert (
        len(read(tmp_path, "<tr>" + "<td colspan=1000 rowspan=65534>x" * 500 + "</tr>" + "<tr><td>y</tr>" * 99)) < 10**6
    )


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(st.sampled_from(["td", "th"]), st.integers(-1, 4), st.integers(0, 4)), max_size=5)))
def test_every_cell_of_any_table_is_written(tmp_path_factory: pytest.TempPathFactory, table: list) -> None:  # type: ignore[type-arg]
    names = iter(range(1000, 9999))
    words: list[str] = []
    rows = ""
    for row in table:
        rows += "<tr>"
        for tag, width, height in row:
            words.append(f"w{next(names)}")
            rows += f"<{tag} colspan={width} rowspan={height}>{words[-1]}</{tag}>"
        rows += "</tr>"
    text = read(tmp_path_factory.mktemp("tables"), rows)
    assert all(word in text for word in words)
