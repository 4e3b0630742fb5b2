"""What tells one index from another by what it holds: its documents, their texts, and its settings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from index.ranking.search import Index


def content_hash(index: Index) -> str:
    """The SHA-256 of an index's settings, documents and texts, the same in memory and in a folder.

    An index that was opened from a folder knows the hashes of its files: no text is read. A copy of the folder
    keeps its hash.

    >>> from corpus.documents import Document, Section
    >>> from index.building.build import build_index
    >>> def tea(text): return build_index([Document("tea", "Tea", text, (Section((), 0, len(text)),), "tea.txt")])
    >>> content_hash(tea("Tea is hot.")) == content_hash(tea("Tea is hot."))
    True
    >>> content_hash(tea("Tea is hot.")) == content_hash(tea("Tea is old."))
    False
    """
    held = [asdict(index.settings), *index.hashes()]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode("ascii")).hexdigest()
