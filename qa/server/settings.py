"""What a service allows and offers: its limits, its key, and where its index and its verdicts lie."""

from __future__ import annotations

import math
import os
import secrets
from dataclasses import dataclass, field

from corpus.errors import SettingError
from qa.server.keys import NamedKey
from qa.server.prefix import check_root_path
from qa.server.rates import check_rate

QUESTION_LENGTH = 20_000
"""The longest question accepted, in code points: far above any real question, far below any trouble."""

OWNER = "QA_API_KEY"
"""The name of the key that has every right."""

PUBLIC_RATE = "60/minute"
"""How often an address without a key may ask a public service, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The limits and options of a service; the defaults suit a service for one machine's own use.

    ``question_length`` is in code points, ``body_bytes`` and ``batch_bytes`` (of /ask/batch) in bytes,
    ``batch_size`` in questions. At most ``in_flight`` requests are being read or wait for it, on ``threads``
    threads, each for at most ``time_limit`` seconds.

    ``api_key``, or one of the ``keys`` within its rights and rate, must come with every request but /healthz and
    /readyz; ``public`` lets anyone ask and read
    without it, at most ``rate`` ("60/minute") from one address. ``cors`` are the origins whose pages may
    call the service. ``feedback`` is the file that verdicts are appended to, ``folder`` the index folder
    that is looked at every ``poll_seconds`` and opened anew when it was replaced. ``secret`` signs the ids
    of answers. ``hosts`` are the names that the service may be called by, none for any. ``mcp`` serves language
    models at /mcp, which needs the package ``mcp``. ``root_path`` is the prefix under which a proxy serves the
    service, as in "/handbook"; of the ``proxies`` (addresses, networks or ``*``) the X-Forwarded headers are believed.

    Raises SettingError where a value cannot be used.

    >>> Settings(time_limit=5).in_flight
    100
    """

    question_length: int = QUESTION_LENGTH
    body_bytes: int = 1 << 20
    batch_bytes: int = 4 << 20
    batch_size: int = 1_000
    in_flight: int = 100
    threads: int = field(default_factory=lambda: min(4, os.cpu_count() or 1))
    time_limit: float = 30.0
    api_key: str | None = field(default=None, repr=False)
    keys: tuple[NamedKey, ...] = ()
    public: bool = False
    rate: str | None = None
    cors: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    feedback: str | None = None
    feedback_bytes: int = 256 << 20
    folder: str | None = None
    poll_seconds: float = 1.0
    mcp: bool = False
    root_path: str = ""
    proxies: tuple[str, ...] = ()
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def __post_init__(self) -> None:
        for name in ("question_length", "body_bytes", "batch_bytes", "batch_size", "in_flight", "threads"):
            if getattr(self, name) < 1:
                raise SettingError(f"{name} is {getattr(self, name)}; at least 1 was expected")
        if not 0 < self.time_limit < math.inf:
            raise SettingError(f"time_limit is {self.time_limit}; a number of seconds above 0 was expected")
        if self.api_key is not None and (not self.api_key.strip() or not self.api_key.isascii()):
            raise SettingError(
                "the API key (QA_API_KEY) is empty or not ASCII; set a long random text, or unset it to do without"
            )
        if any(key.name == OWNER for key in self.keys):
            raise SettingError(f"a key is named {OWNER}, as the one of the environment is; give it another name")
        if self.rate is not None:
            check_rate(self.rate)
        for origin in self.cors:
            _check_origin(origin)
        object.__setattr__(self, "root_path", check_root_path(self.root_path))

    @property
    def all_keys(self) -> tuple[NamedKey, ...]:
        """The keys that open the service: the one with every right, and those with a name."""
        return (*self.keys, NamedKey.of(OWNER, self.api_key)) if self.api_key is not None else self.keys

    @property
    def address_rate(self) -> str | None:
        """How often one address without a key may ask, or None for as often as it likes."""
        return self.rate or (PUBLIC_RATE if self.public else None)


def _check_origin(origin: str) -> None:
    """Raises SettingError unless the text is an origin: scheme, host and port, or * for any."""
    from urllib.parse import urlsplit

    if origin == "*":
        return
    try:
        parts = urlsplit(origin)
        exact = parts.scheme in ("http", "https") and parts.hostname and f"{parts.scheme}://{parts.netloc}" == origin
    except ValueError:
        exact = False
    if not exact:
        raise SettingError(
            f"the origin is {origin!r}; a scheme, host and port without a path were expected, as in https://example.org"
        )
