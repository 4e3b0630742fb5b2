"""MSG: messages that the tests write as compound files, property by property."""

import struct

import pytest
from hypothesis import given, settings

from corpus.errors import SourceError
from tests.corpus.formats.compound import Folder, compound
from tests.corpus.formats.mutations import CHANGES, harmed, read, survives


def properties(header: int, texts: dict[int, str | bytes], numbers: dict[int, int] | None = None) -> Folder:
    """The streams of a message, a recipient or an attachment."""
    streams: Folder = {}
    table = b"\0" * header
    for number, value in texts.items():
        kind, data = (0x1F, value.encode("utf-16-le")) if isinstance(value, str) else (0x102, value)
        streams[f"__substg1.0_{number:04X}{kind:04X}"] = data
        table += struct.pack("<HHIQ", kind, number, 6, len(data))
    for number, plain in (numbers or {}).items():
        table += struct.pack("<HHIQ", 3, number, 6, plain)
    return {"__properties_version1.0": table, **streams}


def message(body: dict[int, str | bytes], *attached: tuple[str, bytes]) -> bytes:
    texts: dict[int, str | bytes] = {
        0x1A: "IPM.Note",
        0x37: "Opening hours",
        0x7D: "From: Zoë <zoe@example.org>\r\nDate: Tue, 3 Mar 2026 10:15:00 +0100\r\n",
    }
    folder = properties(32, {**texts, **body})
    folder["__recip_version1.0_#00000000"] = properties(8, {0x3001: "Bo Finch", 0x39FE: "bo@example.org"})
    for number, (name, data) in enumerate(attached):
        folder[f"__attach_version1.0_#{number:08X}"] = properties(8, {0x3707: name, 0x3701: data}, {0x3705: 1})
    return compound(folder)


@pytest.mark.parametrize("name", ["mail.msg", "mail.txt"])
def test_a_message_has_its_head_its_text_and_its_attachments(name: str) -> None:
    data = message({0x1000: "The desk opens at nine.\r\n"}, ("rates.csv", b"Room,Price\nOak,80\n"), ("a.mp3", b"x"))
    documents, skipped = read(data, name)
    assert documents[0].text == (
        "Opening hours\n\n- From: Zoë <zoe@example.org>\n- To: Bo Finch <bo@example.org>\n"
        "- Date: Tue, 3 Mar 2026 10:15:00 +0100\n- Attachments: rates.csv, a.mp3\n\nThe desk opens at nine."
    )
    assert [document.id for document in documents] == ["mail", "mail/rates.csv"]
    assert list(map(str, skipped)) == [f"{name}/a.mp3: no reader for .mp3"]


def test_html_alone_is_read_as_a_page() -> None:
    (document,), _ = read(message({0x1013: b"<h2>Rates</h2><p>Oak costs 80 euros.</p>"}), "mail.msg")
    assert [section.path for section in document.sections] == [(), ("Rates",)]


def test_a_file_that_is_no_message_is_named() -> None:
    for data in (b"Tea is hot.", compound({"WordDocument": b"x" * 99}), message({0x1000: "Tea."})[:700]):
        with pytest.raises(SourceError, match=r"mail\.msg: is no"):
            read(data, "mail.msg")


@settings(deadline=None, max_examples=150)
@given(CHANGES)
def test_a_harmed_message_is_read_or_named(changes: tuple[list[tuple[int, int]], int, bool]) -> None:
    data = message({0x1000: "The desk opens at nine.\r\n"}, ("rates.csv", b"Room,Price\nOak,80\n"))
    assert survives(harmed(data, changes, keep=8), "mail.msg")
