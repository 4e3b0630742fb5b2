"""reStructuredText: headings by the order of their lines, lists, tables, directives, notes."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from tests.corpus.formats.mutations import CHANGES, harmed, layout, read, survives


def one(text: str, name: str = "guide.rst") -> Document:
    (document,), skipped = read(text.encode(), name)
    assert skipped == []
    return document


def test_headings_have_the_level_at_which_their_line_first_came() -> None:
    document = one(
        "=====\nGuide\n=====\n\nLead.\n\nRooms\n=====\nTwo.\n\nOak\n---\nBig.\n\nElm\n---\nSmall.\n\nRates\n"
        "=====\nLow.\n"
    )
    assert document.title == "Guide"
    assert layout(document) == [
        ((), "Lead."),
        (("Rooms",), "Two."),
        (("Rooms", "Oak"), "Big."),
        (("Rooms", "Elm"), "Small."),
        (("Rates",), "Low."),
    ]


def test_two_headings_of_the_highest_level_are_sections_and_the_file_names_the_document() -> None:
    document = one("Rooms\n=====\nTwo.\n\nRates\n=====\nLow.\n\n-----\n\nEnd.")
    assert (document.title, layout(document)) == ("guide", [(("Rooms",), "Two."), (("Rates",), "Low.\n\nEnd.")])


def test_items_keep_their_place_under_their_parents() -> None:
    document = one(
        "* Oak: 12 seats\n\n  * has a *screen*\n    and a board\n\n  * has tea\n\n* Elm\n\n#. First\n#. Second\n\n"
        "2) Third"
    )
    assert document.text == (
        "- Oak: 12 seats\n  - has a screen\n    and a board\n  - has tea\n- Elm\n1. First\n2. Second\n2) Third"
    )


def test_terms_fields_and_options_are_lines_of_keys() -> None:
    document = one(
        ":Author: Ann Lark\n:Date: 2026-03-03\n\nLead.\n\nkey : text\n    What *opens*.\n\n    More.\n"
        "-v, --verbose  Says more.\n"
        "--level=LEVEL  Says\n               how much."
    )
    assert document.text == (
        "- Author: Ann Lark\n- Date: 2026-03-03\n\nLead.\n\n- key, text: What opens.\n  More.\n"
        "- -v, --verbose: Says more.\n- --level=LEVEL: Says how much."
    )
    assert document.metadata == (("author", "Ann Lark"), ("date", "2026-03-03"))


GRID = """
+------+-------+-------+
| Room | Price         |
|      +-------+-------+
|      | Week  | End   |
+======+=======+=======+
| Oak  | 80    | 90    |
+------+-------+-------+
| Elm  | both: | 70    |
+------+ same  +-------+
| Ash  |       | 60    |
+------+-------+-------+
"""
SIMPLE = """
====  ======  =====
Room  Price
----  -------------
..    Week    End
====  ======  =====
Oak   80      90
Elm   70      75
      or 72
====  ======  =====
"""


def test_tables_are_rows_with_a_head_and_spans_repeated() -> None:
    assert one(GRID).text == (
        "Room | Price Week | Price End\n--- | --- | ---\nOak | 80 | 90\nElm | both: same | 70\nAsh | both: same | 60"
    )
    assert one(SIMPLE).text == ("Room | Price Week | Price End\n--- | --- | ---\nOak | 80 | 90\nElm | 70 or 72 | 75")


def test_tables_of_directives_have_their_title_and_their_head() -> None:
    listed = (
        ".. list-table:: Prices\n   :header-rows: 1\n\n   * - Room\n     - Price\n   * - Oak\n     - 80 euros\n"
        "       a day\n"
    )
    separated = '.. csv-table:: Prices\n   :header: "Room", "Price"\n\n   Oak, "80 euros a day"\n'
    for text in (listed, separated):
        assert one(text).text == "Prices\n\nRoom | Price\n--- | ---\nOak | 80 euros a day"


def test_directives_say_what_their_readers_see() -> None:
    document = one(
        ".. warning:: Wet floor.\n\n   Mind it.\n\n.. versionadded:: 3.2\n   The flag.\n\n"
        ".. code-block:: python\n   :linenos:\n\n"
        "   x = 1\n\n.. figure:: a.png\n   :alt: A map\n\n   The way in.\n\n.. unknown:: Say this\n"
        "   :option: 1\n\n   And this.\n\n"
        ".. py:function:: run(x)\n\n   Runs it.\n\n.. toctree::\n\n   a\n   b\n"
    )
    assert document.text.split("\n\n") == [
        "Wet floor.", "Mind it.", "Added in version 3.2: The flag.", "x = 1", "The way in.", "Say this", "And this.",
        "run(x)", "Runs it.",
    ]  # fmt: skip
    assert [part.kind for part in document.dropped] == ["picture", "comment"]


def test_comments_and_targets_are_no_text_and_literal_blocks_are() -> None:
    document = one(
        "Hot.\n\n.. not this\n   nor this\n\n.. _a: https://x.org\n__ https://y.org\n\nRun::\n\n    a *b*\n\n"
        "..\n\n   Quoted."
    )
    assert document.text == "Hot.\n\nRun:\n\na *b*\n\nQuoted."
    assert [(part.kind, part.text) for part in document.dropped] == [("comment", "not this nor this")]


def test_inline_mark_up_is_read() -> None:
    document = one(
        ".. |tea| replace:: *green* tea\n.. _milk:\n\nMilk\n====\n\n"
        "See :ref:`milk`, :ref:`this <milk>`, `that <https://x.org>`__, that_, "
        "``a*b``, **|tea|** |tea|, :py:func:`~a.b.run`, snake_case, 2\\ :sup:`nd`, 10\\ :sup:`6`"
        ", H\\ :sub:`2`\\ O [1]_, [Lark26]_.\n\n"
        ".. [1] A note.\n.. [Lark26] A book."
    )
    assert document.text == (
        "Milk\n\nSee Milk, this, that, that, a*b, |tea| green tea, run, snake_case, 2nd, 10^6, H2O, [Lark26].\n\n"
        "[1] A note.\n\n[Lark26] A book."
    )


PIECES = [
    "* a",
    "  * b",
    "1. c",
    "t\n  d",
    ":f: g",
    "==",
    "====",
    "A",
    "++",
    "+--+",
    "|  |",
    "== ==",
    ".. x::",
    ".. ",
    "::",
    "| v",
    "-v",
    " ",
    "",
]


@settings(deadline=None, max_examples=200)
@given(CHANGES, st.lists(st.tuples(st.integers(0, 6), st.sampled_from(PIECES)), max_size=25))
def test_a_harmed_file_is_read_or_named(
    changes: tuple[list[tuple[int, int]], int, bool], pieces: list[tuple[int, str]]
) -> None:
    text = "\n".join(" " * indent + piece for indent, piece in pieces)
    assert survives(harmed((GRID + SIMPLE + text).encode(), changes), "a.rst")
    assert survives(f"A{text}".encode(), "a.rst")


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{2,9}( [a-z]{2,9}){0,8}", fullmatch=True), min_size=1, max_size=8))
def test_no_word_of_prose_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(f"{' ' * (number % 3)}{words}." for number, words in enumerate(paragraphs))
    assert one(f"Start.\n\n{text}").text.split() == f"Start. {text}".split()
