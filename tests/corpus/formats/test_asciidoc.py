"""AsciiDoc: headings, lists, tables, blocks, attributes, conditions."""

from textwrap import dedent

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from tests.corpus.formats.mutations import CHANGES, harmed, layout, read, survives


def one(text: str) -> Document:
    (document,), skipped = read(dedent(text).encode(), "guide.adoc")
    assert skipped == []
    return document


GUIDE = """\
    = The Guide
    Ann Lark <ann@example.org>
    v1.2, 2026-03-03
    :product: Citespan

    // not this
    Lead of {product}.

    [[rooms]]
    == Rooms

    Two. See <<rates>>.

    === Oak

    Big.

    [#rates.wide]
    == Rates

    Low.

    Old heading
    -----------

    End.
    """


def test_headings_attributes_and_references() -> None:
    document = one(GUIDE)
    assert document.title == "The Guide"
    assert layout(document) == [
        ((), "- Author: Ann Lark\n- Revision: v1.2, 2026-03-03\n\nLead of Citespan."),
        (("Rooms",), "Two. See Rates."),
        (("Rooms", "Oak"), "Big."),
        (("Rates",), "Low."),
        (("Old heading",), "End."),
    ]
    assert document.metadata == (("author", "Ann Lark"), ("revdate", "v1.2, 2026-03-03"))
    assert [part.kind for part in document.dropped] == ["comment"]


def test_items_keep_their_place_under_their_parents() -> None:
    document = one(
        """\
        * Oak: 12 seats
        ** has a [.line-through]#beamer# *screen*
        *** and a
        board
        * Elm
        +
        With tea.
        +
        ----
        code <1>
        ----
        . First
        . Second

        //-

        CPU:: The brain.
        RAM::
          The *memory*.
        """
    )
    lines = document.text.split("\n")
    assert lines[:7] == [
        "- Oak: 12 seats", "  - has a  screen", "    - and a board", "- Elm", "  With tea.", "  code", "  1. First",
    ]  # fmt: skip
    assert [line.strip() for line in lines[-2:]] == ["- CPU: The brain.", "- RAM: The memory."]
    assert ("struck out", "beamer") in [(part.kind, part.text) for part in document.dropped]


TABLE = """\
    .Prices
    [cols="1,2*",options="header"]
    |===
    |Room |Week
    |End

    |Oak
    |80 a|
    90

    .2+|Elm |70 |75
    2+|both \\| same
    |===

    |===
    |A |B

    |1 |2
    |===

    [%header,format=csv]
    |===
    a,b
    1,"2, 3"
    |===

    [cols=2]
    |===
    |x |y |z
    |===
    """


def test_tables_are_rows_with_a_head_and_spans_repeated() -> None:
    assert one(TABLE).text == dedent(
        """\
        Prices

        Room | Week | End
        --- | --- | ---
        Oak | 80 | 90
        Elm | 70 | 75
        Elm | both | same | both | same

        A | B
        --- | ---
        1 | 2

        a | b
        --- | ---
        1 | 2, 3

        x | y
        z"""
    )


BLOCKS = """\
    NOTE: Closed.

    [WARNING]
    ====
    Wet floor.

    * slippery
    ====

    [source,python]
    ----
    # not a heading
    = nor this // or this
    ----

    ////
    gone
    ////

    ifdef::env-github[]
    Not here.
    endif::[]
    ifndef::env-github[Here.]

    image::a.png[A map]

    include::other.adoc[]

    ++++
    <br>
    ++++

     a *literal* line

    [quote, Bo Finch]
    ____
    Said so. +
    Twice.
    ____
    """


def test_blocks_say_what_their_readers_see() -> None:
    document = one(BLOCKS)
    assert document.text.split("\n\n") == [
        "NOTE: Closed.", "Wet floor.", "- slippery", "# not a heading\n= nor this // or this", "Here.",
        "a *literal* line", "Said so.\nTwice.",
    ]  # fmt: skip
    assert {part.kind for part in document.dropped} == {"comment", "excluded", "picture", "included file", "raw"}


def test_inline_mark_up_is_read() -> None:
    document = one(
        """\
        H~2~O, 10^6^, 1^st^, *bo*ld, **bo**ld, `a_b`, +a*b*+, snake_case_name, 2 * 3 * 4, "`so`", link:a.html[here],
        https://x.org[there^], https://x.org, <<a,that>>, xref:b.adoc#c[this], menu:File[Save > As], kbd:[Ctrl+S],
        ((term))(((a,b))), {cpp}, {unknown}, footnote:[Only on *Mondays*.]pass:[<b>].
        """
    )
    assert document.text == dedent(
        """\
        H2O, 10^6, 1st, *bo*ld, bold, a_b, a*b*, snake_case_name, 2 * 3 * 4, “so”, here,
        there, https://x.org, that, this, File > Save > As, Ctrl+S,
        term, C++, {unknown}, <b>.

        [1] Only on Mondays."""
    )


PIECES = [
    "* a", "** b", ". c", "t:: d", "+", "|===", "|a |b", "2+|c", "----", "====", "== A", "[x]", ".T", "//", "////",
    "ifdef::a[]", "",
]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(CHANGES, st.lists(st.sampled_from(PIECES), max_size=25))
def test_a_harmed_file_is_read_or_named(changes: tuple[list[tuple[int, int]], int, bool], pieces: list[str]) -> None:
    assert survives(harmed(dedent(GUIDE + TABLE + BLOCKS).encode(), changes), "a.adoc")
    assert survives("\n".join(["A", *pieces]).encode(), "a.adoc")


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{2,9}( [a-z]{2,9}){0,8}", fullmatch=True), min_size=1, max_size=8))
def test_no_word_of_prose_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(f"{' ' * (number % 3)}{words}." for number, words in enumerate(paragraphs))
    assert one(f"Start.\n\n{text}").text.split() == f"Start. {text}".split()
