"""E-mail: a message (EML), or many in one file (mbox), by the standard library's reader of them."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header
from email.message import Message

from corpus.contents import Content, LargeFile
from corpus.documents import Document, Dropped
from corpus.encodings import decode
from corpus.errors import EmptySourceError, SourceError
from corpus.formats.base import id_of, slug, title_of
from corpus.formats.inside import Inside
from corpus.formats.letters import Letter, attached_documents, file_name, letter_document, unflowed
from corpus.formats.signs import names_mail
from corpus.skipped import OnSkip, SkippedFile

_HEAD = ("From", "To", "Cc", "Date")
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_LARGEST_MESSAGE = 200_000_000  # bytes, over which a message of an mbox is left out. By hand.
_MOST_PARTS = 2_000
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_SEALED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
# Of these a text in another encoding is plain ASCII too, so that the declaration must come first.
_STATEFUL = re.compile(r"iso-?2022|hz|utf-?7", re.IGNORECASE)
# What a damaged or odd message makes the standard library raise.
_ODD = (ValueError, LookupError, TypeError, AttributeError, AssertionError)


def read(data: bytes, source: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """Yield the documents of an e-mail: itself and what is attached."""
    if not names_mail(data):
        raise SourceError(f"{source}: is no e-mail: it does not begin with the lines From, To, Date or Subject")
    yield from _documents(data, source, id_of(source), on_skip, inside)


def read_box(data: Content, source: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """Yield the documents of the messages in a mailbox."""
    stem, title = id_of(source), title_of(source)
    number = 0
    for number, message in enumerate(_messages(data), 1):
        place = f"{source}:{number}"
        if len(message) > _LARGEST_MESSAGE:
            on_skip(SkippedFile(place, f"is a message of more than {_LARGEST_MESSAGE:,} bytes"))
            continue
        try:
            for document in _documents(_ESCAPED.sub(rb"\1", message), place, f"{stem}-{number}", on_skip, inside):
                named = document.source != place or document.title != title_of(place)
                yield document if named else replace(document, title=f"{title} {number}")
        except SourceError as error:
            on_skip(SkippedFile(place, str(error).removeprefix(f"{place}: ")))
    if not number:
        raise SourceError(f'{source}: is no mailbox: expected messages that each begin with a line "From "')


def _messages(data: Content) -> Iterator[bytes]:
    """The messages of an mbox: each begins with a line "From " after a blank line and before a head."""
    lines: Iterable[bytes] = data.lines() if isinstance(data, LargeFile) else data.split(b"\n")
    message: list[bytes] | None = None
    size, blank, separator = 0, True, b""
    for line in lines:
        if separator:
            if _FIELD.match(line) or message is None:
                if message is not None:
                    yield b"\n".join(message)
                message, size = [], 0
            else:
                message.append(separator)
            separator = b""
        if blank and line.startswith(b"From "):
            separator = line
            continue
        blank = not line.strip()
        if message is not None and size <= _LARGEST_MESSAGE:
            message.append(line)
            size += len(line) + 1
    if message is not None:
        yield b"\n".join(message)


def _documents(data: bytes, source: str, id: str, on_skip: OnSkip, inside: Inside) -> Iterator[Document]:
    """The documents of one message: itself and what is attached."""
    try:
        message = message_from_bytes(data)
        letter = _Reader(source, on_skip).letter(message)
    except RecursionError as error:
        raise SourceError(f"{source}: is nested too deeply to be read as e-mail") from error
    except _ODD as error:
        raise SourceError(f"{source}: is no whole e-mail ({error})") from error
    document = letter_document(letter, source)
    if not document.sections:
        raise EmptySourceError(f"{source}: is empty: an e-mail without text")
    yield replace(document, id=id)
    yield from attached_documents(letter, source, id=id, on_skip=on_skip, inside=inside)


class _Reader:
    """Takes a message apart."""

    def __init__(self, source: str, on_skip: OnSkip) -> None:
        self._source, self._on_skip = source, on_skip
        self._letter = Letter()
        self._parts = 0

    def letter(self, message: Message) -> Letter:
        """What the message holds."""
        letter = self._letter
        raw = {name.lower(): value for name, value in reversed(list(message.raw_items()))}
        letter.subject = _words(raw.get("subject", ""))
        letter.head = [(name, _words(raw[name.lower()])) for name in _HEAD if name.lower() in raw]
        letter.other = [("message-id", _words(raw.get("message-id", "")))]
        self._part(message)
        return letter

    def _part(self, part: Message) -> None:
        """Take what one part holds."""
        self._parts += 1
        if self._parts > _MOST_PARTS:
            raise SourceError(f"{self._source}: has more than {_MOST_PARTS:,} parts; no message has")
        kind = part.get_content_type()
        if kind in _SEALED:
            self._on_skip(
                SkippedFile(f"{self._source}/{kind}", "is encrypted or sealed; save the message as plain text")
            )
        elif kind == "multipart/alternative":
            self._alternative(part)
        elif kind == "message/rfc822":
            self._forwarded(part)
        elif part.is_multipart():
            for inner in _inner(part):
                self._part(inner)
        else:
            self._leaf(part, kind)

    def _alternative(self, part: Message) -> None:
        """Take the versions of one text: the plain and the HTML one, and whatever else is no text."""
        for inner in _inner(part):
            if inner.get_content_type() == "text/html" and self._letter.plain:
                self._letter.html.append(self._text(inner))
            else:
                self._part(inner)

    def _forwarded(self, part: Message) -> None:
        """Take an attached message as a file."""
        for inner in _inner(part):
            subject = _words(dict(inner.raw_items()).get("Subject", "")) or "message"
            try:
                data = inner.as_bytes()
            except (*_ODD, RecursionError) as error:
                self._on_skip(SkippedFile(f"{self._source}/{slug(subject)}.eml", f"is no whole e-mail ({error})"))
                continue
            self._letter.attached.append((file_name(f"{slug(subject)}.eml", 1, ".eml"), data))

    def _leaf(self, part: Message, kind: str) -> None:
        """Take a part that holds no others."""
        name = _file_name(part)
        attachment = part.get_content_disposition() == "attachment" or bool(name)
        if kind in _SIGNATURES:
            self._letter.dropped.append(Dropped.of("signature", name or kind))
        elif kind.startswith("text/plain") and not attachment:
            self._letter.plain.append(self._text(part))
        elif kind == "text/html" and not attachment:
            self._letter.html.append(self._text(part))
        elif kind.startswith("message/") or kind == "text/rfc822-headers":
            self._letter.plain.append(self._text(part))
        elif kind.startswith("image/") and (part["Content-ID"] or part.get_content_disposition() == "inline"):
            self._letter.dropped.append(Dropped.of("picture", name or kind))
        else:
            number = len(self._letter.attached) + 1
            own = file_name(name, number, mimetypes.guess_extension(kind) or ".bin")
            self._letter.attached.append((own, self._bytes(part, own)))

    def _bytes(self, part: Message, name: str = "") -> bytes:
        """What a part holds; damages in the way it is written down are told."""
        payload = part.get_payload(decode=True)
        damages = [defect for defect in part.defects if "Base64" in type(defect).__name__]
        if damages:
            place = f"{self._source}/{name}" if name else self._source
            self._on_skip(SkippedFile(place, "is damaged where it is written as base64; read as it is", replaced=1))
        return payload if isinstance(payload, bytes) else str(part.get_payload()).encode("utf-8", "replace")

    def _text(self, part: Message) -> str:
        """The text of a part."""
        data = self._bytes(part)
        charset = part.get_content_charset() or ""
        if not data.strip():
            return ""
        if _STATEFUL.match(charset):
            try:
                text = data.decode(charset, "replace")
            except LookupError:
                text = decode(data, self._source, on_skip=self._on_skip)
        else:
            text = decode(data, self._source, declared=charset or None, on_skip=self._on_skip)
        if str(part.get_param("format") or "").lower() == "flowed":
            return unflowed(text, delete_spaces=str(part.get_param("delsp") or "").lower() == "yes")
        return text


def _inner(part: Message) -> list[Message]:
    """The parts inside a part."""
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else []


def _file_name(part: Message) -> str:
    """The name of the file that a part holds, "" if it has none."""
    try:
        return _words(part.get_filename() or "")
    except _ODD:
        return ""


def _words(value: str) -> str:
    """A line of a head as text: encoded words and bytes decoded."""
    value = str(value)
    raw = value.encode("utf-8", "surrogateescape")
    try:
        value = raw.decode("utf-8")
    except UnicodeDecodeError:
        value = raw.decode("cp1252", "replace")
    try:
        parts = decode_header(value) if "=?" in value else []
    except _ODD:
        parts = []
    pieces = []
    for text, charset in parts:
        if isinstance(text, str):
            pieces.append(text)
        else:
            pieces.append(_decoded(text, charset))
    return " ".join(("".join(pieces) if parts else value).split())


def _decoded(text: bytes, charset: str | None) -> str:
    """The text of an encoded word, or of what stands between two."""
    if charset is None:
        return text.decode("raw_unicode_escape")  # as the standard library wrote it
    try:
        return text.decode(charset, "replace")
    except (LookupError, ValueError):
        return text.decode("utf-8", "replace")
