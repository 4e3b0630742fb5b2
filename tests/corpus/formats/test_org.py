"""Org: outlines, lists, tables, blocks, drawers, dates."""

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document
from tests.corpus.formats.mutations import CHANGES, harmed, layout, read, survives


def one(text: str, name: str = "guide.org") -> Document:
    (document,), skipped = read(dedent(text).encode(), name)
    assert skipped == []
    return document


GUIDE = """\
    #+TITLE: The Guide
    #+AUTHOR: Ann Lark
    #+MACRO: room The $1 room
    # not this

    Lead.

    * TODO [#A] Rooms [1/2] :home:open:
    SCHEDULED: <2026-03-03 Tue 10:00> CLOSED: [2026-03-04 Wed]
    :PROPERTIES:
    :ID: 7
    :END:
    {{{room(Oak)}}}.

    ** Oak
    Big.

    * COMMENT Secret
    ** Deep
    No.
    * Rates
    Low.
    """


@pytest.mark.parametrize("name", ["guide.org", "guide.txt"])
def test_headings_without_states_and_tags_and_dates_as_lines(name: str) -> None:
    document = one(GUIDE, name)
    assert document.title == "The Guide"
    assert layout(document) == [
        ((), "- Author: Ann Lark\n\nLead."),
        (("Rooms",), "- Scheduled: 2026-03-03 Tue 10:00\n- Closed: 2026-03-04 Wed\n\nThe Oak room."),
        (("Rooms", "Oak"), "Big."),
        (("Rates",), "Low."),
    ]
    assert [part.kind for part in document.dropped] == ["comment", "tags", "state", "drawer", "comment"]
    assert document.metadata == (("author", "Ann Lark"),)


LISTS = """\
    - Oak: 12 seats
      goes on
      - has a +beamer+ /screen/
        1. and a board
        2) and *tea*

    - Elm

      More.
      #+begin_src sh
      ls
      #+end_src
    - CPU :: The brain.
    - [X] done

    After.
    """


def test_items_keep_their_place_under_their_parents() -> None:
    assert one(LISTS).text == (
        "- Oak: 12 seats\n  goes on\n  - has a  screen\n    1. and a board\n    2) and tea\n- Elm\n  More.\n  ls\n"
        "- CPU: The brain.\n- [X] done\n\nAfter."
    )


TABLES = """\
    #+CAPTION: Prices
    | Room | Price |
    |------+-------|
    | <l>  | <5>   |
    | Oak  | *80*  |
    | Elm  |       |
    |------+-------|
    | Both | 90    |
    #+TBLFM: $2=1

    | a | b |
    | 1 | 2 |
    """


def test_tables_have_their_head_above_the_rule() -> None:
    document = one(TABLES)
    assert document.text == ("Prices\n\nRoom | Price\n--- | ---\nOak | 80\nElm |\nBoth | 90\n\na | b\n1 | 2")
    assert [(part.kind, part.text) for part in document.dropped] == [("formula", "$2=1")]


BLOCKS = """\
    #+BEGIN_SRC org
    ,* not a heading
    x_1 = *2*
    #+END_SRC

    #+begin_quote
    Said /so/.
    - twice
    #+end_quote

    #+begin_export html
    <br>
    #+end_export

    : fixed *text*

    #+INCLUDE: "other.org"
    #+RESULTS:
    -----
    End[fn:1], [fn:: In a *line*.]here.

    [fn:1] A note
    goes on.
    """


def test_blocks_say_what_their_readers_see() -> None:
    document = one(BLOCKS)
    assert document.text.split("\n\n") == [
        "* not a heading\nx_1 = *2*", "Said so.", "- twice", "fixed *text*", "End, here.", "[1] A note goes on.",
        "[1] In a line.",
    ]  # fmt: skip
    assert [part.kind for part in document.dropped] == ["raw", "included file", "footnote mark"]


def test_inline_mark_up_is_read() -> None:
    document = one(
        r"""
        *Bold*, /it/, _under_, =a*b*=, ~c/d/~, a/b/c, 2*3*4, snake_case_name, room_12, H_{2}O, x^2, 10^{6}.
        [[https://x.org][here]], [[https://x.org]], [[*Rates]], [[file:a.png]]<<t>> <2026-03-03 Tue>--[2026-03-04].\\
        1^{st}, \alpha \euro{}5 \unknown.
        """
    )
    assert document.text == (
        "Bold, it, under, a*b*, c/d/, a/b/c, 2*3*4, snake_case_name, room_12, H2O, x^2, 10^6.\n"
        "here, https://x.org, Rates,  2026-03-03 Tue--2026-03-04.\n1st, α €5 \\unknown."
    )


PIECES = [
    "* a",
    "- b",
    "  - c",
    "  1. d",
    "| e |",
    "|--|",
    "#+begin_src",
    "#+end_src",
    ":X:",
    ":END:",
    "# f",
    "g",
    "  h",
    "",
]


@settings(deadline=None, max_examples=200)
@given(CHANGES, st.lists(st.sampled_from(PIECES), max_size=25))
def test_a_harmed_file_is_read_or_named(changes: tuple[list[tuple[int, int]], int, bool], pieces: list[str]) -> None:
    assert survives(harmed(dedent(GUIDE + LISTS + TABLES + BLOCKS).encode(), changes), "a.org")
    assert survives("\n".join(["A", *pieces]).encode(), "a.org")


@settings(deadline=None)
@given(st.lists(st.from_regex(r"[a-z]{2,9}( [a-z]{2,9}){0,8}", fullmatch=True), min_size=1, max_size=8))
def test_no_word_of_prose_is_lost(paragraphs: list[str]) -> None:
    text = "\n\n".join(f"{' ' * (number % 3)}{words}." for number, words in enumerate(paragraphs))
    assert one(f"Start.\n\n{text}").text.split() == f"Start. {text}".split()


def test_a_line_that_only_looks_like_a_literal_one_is_read_once() -> None:
    document = one("- rice\n\x0b: Priced\n: kept\n\nTea is hot.\n")
    assert "Priced" in document.text
    assert document.text.endswith("Tea is hot.")
