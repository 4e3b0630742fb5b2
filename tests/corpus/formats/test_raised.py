"""Raised and lowered digits: no number swallows them, and words keep theirs."""

from pathlib import Path

import pytest

from corpus.formats import read_file
from corpus.formats.raised import NOTE, raised


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("10<sup>6</sup> litres", "10^6 litres"),
        ("10<sup>-3</sup> m", "10^-3 m"),
        ("10<sup>−3</sup> m", "10^−3 m"),
        ("2<sup>32</sup> bytes", "2^32 bytes"),
        ("2<sup>n</sup> cases", "2^n cases"),
        ("3.5 × 10<sup>12</sup>", "3.5 × 10^12"),
        ("(a + b)<sup>2</sup>", "(a + b)^2"),
        ("x<sup>n</sup>", "x^n"),
        ("cm<sup>−1</sup>", "cm^−1"),
        ("12 km<sup>2</sup>", "12 km2"),
        ("5 m<sup>3</sup>", "5 m3"),
        ("the 1<sup>st</sup> of May", "the 1st of May"),
        ("am 3<sup>e</sup> étage", "am 3e étage"),
        ("Tea<sup>®</sup>", "Tea®"),
        ("M<sup>me</sup> Lark", "Mme Lark"),
        ("Ca<sup>2+</sup>", "Ca2+"),
        ("<sup>14</sup>C", "14C"),
        ("<sup>16</sup>For it was so", "16 For it was so"),
        ("1<sup>1</sup>/<sub>2</sub> cups", "1 1/2 cups"),
        ("<sup>1</sup>⁄<sub>2</sub> cup", "1⁄2 cup"),
        ("H<sub>2</sub>O and CO<sub>2</sub>", "H2O and CO2"),
        ("101<sub>2</sub>", "101_2"),
        ("log<sub>10</sub> 5", "log10 5"),
        ("costs $25<sup>1</sup> a year", "costs $25 a year"),
        ("costs $19<sup>99</sup> here", "costs $19 99 here"),
        ("costs 25 €<sup>2</sup> here", "costs 25 € here"),
        ("in 1974<sup>3</sup> it", "in 1974 3 it"),
        ("its owner<sup>2</sup> left", "its owner 2 left"),
        ("It ended.<sup>4</sup> Then", "It ended. Then"),
        ("in 1974<sup><a href='#n3'>3</a></sup> it", "in 1974 it"),
        ("in 1974<a href='#n3'><sup>3</sup></a> it", "in 1974 it"),
        ("10<sup><a href='/power'>6</a></sup> l", "10^6 l"),
        ("in 1974<sup><a href='/source'>6</a></sup> it", "in 1974 it"),
        ("<b>10</b><sup>6</sup>", "10^6"),
        ("a <sup>quite long remark</sup> here", "a quite long remark here"),
    ],
)
def test_a_mark_is_written_so_that_no_number_changes(tmp_path: Path, markup: str, expected: str) -> None:
    path = tmp_path / "a.html"
    path.write_text(f"<p>Say {markup}, yes.</p>", encoding="utf-8")
    assert read_file(path)[0].text == f"Say {expected}, yes."


@pytest.mark.parametrize("mark", ["[2]", "[a]", "[note 3]", "[NB 1]"])
def test_a_raised_mark_in_brackets_is_that_of_a_note(mark: str) -> None:
    assert raised("4,512", mark, " in") is NOTE
