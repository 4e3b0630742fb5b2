"""How much is fetched from the web at most, from where, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.bounds import bound
from corpus.errors import SettingError
from corpus.records import Record

PAGES = 1_000
"""How many pages of a sitemap are read where nobody says."""

AGENT = "citespan"
"""What robots.txt calls this program."""


@dataclass(frozen=True, slots=True)
class WebLimits(Record):
    """The bounds of one fetch: ``seconds`` and ``size`` (bytes, unpacked) for one page, and how many ``redirects``.

    ``pages`` bounds a sitemap; None is the number it was read with before, else PAGES. With ``allow_private`` a host
    that is named may have a private, loopback or link-local address; never one that a page or a redirect leads to.
    Copies are kept in the folder ``place``; None is beside the index, or in the user's cache for an engine in memory.

    >>> WebLimits(pages=20).seconds
    30.0
    """

    allow_private: bool = False
    pages: int | None = None
    seconds: float = 30.0
    size: int = 50_000_000
    redirects: int = 5
    place: str | None = None

    def __post_init__(self) -> None:
        for name in ("pages", "seconds", "size"):
            value = getattr(self, name)
            if value is not None and not 0 < value < float("inf"):
                raise SettingError(f"{name} is {value!r}; a number above 0 was expected")
        if self.redirects < 0:
            raise SettingError(f"redirects is {self.redirects!r}; 0 or more was expected")

    @classmethod
    def usual(cls, *, allow_private: bool = False, pages: int | None = None, place: str | None = None) -> WebLimits:
        """The usual bounds, or those of ``QA_WEB_SECONDS`` and ``QA_WEB_MEGABYTES``."""
        seconds = bound("QA_WEB_SECONDS", 30.0)
        size = int(1e6 * bound("QA_WEB_MEGABYTES", 50.0)) or 1
        return cls(allow_private=allow_private, pages=pages, seconds=seconds, size=size, place=place)
