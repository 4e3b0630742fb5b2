"""Documents in, passages out."""

from corpus.documents import Document, Passage, Section

__all__ = ["Document", "Passage", "Section"]
