"""Addresses of web pages: what is one, how it is spelt, and the name of the file that keeps a copy of the page."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from corpus.errors import SourceError
from corpus.formats.base import slug

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_WIKIPEDIA = re.compile(r"wikipedia:", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[^\w.-]+|^[.-]+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|__pycache__)(?=\.|\Z)", re.IGNORECASE)
_LONGEST = 60  # characters of a part of a file's name: 255 bytes in any script
_DEEPEST = 8  # folders


def is_address(path: str | os.PathLike[str]) -> bool:
    """Whether a source is an address, as in ``https://...`` or ``wikipedia:TITLE``, and no path on this machine.

    >>> is_address("https://example.org/tea"), is_address("wikipedia:Tea"), is_address("docs/tea.md")
    (True, True, False)
    """
    if not isinstance(path, str):
        return False
    if _SCHEME.match(path):
        return True
    return _WIKIPEDIA.match(path) is not None and not os.path.lexists(path)


def is_wikipedia(address: str) -> bool:
    """Whether an address names an article of Wikipedia by its title."""
    return _WIKIPEDIA.match(address) is not None


def normal(address: str, seen_from: str = "") -> str:
    """An address in the one spelling that it has here, without its fragment; ``seen_from`` is the page that names it.

    Raises SourceError for what is no address of http or https, and for one that holds a password.

    >>> normal("HTTP://Example.org:80/green tea#hot"), normal("../b?c=1", "https://example.org/a/")
    ('http://example.org/green%20tea', 'https://example.org/b?c=1')
    """
    try:
        parts = urlsplit(urljoin(seen_from, address.strip()) if seen_from else address.strip())
        host, port = parts.hostname or "", parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise SourceError(f"{address}: is no address that can be read ({error}); expected https://host/path") from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise SourceError(f"{address}: only http and https addresses are read, not {scheme or 'this one'}")
    if not host or re.search(r"[\s\\%<>]", host):
        raise SourceError(f"{address}: names no host; expected https://host/path")
    if parts.username is not None or parts.password is not None:
        raise SourceError(f"{address}: holds a password, which would be kept; save the page and read that")
    place = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[scheme]:
        place += f":{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    return urlunsplit((scheme, place, path, query, ""))


def host_of(address: str) -> str:
    """The host of an address, in lower case.

    >>> host_of("https://Example.org:8080/tea")
    'example.org'
    """
    return (urlsplit(address).hostname or "").lower()


def folder_of(address: str) -> str:
    """The name of the folder that keeps the copies of what an address leads to.

    >>> folder_of("https://example.org/tea")
    'example-org-tea-743e6675'
    """
    name = slug(re.sub(r"^https?://", "", unquote(address)))[:_LONGEST].strip("-")
    return f"{name}-{_hash(address)}"


def file_of(address: str, suffix: str, *, alone: bool, taken: bool = False) -> str:
    """The name of the file that keeps a copy, below the folder; one that is ``taken`` gets a hash at its end.

    >>> file_of("https://example.org/guide/tea.php", ".html", alone=False)
    'guide/tea.html'
    >>> file_of("https://example.org/", ".html", alone=True)
    'example.org.html'
    """
    parts = urlsplit(address)
    names = [name for name in map(_safe, unquote(parts.path).split("/")) if name] or [_safe(parts.hostname or "page")]
    stem = names[-1]
    if len(names) > 1 or parts.path.strip("/"):
        known = PurePosixPath(stem).suffix
        stem = stem.removesuffix(known) if re.fullmatch(r"\.[A-Za-z]\w{1,5}", known) and stem != known else stem
    if taken or parts.query or len(names) > _DEEPEST:
        stem = f"{stem}-{_hash(address)}"
    folders = [] if alone or taken else names[:-1][-_DEEPEST:]
    return "/".join([*folders, f"{stem}{suffix}"])


def _safe(name: str) -> str:
    """A part of a path as a part of a file's name on any system."""
    name = _UNSAFE.sub("-", name)[:_LONGEST].strip("-. ")
    return f"{name}-" if _RESERVED.match(name) else name


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
