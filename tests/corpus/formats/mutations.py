"""Reads bytes as a file would be read, and harms them as Hypothesis says."""

from hypothesis import strategies as st

from corpus.documents import Document
from corpus.errors import SourceError
from corpus.formats.files import iterate_data
from corpus.skipped import SkippedFile

CHANGES = st.tuples(
    st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), max_size=15),
    st.integers(0, 100_000),
    st.booleans(),
)
"""Which bytes to change, where to cut, and whether to."""


def read(data: bytes, name: str) -> tuple[list[Document], list[SkippedFile]]:
    """The documents of a file, and what was skipped."""
    skipped: list[SkippedFile] = []
    return list(iterate_data(data, name, skipped.append)), skipped


def layout(document: Document) -> list[tuple[tuple[str, ...], str]]:
    """The path and the text of each section."""
    return [(section.path, document.text[section.start : section.end]) for section in document.sections]


def harmed(data: bytes, changes: tuple[list[tuple[int, int]], int, bool], *, keep: int = 0) -> bytes:
    """The bytes with some changed, and cut off; the first ones are kept."""
    places, cut, cuts = changes
    mutable = bytearray(data)
    for place, value in places:
        mutable[keep + place % (len(data) - keep)] = value
    return bytes(mutable[: keep + cut % (len(data) - keep)] if cuts else mutable)


def survives(data: bytes, name: str) -> bool:
    """Whether a file is read into documents whose sections hold text, or refused by name."""
    try:
        documents, skipped = read(data, name)
    except SourceError as error:
        return str(error).startswith(name)
    for document in documents:
        document.text.encode()
        document.title.encode()
        if not all(0 <= section.start < section.end <= len(document.text) for section in document.sections):
            return False
    return all(part.path.startswith(name) for part in skipped)
