"""Whether a person is a woman or a man, as far as a title, a word or a given name tells."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.english.given_names import HERS, HIS
from corpus.english.nouns import MEN, WOMEN


def told_female(words: Sequence[str]) -> bool | None:
    """Whether the lower-case words of a name speak of a woman (True) or a man (False), or None: they do not tell.

    >>> told_female(["mrs", "okafor"]), told_female(["tom", "birch"]), told_female(["jody"])
    (True, False, None)
    """
    said = set(words)
    if said & WOMEN or said & MEN:
        return bool(said & WOMEN)
    # The given name comes first, after what a text may set before it: "Dr Mary Okafor".
    given = next((word for word in words[:2] if word in HERS or word in HIS), None)
    return None if given is None else given in HERS
