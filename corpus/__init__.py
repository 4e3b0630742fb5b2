"""Documents in, passages out: format readers, sentence boundaries, passages."""

from corpus.documents import Document, Passage, Section
from corpus.errors import (
    CitespanError,
    DataError,
    IndexFolderError,
    ModelError,
    SettingError,
    SourceError,
    SpanError,
)
from corpus.passages import PassageSettings, split_passages
from corpus.sentences import split_sentences
from corpus.skipped import SkippedFile
from corpus.sources import default_article, read_sources

__all__ = [
    "CitespanError",
    "DataError",
    "Document",
    "IndexFolderError",
    "ModelError",
    "Passage",
    "PassageSettings",
    "Section",
    "SettingError",
    "SkippedFile",
    "SourceError",
    "SpanError",
    "default_article",
    "read_sources",
    "split_passages",
    "split_sentences",
]
