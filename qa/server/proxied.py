"""What a trusted proxy says of the caller: its address, scheme and host, and the prefix that it asked under."""

from __future__ import annotations

import ipaddress
import re
from typing import cast

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from qa.server.prefix import below, named_prefix
from qa.server.settings import Settings

_HOST = re.compile(r"[A-Za-z0-9._-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")


class Proxied:
    """The middleware that finds out under which prefix, host and scheme the caller reached the service.

    The prefix is the one of the settings, else what a trusted proxy names in ``X-Forwarded-Prefix``. Whether the
    proxy strips it from the path makes no difference: the application sees ``root_path`` and the full path.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._root = settings.root_path
        self._proxies = settings.proxies
        believing = ProxyHeadersMiddleware(app, list(settings.proxies))  # type: ignore[arg-type]
        self._app = cast(ASGIApp, believing) if settings.proxies else app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        # An application that is mounted in another has its prefix from there.
        if scope["type"] == "http" and not scope.get("root_path"):
            scope = self._placed(scope)
        await self._app(scope, receive, send)

    def _placed(self, scope: Scope) -> Scope:
        root, headers = self._root, Headers(scope=scope)
        believed = trusted(scope["client"][0] if scope.get("client") else "", self._proxies)
        if believed and not root:
            root = named_prefix(headers.get("x-forwarded-prefix", ""))
        if root:
            scope = {**scope, "root_path": root, "path": root + below(scope["path"], root)}
        host = headers.get("x-forwarded-host", "").partition(",")[0].strip()
        if believed and _HOST.fullmatch(host):
            scope = {**scope, "headers": list(scope["headers"])}
            MutableHeaders(scope=scope)["host"] = host
        return scope


def trusted(address: str, proxies: tuple[str, ...]) -> bool:
    """Whether an address is one of the proxies, which may be addresses, networks or ``*`` for any.

    >>> trusted("10.1.2.3", ("10.0.0.0/8",)), trusted("192.0.2.7", ("127.0.0.1",))
    (True, False)
    """
    if "*" in proxies or address in proxies:
        return True
    for proxy in proxies:
        try:
            if ipaddress.ip_address(address) in ipaddress.ip_network(proxy, strict=False):
                return True
        except ValueError:
            continue
    return False
