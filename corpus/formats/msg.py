"""MSG: a message as Outlook saves it, read by python-oxmsg."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corpus.documents import Document
from corpus.errors import EmptySourceError, SourceError
from corpus.formats.base import id_of
from corpus.formats.inside import Inside
from corpus.formats.letters import Letter, attached_documents, file_name, letter_document
from corpus.skipped import OnSkip, SkippedFile

if TYPE_CHECKING:
    from oxmsg import Message

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEEDED = "pip install 'citespan[documents]'"
# What damaged files make the library raise.
_DAMAGED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OSError, OverflowError, struct.error)


def read(data: bytes, source: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """Yield the documents of an Outlook message: itself and what is attached."""
    if not data.startswith(_OLE):
        raise SourceError(f"{source}: is no MSG file, by its first bytes; save the message from Outlook again")
    try:
        from oxmsg import Message
    except ImportError as error:
        raise SourceError(f"{source}: is an Outlook message; reading it needs python-oxmsg: {_NEEDED}") from error
    try:
        letter = _letter(Message.load(io.BytesIO(data)), source, on_skip)
    except (*_DAMAGED, RecursionError) as error:
        raise SourceError(f"{source}: is no whole MSG file ({error}); save the message from Outlook again") from error
    document = letter_document(letter, source)
    if not document.sections:
        raise EmptySourceError(f"{source}: is empty: a message without text")
    own = id_of(source)
    yield replace(document, id=own)
    yield from attached_documents(letter, source, id=own, on_skip=on_skip, inside=inside)


def _letter(message: Message, source: str, on_skip: OnSkip) -> Letter:
    """What the message holds."""
    letter = Letter(subject=message.subject)
    headers = {name.lower(): value for name, value in message.message_headers.items()}
    people = [f"{person.name} <{person.email_address}>" for person in message.recipients]
    sent = message.sent_date
    letter.head = [
        ("From", message.sender or ""),
        ("To", headers.get("to", "") or ", ".join(people)),
        ("Cc", headers.get("cc", "")),
        ("Date", headers.get("date", "") or (sent.isoformat(" ", "minutes") if sent else "")),
    ]
    if body := _found(message, "body"):
        letter.plain.append(body)
    if html := _found(message, "html_body"):
        letter.html.append(html)
    for number, attachment in enumerate(message.attachments, 1):
        name = file_name(_found(attachment, "file_name") or "", number, ".bin")
        data = _found(attachment, "file_bytes")
        if data is None:
            on_skip(SkippedFile(f"{source}/{name}", "is an attachment that holds no file; save it apart"))
        else:
            letter.attached.append((name, data))
    return letter


def _found(thing: Any, name: str) -> Any:
    """A property of a message, None where it is damaged."""
    try:
        return getattr(thing, name)
    except _DAMAGED:
        return None
