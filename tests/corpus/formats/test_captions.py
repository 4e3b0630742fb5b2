"""Subtitles: what is said is prose, and each place of it has its time."""

import pytest
from hypothesis import given, settings

from corpus.errors import SourceError
from corpus.formats.files import iterate_data
from corpus.marks import Mark
from tests.corpus.formats.mutations import CHANGES, harmed, layout, read, survives

SRT = b"""\xef\xbb\xbf1\r
00:00:01,000 --> 00:00:02,500\r
<i>The desk opens</i>\r
\r
2\r
00:00:02,600 --> 00:00:04,000 X1:1\r
{\\an8}at nine &amp; closes\r
at <font color="#fff">five</font>.\r
\r
3\r
00:01:02,000 --> 00:01:03,000\r
- Who closes it?\r
- Bo Finch.\r
"""

VTT = """WEBVTT - Some title

NOTE
Not for the public.

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start
<v.loud Ann Lark>The bridge cost</v>

00:02.600 --> 00:04.000
<v Ann Lark>4 million &lt;euros&gt;.

01:00:05.000 --> 01:00:06.000
<v Bo><c.yellow>Too <00:05.500>much.</c>
"""


@pytest.mark.parametrize("name", ["talk.srt", "talk.txt"])
def test_cues_are_joined_to_sentences_with_their_times(name: str) -> None:
    (document,), skipped = read(SRT, name)
    assert document.text == "The desk opens at nine & closes at five.\n\nWho closes it?\n\nBo Finch."
    assert document.marks == (
        Mark(0, time="00:00:01.000"),
        Mark(15, time="00:00:02.600"),
        Mark(42, time="00:01:02.000"),
        Mark(58, time="00:01:02.000"),
    )
    assert (document.title, skipped, [path for path, _ in layout(document)]) == ("talk", [], [()])


@pytest.mark.parametrize("name", ["talk.vtt", "talk.txt"])
def test_voices_are_named_once_and_notes_are_dropped(name: str) -> None:
    (document,), skipped = read(VTT.encode(), name)
    assert document.text == "Ann Lark: The bridge cost 4 million <euros>.\n\nBo: Too much."
    assert [mark.time for mark in document.marks] == ["00:00:01.000", "00:00:02.600", "01:00:05.000"]
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("note", "NOTE Not for the public."),
        ("style", "STYLE ::cue { color: red }"),
    ]
    assert skipped == []


def test_words_that_roll_on_are_said_once() -> None:
    lines = [
        "",
        "so today we look",
        "so today we look\nat the bridge",
        "at the bridge",
        "at the bridge\nover the river",
    ]
    cues = "\n\n".join(f"00:0{second}.000 --> 00:0{second + 1}.000\n{text}" for second, text in enumerate(lines))
    (document,), _ = read(f"WEBVTT\nKind: captions\n\n{cues}".encode(), "talk.vtt")
    assert document.text == "so today we look at the bridge over the river"
    assert {part.kind for part in document.dropped} == {"repeated"}


def test_a_repeated_answer_is_no_rolling_word() -> None:
    cues = "\n\n".join(f"{n}\n00:00:0{2 * n},000 --> 00:00:0{2 * n},900\nNo." for n in (1, 2, 3))
    (document,), _ = read(cues.encode(), "talk.srt")
    assert document.text == "No. No. No."


def test_a_number_is_said_and_a_damaged_cue_named() -> None:
    data = b"1\n00:00:01,000 --> 00:00:02,000\nHow many?\n\n2\n00:00:0 --> x\nEight?\n\n"
    data += b"3\n00:00:03,000 --> 00:00:04,000\n12\n"
    (document,), skipped = read(data, "talk.srt")
    assert document.text == "How many? 12"
    assert [part.path for part in skipped] == ["talk.srt:2"]


def test_cues_without_blank_lines_between_them_are_told_apart() -> None:
    data = b"1\n00:00:01,000 --> 00:00:02,000\nTea is\n2\n00:00:02,000 --> 00:00:03,000\nhot.\n"
    assert read(data, "talk.srt")[0][0].text == "Tea is hot."


@pytest.mark.parametrize("data", [b"Tea is hot.", b"WEBVTT\n", b"1\n"])
def test_a_file_without_cues_is_named(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"talk\.srt: is empty"):
        list(iterate_data(data, "talk.srt", lambda _: None))


@settings(deadline=None, max_examples=150)
@given(CHANGES)
def test_harmed_subtitles_are_read_or_named(changes: tuple[list[tuple[int, int]], int, bool]) -> None:
    assert survives(harmed(SRT + VTT.encode(), changes, keep=2), "talk.srt")
