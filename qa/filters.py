"""Where a question is looked for: in some documents, some sections, or documents with some metadata."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING

from corpus.errors import SettingError, SourceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.documents import Document
    from index.ranking.conditions import Where
    from index.ranking.search import Index


_LOOKED_AT = 10_000  # documents; of more, a name that is no id is not looked for
_TOLD = 3  # ids that a message names


class UnknownSectionError(SourceError):
    """No passage stands in the sections that were named."""


def passages_within(
    index: Index, documents: Sequence[str], sections: Sequence[str], where: Where
) -> NDArray[np.int64] | None:
    """The passages of those documents and sections whose documents meet the conditions, or None where all may be found.

    Raises SettingError where one of them is no list, and SourceError for the id of a document that is not there, for
    sections in which nothing stands, and for conditions that no document meets.
    """
    for name, given in (("documents", documents), ("sections", sections)):
        if isinstance(given, str):
            raise SettingError(f"{name} is the text {given!r}; give a list, as in [{given!r}]")
    if not documents and not sections and not where:
        return None
    from index.ranking.conditions import conditions_of

    try:
        found = index.within(documents, sections, conditions_of(where))
    except KeyError as error:
        raise no_document(str(error.args[0])) from None
    if sections and not len(found):
        raise UnknownSectionError(
            f"nothing stands in a section {' or '.join(map(repr, sections))} of the documents asked; name it by "
            'its heading, or by its headings joined by " > ", without the title'
        )
    return found


def no_document(name: str, hint: str = "`qa show` lists the documents") -> SourceError:
    """The error for the id of a document that is not there."""
    return SourceError(f"no document {name!r} in this index; {hint}")


def document_named(index: Index, name: str, hint: str = "`qa show` lists the documents") -> Document:
    """The document that a person means by its id, or by its file: "lease.pdf" or "docs/lease.pdf".

    Raises SourceError where there is none, with the ids that are written nearly so or else the hint, and where the
    file holds several.
    """
    try:
        return index.document(name)
    except KeyError:
        pass
    count = index.document_count
    facts = [index.facts_of(number) for number in range(count if count <= _LOOKED_AT else 0)]
    path = posixpath.normpath(name)
    found = [each.id for each in facts if f"/{each.source}".endswith(f"/{path}")]
    if len(found) == 1:
        return index.document(found[0])
    if found:
        more = f" and {len(found) - _TOLD:,} more" if len(found) > _TOLD else ""
        raise SourceError(f"{name!r} holds several documents: {', '.join(found[:_TOLD])}{more}; name one by its id")
    ids = [each.id for each in facts]
    near = get_close_matches(name, ids, n=_TOLD, cutoff=0.4) or (ids if len(ids) <= _TOLD else [])
    raise no_document(name, f"did you mean {' or '.join(map(repr, near))}?" if near else hint)
