"""E-mail: messages that the tests write themselves, alone and in mailboxes."""

from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.formats import read_file
from tests.corpus.formats.mutations import CHANGES, harmed, read, survives


def letter(text: str = "The desk opens at nine.\n", subject: str = "Opening hours") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = "Zoë Lark <zoe@example.org>"
    message["To"] = "Bo Finch <bo@example.org>"
    message["Date"] = "Tue, 03 Mar 2026 10:15:00 +0100"
    message["Subject"] = subject
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    return message


HEAD = "- From: Zoë Lark <zoe@example.org>\n- To: Bo Finch <bo@example.org>\n- Date: Tue, 03 Mar 2026 10:15:00 +0100"


def test_the_head_is_lines_of_keys_and_the_subject_the_title() -> None:
    (document,), skipped = read(
        letter("Grüße!\r\n\r\n\r\n\r\n> When?\r\nAt nine.", "Öffnung der Theke").as_bytes(), "mail.eml"
    )
    assert (document.id, document.title, skipped) == ("mail", "Öffnung der Theke", [])
    assert document.text == f"Öffnung der Theke\n\n{HEAD}\n\nGrüße!\n\n> When?\nAt nine."
    assert [section.path for section in document.sections] == [()]
    assert dict(document.metadata)["message-id"] == "<1@example.org>"


@pytest.mark.parametrize("name", ["mail.txt", "mail.eml", "mail.html"])
def test_a_message_is_told_by_its_content(name: str) -> None:
    (document,), _ = read(letter().as_bytes(), name)
    assert document.title == "Opening hours"


def test_html_is_read_as_a_page_with_its_sections_and_tables() -> None:
    message = letter()
    message.clear_content()
    message.set_content(
        "<html><style>p {}</style><body><h2>Rates</h2><table><tr><th>Room</th><th>Price</th></tr>"
        "<tr><td>Oak</td><td>80</td></tr></table><h2>Notes</h2><p>Pay at the desk.</p></body></html>",
        subtype="html",
    )
    (document,), _ = read(message.as_bytes(), "mail.eml")
    assert [section.path for section in document.sections] == [(), ("Rates",), ("Notes",)]
    assert "Room | Price\n--- | ---\nOak | 80" in document.text


def test_of_two_versions_the_plain_one_is_read_unless_it_says_nothing() -> None:
    message = letter("The desk opens at nine.")
    message.add_alternative("<p>The desk opens at <b>nine</b>.</p>", subtype="html")
    (document,), _ = read(message.as_bytes(), "mail.eml")
    assert document.text.count("nine") == 1
    message = letter("No HTML here.")
    message.add_alternative("<p>" + "The desk opens at nine. " * 9 + "</p>", subtype="html")
    (document,), _ = read(message.as_bytes(), "mail.eml")
    assert "No HTML" not in document.text
    assert "opens at nine" in document.text


def test_flowed_lines_are_joined_and_quotations_kept_apart() -> None:
    message = letter()
    message.clear_content()
    message.set_content("The desk \r\nopens at nine.\r\n> Who \r\n> asks?\r\n-- \r\nZoë", params={"format": "flowed"})
    (document,), _ = read(message.as_bytes(), "mail.eml")
    assert document.text.endswith("The desk opens at nine.\n> Who asks?\n--\nZoë")


def test_attachments_are_documents_of_their_own_or_named() -> None:
    message = letter()
    message.add_attachment(b"Room,Price\nOak,80\n", maintype="text", subtype="csv", filename="../Räte 1.csv")
    message.add_attachment(b"ID3", maintype="audio", subtype="mpeg", filename="a.mp3")
    message.add_attachment(letter("Yes.", "Inner").as_bytes(), maintype="application", subtype="x", filename="in.eml")
    message.add_attachment(letter("No.", "Fwd: hours"))
    documents, skipped = read(message.as_bytes(), "mail.eml")
    assert [document.id for document in documents] == [
        "mail", "mail/Räte 1.csv", "mail/in.eml", "mail/fwd-hours.eml",
    ]  # fmt: skip
    assert documents[1].text == "Room | Price\n--- | ---\nOak | 80"
    assert documents[1].source == "mail.eml/Räte 1.csv"
    assert "- Attachments: Räte 1.csv, a.mp3, in.eml, fwd-hours.eml" in documents[0].text
    assert [document.title for document in documents[2:]] == ["Inner", "Fwd: hours"]
    assert list(map(str, skipped)) == ["mail.eml/a.mp3: no reader for .mp3"]


def test_messages_inside_messages_are_read_so_deep_and_then_named() -> None:
    message = letter("0.", "Level 0")
    for level in range(1, 5):
        outer = letter(f"{level}.", f"Level {level}")
        outer.add_attachment(message)
        message = outer
    documents, skipped = read(message.as_bytes(), "mail.eml")
    assert [document.title for document in documents] == ["Level 4", "Level 3", "Level 2"]
    assert "more than 2 files inside each other" in str(skipped[0])


BOX = (
    b"From zoe@example.org Tue Mar  3 10:15:00 2026\nFrom: zoe@example.org\nSubject: One\n\n"
    b"First.\n\n>From here on\n\nFrom the desk\n\n"
    b"From bo@example.org Wed Mar  4 10:15:00 2026\nFrom: bo@example.org\n\nSecond.\n\n"
    b"From x\nSubject: Empty\n\n\n"
)


@pytest.mark.parametrize("name", ["box.mbox", "box.txt"])
def test_each_message_of_a_mailbox_is_a_document(name: str) -> None:
    documents, skipped = read(BOX, name)
    assert [(document.id, document.title, document.source) for document in documents] == [
        ("box-1", "One", f"{name}:1"),
        ("box-2", "box 2", f"{name}:2"),
    ]
    assert documents[0].text.endswith("First.\n\nFrom here on\n\nFrom the desk")
    assert list(map(str, skipped)) == [f"{name}:3: is empty: an e-mail without text"]


def test_damaged_parts_are_told_and_the_rest_is_read() -> None:
    data = letter("The desk opens at nine.").as_bytes().replace(b'charset="utf-8"', b'charset="nonsense"')
    (document,), _ = read(data, "mail.eml")
    assert "opens at nine" in document.text
    message = letter()
    message.add_attachment(b"Tea is hot. " * 40, maintype="text", subtype="plain", filename="a.txt")
    damaged = message.as_bytes().replace(b"VGVhIGlzIGhvdC4g", b"VGVhI", 1)
    documents, skipped = read(damaged, "mail.eml")
    assert len(documents) == 2
    assert "damaged" in str(skipped[0])


@pytest.mark.parametrize("data", [b"Tea is hot.", b"\0\1\2", b"%PDF", b"X: 1\n\nTea"])
def test_a_file_that_is_no_message_is_named(tmp_path: Path, data: bytes) -> None:
    for name in ("a.eml", "a.mbox"):
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(SourceError, match=name):
            read_file(path, on_skip=lambda _: None)


@settings(deadline=None, max_examples=150)
@given(CHANGES, st.booleans())
def test_a_harmed_message_is_read_or_named(changes: tuple[list[tuple[int, int]], int, bool], box: bool) -> None:
    message = letter("Grüße! Tea is hot.")
    message.add_alternative("<p>Tea is <b>hot</b>.</p>", subtype="html")
    message.add_attachment(b"Room,Price\nOak,80\n", maintype="text", subtype="csv", filename="rates.csv")
    data = b"From x\n" + message.as_bytes() + b"\n" + BOX if box else message.as_bytes()
    assert survives(harmed(data, changes, keep=7), "a.mbox" if box else "a.eml")
