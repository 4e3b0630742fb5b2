"""Addresses among sources: their pages are fetched into folders of copies, which are then read like any other."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from corpus.progress import Progress
from corpus.skipped import OnSkip, SkippedFile
from corpus.web.addresses import folder_of, host_of, is_address, is_wikipedia, normal
from corpus.web.copies import Copies, Copy
from corpus.web.kinds import suffix_of
from corpus.web.limits import PAGES, WebLimits
from corpus.web.sitemaps import check_whole, parse
from corpus.web.wikipedia import article, check_export

if TYPE_CHECKING:
    from corpus.web.fetching import Fetched, Fetcher

_MOST_SITEMAPS = 500
_GONE = (404, 410)


def copies_below(roots: Iterable[str | os.PathLike[str]]) -> list[Copies]:
    """The folders of copies among some folders, in order."""
    return [copies for root in roots if (copies := Copies.load(root)) is not None]


def gather(
    paths: Sequence[str | os.PathLike[str]],
    *,
    place: Path,
    known: Sequence[Copies] = (),
    limits: WebLimits | None = None,
    on_skip: OnSkip,
    progress: Progress | None = None,
) -> list[str | os.PathLike[str]]:
    """The paths, with the folder of its copies in the place of each address; what is there is asked for changes alone.

    ``known`` folders of copies are used for what they hold; others are made in the folder ``place``. A page that
    cannot be had goes to ``on_skip`` with the cause, and an address of which nothing is kept is left out.
    ``progress`` is told how many pages were asked for. Raises SourceError where nothing is left, or where what
    fetching needs is not installed.
    """
    if not any(isinstance(path, str) and is_address(path) for path in paths):
        return list(paths)
    limits = limits if limits is not None else WebLimits.usual()
    causes: list[str] = []

    def skip(file: SkippedFile) -> None:
        causes.append(str(file))
        on_skip(file)

    gathered: list[str | os.PathLike[str]] = []
    with _fetcher(paths, limits) as fetcher:
        collecting = _Collecting(fetcher, limits, skip, progress)
        for path in paths:
            found = collecting.fetched(path, place, known) if isinstance(path, str) and is_address(path) else path
            if found is not None and found not in gathered:
                gathered.append(found)
    if not gathered:
        more = f" and {len(causes) - 3} more" if len(causes) > 3 else ""
        raise SourceError(f"nothing could be fetched: {'; '.join(causes[:3])}{more}")
    return gathered


def refresh(
    known: Sequence[Copies], *, limits: WebLimits | None = None, on_skip: OnSkip, progress: Progress | None = None
) -> None:
    """Asks for what has changed of all pages in folders of copies; for the rest see ``gather``, but nothing is raised.

    Raises SourceError only where what fetching needs is not installed.
    """
    addresses = [copies.address for copies in known]
    if not addresses:
        return
    limits = limits if limits is not None else WebLimits.usual()
    with _fetcher(addresses, limits) as fetcher:
        collecting = _Collecting(fetcher, limits, on_skip, progress)
        for address in addresses:
            collecting.fetched(address, Path(), known)


def spelt(address: str) -> str:
    """An address in the one spelling that it has here; raises SourceError for what is none."""
    if is_wikipedia(address):
        found = article(address)
        return f"wikipedia:{found.language}:{found.title}"
    return normal(address)


def place_of(address: str, known: Sequence[Copies]) -> Path | None:
    """The folder of copies of an address, or the one file that is a copy of it; None where there is none."""
    try:
        address = spelt(address)
    except SourceError:
        return None
    for copies in known:
        if copies.address == address:
            return copies.folder
    for copies in known:
        if (copy := copies.named(address)) is not None:
            return copies.folder / copy.file
    return None


def _fetcher(paths: Iterable[str | os.PathLike[str]], limits: WebLimits) -> Fetcher:
    addresses = [path for path in paths if isinstance(path, str) and is_address(path)]
    try:
        from corpus.web.fetching import Fetcher
    except ImportError as error:
        raise SourceError(
            f"{addresses[0]}: fetching pages needs {error.name or 'httpx'}; install it with: "
            "pip install 'citespan[web]'"
        ) from error
    hosts = set()
    for address in addresses:
        try:
            hosts.add(host_of(article(address).page if is_wikipedia(address) else normal(address)))
        except SourceError:
            continue  # told when its turn comes
    return Fetcher(limits, named=hosts)


class _Collecting:
    """Fetches what addresses lead to, one page after the other."""

    def __init__(self, fetcher: Fetcher, limits: WebLimits, on_skip: OnSkip, progress: Progress | None) -> None:
        self._fetcher = fetcher
        self._limits = limits
        self._on_skip = on_skip
        self._progress = progress
        self._done = 0
        self._total = 0

    def fetched(self, address: str, place: Path, known: Sequence[Copies]) -> Path | None:
        """The folder or file with what an address leads to, None where nothing is kept of it."""
        try:
            name = spelt(address)
            for copies in known:
                if copies.address != name and (copy := copies.named(name)) is not None:
                    return self._one(copies, copy)
            own = next((copies for copies in known if copies.address == name), None)
            own = own or Copies.load(place / folder_of(name)) or Copies(place / folder_of(name), name)
            own.pages = self._limits.pages or own.pages
            with own.changing():
                self._collect(own)
            return own.folder if len(own) else None
        except SourceError as error:
            self._skip(address, error)
            return None

    def _one(self, copies: Copies, copy: Copy) -> Path:
        """Asks for one page among many."""
        with copies.changing():
            self._begin(1)
            self._page(copies, copy.asked, alone=False)
        kept = copies.named(copy.asked)
        return copies.folder / (kept or copy).file

    def _collect(self, copies: Copies) -> None:
        """Asks for all pages of an address; those that are no longer listed there are deleted."""
        self._begin(1)
        if is_wikipedia(copies.address):
            self._article(copies)
            return
        address = copies.address
        old = copies.get(address)
        try:
            answer = self._fetcher.get(address, etag=old.etag if old else "", modified=old.modified if old else "")
            sitemap = parse(answer.body, address, size=self._limits.size) if answer.status == 200 else None
            if sitemap is None:
                self._keep(copies, address, answer, alone=True)
                return
            check_whole(sitemap, address)
        except SourceError as error:
            self._skip(address, error, old, stays=len(copies) > 0)
            return
        finally:
            self._told()
        listed, complete = self._listed(copies, address, answer.body)
        self._begin(len(listed))
        for page in listed:
            self._page(copies, page, alone=False)
        if complete:
            for copy in [copy for copy in copies if copy.asked not in listed]:
                copies.remove(copy)

    def _listed(self, copies: Copies, address: str, body: bytes) -> tuple[dict[str, None], bool]:
        """The pages of a sitemap and of those that it lists, as many as wanted, and whether all sitemaps were read."""
        most = copies.pages or PAGES
        pages: dict[str, None] = {}
        complete, cut = True, False
        waiting, seen = [(address, body)], {address}
        while waiting and not cut:
            place, data = waiting.pop(0)
            try:
                if place != address:
                    data = self._sitemap(place)
                sitemap = parse(data, place, size=self._limits.size)
                if sitemap is None:
                    raise SourceError(f"{place}: is listed as a sitemap, and is none")
                check_whole(sitemap, place)
            except SourceError as error:
                complete = False
                self._skip(place, error)
                continue
            if sitemap.damage:
                complete = False
                self._on_skip(SkippedFile(place, f"is damaged ({sitemap.damage}); what it lists before that is read"))
            for page in sitemap.pages:
                try:
                    page = normal(page, place)
                except SourceError as error:
                    self._skip(page, error)
                    continue
                cut = page not in pages and len(pages) >= most
                if cut:
                    break
                pages[page] = None
            for inner in sitemap.sitemaps:
                if inner not in seen and len(seen) < _MOST_SITEMAPS:
                    seen.add(inner)
                    waiting.append((inner, b""))
        if cut:
            told = f"lists more pages than {most:,}, and the first {most:,} are read; --pages N reads more"
            self._on_skip(SkippedFile(address, told))
        return pages, complete

    def _sitemap(self, place: str) -> bytes:
        answer = self._fetcher.get(normal(place))
        if answer.status != 200:
            raise SourceError(f"{place}: the server answers {answer.status} (not found)")
        return answer.body

    def _page(self, copies: Copies, page: str, *, alone: bool) -> None:
        """Asks for one page, and keeps what comes."""
        old = copies.get(page)
        try:
            answer = self._fetcher.get(page, etag=old.etag if old else "", modified=old.modified if old else "")
            self._keep(copies, page, answer, alone=alone)
        except SourceError as error:
            self._skip(page, error, copies.get(page))
        self._told()

    def _keep(self, copies: Copies, page: str, answer: Fetched, *, alone: bool) -> None:
        """Keeps an answer; raises SourceError where it holds no page."""
        if answer.status in _GONE:
            old = copies.get(page)
            if old is not None and not alone:
                copies.remove(old)
            raise SourceError(f"{page}: the server answers {answer.status} (no page is there)")
        if answer.status == 304:
            return
        other, own = copies.named(answer.url), copies.get(page)
        if other is not None and other.asked != page and not alone:  # the same page under another address
            if own is not None:
                copies.remove(own)
            return
        copy = Copy(page, answer.url, "", _now(), "", 0, answer.type, answer.charset, answer.etag, answer.modified)
        copies.put(copy, answer.body, suffix_of(answer.url, answer.type, answer.body), alone=alone)
        if alone:
            for other in [other for other in copies if other.asked != page]:
                copies.remove(other)

    def _article(self, copies: Copies) -> None:
        """Asks for an article of Wikipedia."""
        wanted = article(copies.address)
        old = copies.get(wanted.page)
        try:
            answer = self._fetcher.get(
                wanted.export, etag=old.etag if old else "", modified=old.modified if old else "", robots=False
            )
            if answer.status in _GONE:
                raise SourceError(f"{wanted.page}: the server answers {answer.status} (no such page)")
            if answer.status == 200:
                check_export(answer.body, wanted)
                copy = Copy(
                    wanted.page, wanted.page, "", _now(), "", 0, answer.type, "", answer.etag, answer.modified, True
                )
                copies.put(copy, answer.body, ".xml", alone=True)
        except SourceError as error:
            self._skip(copies.address, error, old, names=(wanted.page, wanted.export))
        self._told()

    def _skip(
        self, name: str, error: SourceError, old: Copy | None = None, *, stays: bool = False, names: Sequence[str] = ()
    ) -> None:
        """Tells what could not be had, and what is kept of it."""
        cause = str(error)
        for one in (name, *names):
            cause = cause.removeprefix(f"{one}: ")
        if old is not None:
            cause += f"; the copy of {old.date[:10]} stays"
        elif stays:
            cause += "; the copies stay"
        self._on_skip(SkippedFile(name, cause))

    def _begin(self, count: int) -> None:
        self._total += count
        if self._progress is not None:
            self._progress(self._done, self._total)

    def _told(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(self._done, self._total)


def _now() -> str:
    return datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")
