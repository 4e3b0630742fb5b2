"""What tells one index from another by what it holds: its documents, their texts, and its settings."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from index.folder.sharded import ShardedIndex
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
    held = [asdict(index.settings), *_files(index)]
    return hashlib.sha256(json.dumps(held, sort_keys=True).encode("ascii")).hexdigest()


def _files(index: Index) -> list[str]:
    """The hashes of the documents and the texts, shard after shard."""
    if isinstance(index, ShardedIndex):
        return [held for shard in index.shards for held in _files(shard)]
    if index.content is None:
        index.content = tuple(hashlib.sha256(part).hexdigest() for part in (index.tables.records, index.tables.texts))
    return list(index.content)
