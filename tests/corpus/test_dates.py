"""Dates as files write them."""

from datetime import datetime

import pytest

from corpus.dates import period

DAY = (datetime(2024, 3, 5), datetime(2024, 3, 6))
SECOND = (datetime(2024, 3, 5, 10, 15, 0), datetime(2024, 3, 5, 10, 15, 1))


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024/03/05",
        " 2024-3-5 ",
        "5 March 2024",
        "5th of March, 2024",
        "Tue, 5 Mar 2024",
        "March 5, 2024",
        "Mar. 5th 2024",
        "5.3.2024",
        "05. 03. 2024",
        "D:20240305",
    ],
)
def test_a_day_is_the_same_day_however_it_is_written(text: str) -> None:
    assert period(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05T10:15:00Z",
        "2024-03-05 10:15:00.250+01:00",
        "Tue, 5 Mar 2024 10:15:00 +0100 (CET)",
        "D:20240305101500+01'00'",
        "March 5, 2024 10:15:00",
    ],
)
def test_a_time_is_read_as_it_is_written(text: str) -> None:
    assert period(text) == SECOND


def test_a_year_and_a_month_last_to_the_next_one() -> None:
    assert period("2024") == (datetime(2024, 1, 1), datetime(2025, 1, 1))
    assert period("2024-12") == (datetime(2024, 12, 1), datetime(2025, 1, 1))
    assert period("Dec 2024") == (datetime(2024, 12, 1), datetime(2025, 1, 1))


NO_DATES = """
3/5/2024
2024-13-01
2023-02-29
31.4.2024
0000
9999-12-31T25:00
10:15
march
20240
v2
2024-03-05 and later
12 monkeys 2024
1111111111111111111111111111111111111111111111111111111111111111111111
"""


@pytest.mark.parametrize("text", NO_DATES.splitlines())
def test_what_is_no_date_is_none(text: str) -> None:
    assert period(text) is None
