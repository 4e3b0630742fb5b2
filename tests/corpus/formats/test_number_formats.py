"""Number formats: what a cell of a spreadsheet shows of its number."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.formats.number_formats import BUILT_IN, is_date, shown

MARCH = 45356  # the 5th of March 2024


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (120, "General", "120"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234.5, '#,##0.00 "€"', "1,234.50 €"),
        (1234.5, "[$€-407] #,##0.00", "€ 1,234.50"),
        (99, '"$"#,##0.00_);[Red]("$"#,##0.00)', "$99.00"),
        (-99, '"$"#,##0.00_);[Red]("$"#,##0.00)', "($99.00)"),
        (0.25, "0%", "25%"),
        (0.1234, "0.00%", "12.34%"),
        (2.5, "0", "3"),
        (-0.5, "0.0", "-0.5"),
        (5, "0.##", "5"),
        (5.25, "0.##", "5.25"),
        (0.5, "#.00", ".50"),
        (12345678, "0.0,,", "12.3"),
        (1500, '0.0,"k"', "1.5k"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.0E+0", "1.2E-4"),
        (5551234, "000\\-0000", "555-1234"),
        (7, "000", "007"),
        (1.5, "# ?/?", "1 1/2"),
        (0, '0;-0;"none"', "none"),
        (-3, '0;"minus "0', "minus 3"),
        (120, '[>=100]"many";0', "many"),
        (20, '[>=100]"many";0', "20"),
        (0, BUILT_IN[44], "$ -"),
        (1234.5, BUILT_IN[44], "$ 1,234.50"),
        (-1234.5, BUILT_IN[43], "(1,234.50)"),
        (12, "@", "12"),
        (12, '0 "kg"', "12 kg"),
        (0.1 + 0.2, "General", "0.3"),
        (MARCH, BUILT_IN[14], "2024-03-05"),
        (MARCH, "d/m/yyyy", "5/3/2024"),
        (MARCH, "dddd, mmmm d, yyyy", "Tuesday, March 5, 2024"),
        (MARCH, "[$-409]mmm yy;@", "Mar 24"),
        (MARCH + 0.75, "yyyy-mm-dd hh:mm", "2024-03-05 18:00"),
        (0.5625, "h:mm AM/PM", "1:30 PM"),
        (0.5, "h:mm", "12:00"),
        (1.5, "[h]:mm", "36:00"),
        (0.000011574, "mm:ss.0", "00:01.0"),
        (59, "d mmm yyyy", "28 Feb 1900"),
        (61, "d mmm yyyy", "1 Mar 1900"),
        (-1, "d mmm yyyy", "-1"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: float, code: str, expected: str) -> None:
    assert shown(value, code) == expected


def test_days_may_count_from_1904() -> None:
    assert shown(MARCH - 1462, "yyyy-mm-dd", from_1904=True) == "2024-03-05"


@pytest.mark.parametrize("code", ["yyyy", "h:mm", "[h]", "mm:ss", "[$-409]d\\-mmm", "AM/PM"])
def test_codes_of_dates_are_told(code: str) -> None:
    assert is_date(code)


@pytest.mark.parametrize("code", ["General", "0.00", '"yes"0', "[Red]0", "\\d0", "#,##0 [$SEK]", ""])
def test_codes_of_numbers_are_told(code: str) -> None:
    assert not is_date(code)


@given(st.floats(), st.text('0#?.,%/E+-;"[]$@ ydmhs\\_*>=1Ga', max_size=12))
def test_any_number_is_shown_under_any_code(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)


@given(st.floats(-1e9, 1e9), st.integers(0, 4))
def test_a_rounded_number_is_within_its_last_digit(value: float, decimals: int) -> None:
    written = float(shown(value, "0." + "0" * decimals if decimals else "0"))
    assert math.isclose(written, value, abs_tol=0.5001 * 10**-decimals)
