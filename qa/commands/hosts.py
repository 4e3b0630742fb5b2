"""Who reaches an address that is served, and under which names."""

from __future__ import annotations

import ipaddress

from qa import terminal

LOCAL = ("localhost", "127.0.0.1", "[::1]")
"""The names of this machine for itself."""


def names_of(host: str, *, shared: bool) -> tuple[str, ...]:
    """The names that a service may be called by: this machine's alone, or any, where it is ``shared`` with others.

    A page of the internet could call it by a name of its own that is made to mean this machine.
    """
    return tuple(dict.fromkeys((*LOCAL, host.lower()))) if _is_local(host) and not shared else ()


def say_if_open(host: str, *, closed: bool) -> None:
    """Says on stderr that anyone can ask, where the address is reached from other machines and no key is wanted."""
    if not closed and not _is_local(host):
        terminal.say("anyone who reaches this address can ask; set QA_API_KEY to demand a key")


def _is_local(host: str) -> bool:
    """Whether an address is reached from this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
