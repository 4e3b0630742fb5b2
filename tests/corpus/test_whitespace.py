"""White space: the written-out list is complete, and trimming follows it."""

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import _SPACE
from corpus.whitespace import WHITE_SPACE, trim


def test_the_list_is_what_python_calls_space_and_the_byte_order_mark() -> None:
    assert set(WHITE_SPACE) == {chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()} | {"\ufeff"}


def test_the_pattern_for_white_space_matches_the_list() -> None:
    assert all(re.fullmatch(_SPACE, character) for character in WHITE_SPACE)


@given(st.text(alphabet="ab \n\ufeff\u3000", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_a_trimmed_window_is_the_stripped_text_at_its_place(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(max(start, end), len(text))
    first, last = trim(text, start, end) if start <= end else (start, start)
    if start <= end:
        assert text[first:last] == text[start:end].strip(WHITE_SPACE)
        assert start <= first <= last <= max(end, start)
