"""The path under which a proxy serves the application."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.errors import SettingError

OWN = frozenset(
    {"ask", "assets", "audit", "browse", "check", "docs", "docs.css", "documents", "feedback", "healthz", "mcp"}
    | {"metrics", "openapi.json", "page", "read", "readyz", "search", "v1", "verify", "widget.js"}
)
"""The first parts of the service's own paths: a prefix that begins with one could not be told from a path."""

_PREFIX = re.compile(r"(?:/(?!\.\.?(?:/|\Z))[A-Za-z0-9._~-]+)*")  # no empty part: "//host" would lead elsewhere
_LONGEST = 200


def named_prefix(header: str) -> str:
    """The prefix that ``X-Forwarded-Prefix`` names, those of nested proxies joined; "" where it cannot be one.

    >>> named_prefix("/desk/"), named_prefix("/site, /desk"), named_prefix("//evil.example")
    ('/desk', '/site/desk', '')
    """
    joined = "".join(part.strip().rstrip("/") for part in header.split(","))
    return joined if len(joined) <= _LONGEST and _PREFIX.fullmatch(joined) else ""


def check_root_path(given: str) -> str:
    """The prefix without a slash at its end, "" for none.

    Raises SettingError where it cannot be a prefix.

    >>> check_root_path("/handbook/")
    '/handbook'
    """
    root = given.rstrip("/")
    if len(root) > _LONGEST or not _PREFIX.fullmatch(root):
        raise SettingError(
            f"the root path is {given[:100]!r}; a path of letters, digits, '-', '.', '_' and '~' that begins with "
            "a slash was expected, as in /handbook"
        )
    if root.split("/")[1:2] and root.split("/")[1] in OWN:
        raise SettingError(
            f"the root path {given!r} begins like the service's own path /{root.split('/')[1]}, so the two could not "
            "be told apart; choose another prefix, as in /handbook"
        )
    return root


def below(path: str, root: str) -> str:
    """The path below the prefix, whether or not the proxy has stripped it.

    >>> below("/desk/ask", "/desk"), below("/ask", "/desk"), below("/desk", "/desk"), below("/desktop", "/desk")
    ('/ask', '/ask', '/', '/desktop')
    """
    # A prefix of a header that begins like a path of the service's own: who sends the header has stripped it.
    if root.split("/", 2)[1] in OWN:
        return path
    return path[len(root) :] or "/" if path == root or path.startswith(f"{root}/") else path


def path_of(scope: Mapping[str, Any]) -> str:
    """The path of a request below the place where the application is mounted.

    >>> path_of({"path": "/desk/ask", "root_path": "/desk"}), path_of({"path": "/desktop", "root_path": "/desk"})
    ('/ask', '/desktop')
    """
    path, root = str(scope["path"]), str(scope.get("root_path", "")).rstrip("/")
    return path[len(root) :] if root and path.startswith(f"{root}/") else path


def links_root(scope: Mapping[str, Any]) -> str:
    """What the links of a page begin with: the prefix, or where none is known the way up from the page.

    A proxy that strips a prefix without a word is served by the second.

    >>> links_root({"path": "/desk/browse", "root_path": "/desk"}), links_root({"path": "/read/a/b"})
    ('/desk', '../..')
    """
    root = str(scope.get("root_path", "")).rstrip("/")
    if root:
        return root
    raw = scope.get("raw_path") or str(scope["path"]).encode()
    return "/".join([".."] * (raw.count(b"/") - 1)) or "."
