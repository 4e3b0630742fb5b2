"""Connections to public addresses alone: a host's name is resolved once, checked, and what was checked is connected to.

So neither a redirect nor a name that changes its address between two looks leads into a private network.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Collection, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore

from corpus.errors import SourceError

_NAT64 = IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether an IP address, and any other that it carries inside, is one of the public internet.

    >>> is_public("1.1.1.1"), is_public("169.254.169.254"), is_public("::ffff:127.0.0.1"), is_public("64:ff9b::a00:1")
    (True, False, False, False)
    """
    known = ip_address(address.partition("%")[0])
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in _carried(known))


def _carried(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address, or those of the older protocol that one of the newer stands for."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in _NAT64:  # whose own network counts as reserved
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    inner = [*(address.teredo or ()), *([address.sixtofour] if address.sixtofour else [])]
    return [address, *inner]


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to hosts whose addresses are all public, and to those of ``allowed``; nothing goes on past ``deadline``.

    Connecting raises SourceError for a host that may not be connected to, or whose name is not known.
    """

    def __init__(self, allowed: Collection[str]) -> None:
        self.deadline = float("inf")
        self.connections = 0  # how many were made
        self._allowed = allowed
        self._plain = httpcore.SyncBackend()

    def left(self) -> float:
        """The seconds that are left; raises httpcore.ReadTimeout where none are."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 (the deadline is what counts)
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses that takes one."""
        failure: Exception | None = None
        for address in self._checked(host, port):
            try:
                stream = self._plain.connect_tcp(address, port, self.left(), local_address, socket_options)
                self.connections += 1
                return _TimedStream(stream, self)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure if failure is not None else SourceError(f"{host}: the name has no address")

    def _checked(self, host: str, port: int) -> list[str]:
        """The addresses of a host, all of which are public unless the host is allowed."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise SourceError(f"{host}: the name of the host is not known ({why}); check the spelling") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if host.lower().strip("[]") not in self._allowed:
            for address in addresses:
                if not is_public(address):
                    told = host if host.strip("[]") == address else f"{host} ({address})"
                    raise SourceError(
                        f"{told} is a private, loopback or link-local address, and nothing is fetched from there; "
                        "name it on the command line with --allow-private if it is yours"
                    )
        return addresses

    def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        """Refuses: no page lies there."""
        raise SourceError("only hosts on a network are connected to")

    def sleep(self, seconds: float) -> None:
        """Waits."""
        time.sleep(min(seconds, self.left()))


class _TimedStream(httpcore.NetworkStream):
    """A connection on which nothing waits longer than its backend allows."""

    def __init__(self, inner: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._inner, self._backend = inner, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max_bytes, self._backend.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._inner.write(buffer, self._backend.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: Any,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._backend.left())
        return _TimedStream(inner, self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
