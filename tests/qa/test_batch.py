import pytest

from qa.batch import read_batch


def read(content: bytes) -> list[tuple[str, dict[str, object], bool]]:
    return [(line.question, line.fields, line.error is None) for line in read_batch(content.splitlines(keepends=True))]


def test_plain_lines_are_questions_and_blank_lines_are_passed_over() -> None:
    assert read("Why?\r\n\n  Où? \n".encode()) == [("Why?", {}, True), ("Où?", {}, True)]


def test_objects_keep_their_id_whatever_its_type() -> None:
    assert read(b'{"id": {"n": 1}, "question": "Why?", "other": 2}') == [("Why?", {"id": {"n": 1}}, True)]


def test_a_json_list_is_read_whole_also_over_many_lines() -> None:
    assert read(b'[\n "Why?",\n {"question": "When?", "id": 0}\n]') == [("Why?", {}, True), ("When?", {"id": 0}, True)]


def test_a_byte_order_mark_is_no_part_of_the_first_question() -> None:
    assert read(b"\xef\xbb\xbfWhy?\n") == [("Why?", {}, True)]


def test_bad_lines_become_errors_and_the_rest_goes_on() -> None:
    lines = [b'{"question": 5, "id": "a"}', b"{broken", b"\xff\xfe", b'{"id": 2}', b"Why?"]
    rows = list(read_batch(lines))
    assert [row.error is None for row in rows] == [False, False, False, False, True]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0].fields == {"id": "a"}
    assert "'question' is 5" in (rows[0].error or "")
    assert "UTF-8" in (rows[2].error or "")
    assert "no field 'question'" in (rows[3].error or "")


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        (["Why?\r\n".encode("utf-16"), "When?\r\n".encode("utf-16-le")], ["UTF-16"]),
        ([b"Why?\n", b"a\0b\n", b"When?"], [None, "NUL", None]),
        (
            [b'{"id": 1e999, "question": "Why?"}', b'{"id": NaN, "question": "Why?"}', b"When?"],
            ["finite", "finite", None],
        ),
    ],
)
def test_what_is_no_text_or_no_number_is_an_error(lines: list[bytes], errors: list[str | None]) -> None:
    found = [line.error for line in read_batch(lines)]
    assert len(found) == len(errors)
    for error, named in zip(found, errors, strict=True):
        assert error is None if named is None else named in (error or "")


def test_a_broken_list_is_one_error() -> None:
    rows = list(read_batch([b'["1",\n', b"2\n"]))
    assert len(rows) == 1
    assert "JSON list" in (rows[0].error or "")


def test_a_list_item_that_is_no_question_is_an_error_in_its_place() -> None:
    rows = list(read_batch([b'["Why?", 3]']))
    assert [row.error is None for row in rows] == [True, False]


def test_a_question_may_begin_with_a_bracket_and_the_next_lines_are_read() -> None:
    rows = list(read_batch([b"[sic] who said so?\n", b"[1]\n", b'["a"]\n', b"When?\n"]))
    assert [row.question for row in rows] == ["[sic] who said so?", "[1]", '["a"]', "When?"]
    assert [row.error for row in rows] == [None] * 4
