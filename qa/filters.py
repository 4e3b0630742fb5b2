"""Where a question is looked for: in some documents, some sections, or documents with some metadata."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.errors import SettingError, SourceError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from index.ranking.conditions import Where
    from index.ranking.search import Index


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


def no_document(name: str) -> SourceError:
    """The error for the id of a document that is not there."""
    return SourceError(f"no document {name!r} in this index; `qa show` lists the documents")
