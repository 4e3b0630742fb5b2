"""Documents in, passages out: format readers, sentence boundaries, passages.

Only the records are imported here: reading files is ``corpus.sources``, splitting ``corpus.passages``.
"""

from corpus.documents import Document, Passage, Section

__all__ = ["Document", "Passage", "Section"]
