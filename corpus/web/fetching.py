"""Fetches pages over HTTP: bounded in time, size and redirects, as robots.txt allows, from public addresses alone."""

from __future__ import annotations

import re
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from urllib.parse import urlsplit

import httpcore
import httpx

from corpus.errors import SourceError
from corpus.web.addresses import normal
from corpus.web.guard import GuardedBackend
from corpus.web.limits import AGENT, WebLimits
from corpus.web.robots import Robots
from corpus.web.unpacking import too_large, unpacked

_HEADERS = {
    "User-Agent": f"{AGENT} (reads pages that its user names, to answer questions about them)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/*;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_LONGEST_PAUSE = 10.0  # seconds that a server may have us wait, between pages or when it is busy
_LARGEST_ROBOTS = 1_000_000
_NO_TEXT = re.compile(r"(?:image|video|audio|font|model)/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the address that gave it, its status (200, 304, 404 or 410), and for 200 its body.

    ``type`` is the media type without what follows it, ``charset`` what follows it says of the encoding, or "".
    """

    url: str
    status: int
    body: bytes = b""
    type: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""


class _Transport(httpx.BaseTransport):
    """Carries requests over connections that a guarded backend makes."""

    def __init__(self, backend: GuardedBackend) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(), network_backend=backend, keepalive_expiry=30.0
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


@dataclass(slots=True)
class _Host:
    """What is known of one host: its rules, and when it was last asked."""

    robots: Robots | None = None
    asked: float = field(default=0.0)


class Fetcher:
    """Fetches pages; ``named`` hosts may be private where the limits allow it. Use it in a ``with`` block."""

    def __init__(self, limits: WebLimits, *, named: Collection[str] = ()) -> None:
        self._limits = limits
        self._backend = GuardedBackend(frozenset(named) if limits.allow_private else frozenset())
        self._client = httpx.Client(
            transport=_Transport(self._backend), headers=_HEADERS, trust_env=False, follow_redirects=False, timeout=None
        )
        self._hosts: dict[str, _Host] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, url: str, *, etag: str = "", modified: str = "", robots: bool = True) -> Fetched:
        """The answer to a request for a page; ``etag`` and ``modified`` are of a copy that may still hold.

        ``robots`` says whether robots.txt is asked first, for each address on the way. Raises SourceError, which
        names the address and the cause, where there is no page to have.
        """
        headers = {"If-None-Match": etag} if etag else {}
        if modified:
            headers["If-Modified-Since"] = modified
        answer = self._follow(url, headers, robots=robots, size=self._limits.size)
        if answer.status not in (200, 304, 404, 410):
            raise SourceError(f"{url}: the server answers {answer.status}{_meaning(answer.status)}")
        if answer.status == 304 and not headers:
            raise SourceError(f"{url}: the server answers 304 (not modified) to one who has no copy; try again later")
        return answer

    def _follow(self, url: str, headers: Mapping[str, str], *, robots: bool, size: int) -> Fetched:
        current, left = url, self._limits.seconds
        for _ in range(self._limits.redirects + 1):
            if robots:
                self._check_robots(current, url)
            begun = time.monotonic()
            self._backend.deadline = begun + left
            try:
                answer, target = self._once(current, headers, size)
            except SourceError as error:
                raise SourceError(_through(url, current, str(error))) from error
            left -= time.monotonic() - begun
            if target is None:
                return answer
            try:
                current = normal(target, current)
            except SourceError as error:
                raise SourceError(f"{url}: leads to another address that is not read: {error}") from error
        raise SourceError(
            f"{url}: leads on and on; {self._limits.redirects} redirects are followed, the last to {current}"
        )

    def _once(
        self, url: str, headers: Mapping[str, str], size: int, *, again: bool = True
    ) -> tuple[Fetched, str | None]:
        """The answer to one request, and where it leads, if it does."""
        seconds = self._limits.seconds
        self._client.cookies.clear()
        try:
            with self._client.stream("GET", url, headers=dict(headers)) as response:
                pause = _pause(response.headers.get("Retry-After", "")) if response.status_code in _BUSY else None
                if response.status_code in _REDIRECTS and "Location" in response.headers:
                    return Fetched(url, response.status_code), response.headers["Location"]
                if pause is None or not again:
                    return self._read(url, response, size), None
            time.sleep(pause)
            self._backend.deadline = time.monotonic() + seconds
            return self._once(url, headers, size, again=False)
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise SourceError(
                f"{url}: takes longer than {seconds:g} s and was given up; set QA_WEB_SECONDS to wait longer"
            ) from error
        except (httpcore.ConnectError, httpx.ConnectError) as error:
            raise SourceError(f"{url}: cannot be connected to ({error or 'no answer'}); check the address") from error
        except (
            httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpcore.NetworkError, httpcore.ProtocolError,
            httpcore.UnsupportedProtocol, OSError,
        ) as error:  # fmt: skip
            if isinstance(error, SourceError):
                raise
            raise SourceError(
                f"{url}: the server's answer breaks off or is no HTTP ({error}); try again later"
            ) from error

    def _read(self, url: str, response: httpx.Response, size: int) -> Fetched:
        kind, _, rest = response.headers.get("Content-Type", "").partition(";")
        kind = kind.strip().lower()
        charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", rest, re.IGNORECASE)
        body = b""
        if response.status_code == 200:
            if _NO_TEXT.match(kind):
                raise SourceError(f"{url}: is {kind}, which holds no text to read")
            length = response.headers.get("Content-Length", "")
            if length.isdecimal() and len(length) < 20 and int(length) > size:
                raise too_large(url, size)
            body = unpacked(response.iter_raw(), response.headers.get("Content-Encoding", ""), url, size=size)
        return Fetched(
            url,
            response.status_code,
            body,
            kind,
            charset[1].lower() if charset else "",
            response.headers.get("ETag", ""),
            response.headers.get("Last-Modified", ""),
        )

    def _check_robots(self, url: str, named: str) -> None:
        """Waits as long as the host asks for; raises SourceError where it does not want programs to read a page."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        host = self._hosts.setdefault(origin, _Host())
        if host.robots is None:
            host.robots = self._robots(f"{origin}/robots.txt", url, named)
        if not host.robots.allows(url):
            raise SourceError(_through(named, url, f"{url}: {host.robots.reason}"))
        wait = min(host.robots.delay, _LONGEST_PAUSE) - (time.monotonic() - host.asked)
        if host.asked and wait > 0:
            time.sleep(wait)
        host.asked = time.monotonic()

    def _robots(self, place: str, url: str, named: str) -> Robots:
        connections = self._backend.connections
        try:
            answer = self._follow(place, {}, robots=False, size=_LARGEST_ROBOTS)
        except SourceError as error:
            cause = str(error).removeprefix(f"{place}: ")
            if self._backend.connections == connections:  # the host itself may not or cannot be asked
                raise SourceError(_through(named, url, cause)) from error
            return Robots.closed(f"its robots.txt cannot be read ({cause}), so the page is not asked for")
        if answer.status >= 500 or answer.status in _BUSY:
            return Robots.closed(
                f"its robots.txt cannot be read (the server answers {answer.status}), so the page is not asked for"
            )
        return Robots.of(answer.body if answer.status == 200 else b"")


def _through(named: str, current: str, told: str) -> str:
    """What went wrong at an address, for who named another that led there."""
    cause = told.removeprefix(f"{current}: ")
    return f"{named}: {cause}" if named == current else f"{named}: leads to {current}; {cause}"


def _pause(value: str) -> float | None:
    """The seconds that a busy server asks for, None where they are not said or too many."""
    return float(value) if value.isdecimal() and float(value) <= _LONGEST_PAUSE else None


def _meaning(status: int) -> str:
    told = {
        401: " (it asks for a password)",
        403: " (forbidden)",
        429: " (too many requests); try again later",
        451: " (unavailable for legal reasons)",
    }
    return told.get(status, " (an error of its own); try again later" if status >= 500 else "")
