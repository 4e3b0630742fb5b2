"""How often an address or a key may ask, as in "60/minute"."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.types import Scope

from corpus.errors import SettingError
from qa.server.problems import Problem


def check_rate(rate: str) -> None:
    """Raises SettingError unless the text is a rate, as in "60/minute"."""
    try:
        if parse(rate).amount > 0:
            return
    except ValueError:
        pass
    raise SettingError(f'the rate is {rate!r}; a number and a time were expected, as in "60/minute" or "1000/hour"')


class Rate:
    """How often one address may ask; an IPv6 address counts with its neighbours of one /64.

    ``whom`` names who is counted, where it is no address.
    """

    def __init__(self, rate: str, *, whom: str = "one address") -> None:
        self._rate = parse(rate)
        self._whom = whom
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def check(self, scope: Scope) -> None:
        """Counts one request of an address; raises Problem 429 where it is one too many."""
        self.count(network(scope["client"][0] if scope.get("client") else ""))

    def count(self, who: str) -> None:
        """Counts one request; raises Problem 429 where it is one too many."""
        if self._limiter.hit(self._rate, who):
            return
        reset = self._limiter.get_window_stats(self._rate, who).reset_time
        wait = max(1, math.ceil(reset - time.time()))
        raise Problem(
            429,
            "too_many",
            f"At most {str(self._rate).replace(' per 1 ', ' per ')} are served to {self._whom}; ask again in {wait} s.",
            headers={"Retry-After": str(wait)},
        )


def network(address: str) -> str:
    """What an address is counted as: itself, or the /64 of an IPv6 address, which one subscriber has to itself.

    >>> network("192.0.2.7"), network("2001:db8::7")
    ('192.0.2.7', '2001:db8::/64')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    mapped = found.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((int(found), 64), strict=False))
