"""What a host's robots.txt allows programs to read (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from protego import Protego

from corpus.web.limits import AGENT


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of a host: which pages may be read, the ``reason`` where not, the seconds of ``delay`` between two."""

    rules: Any
    reason: str
    delay: float = 0.0

    @classmethod
    def of(cls, data: bytes) -> Robots:
        """The rules of a robots.txt; one that is empty allows all.

        >>> rules = Robots.of(b"User-agent: *\\nDisallow: /private")
        >>> rules.allows("https://example.org/tea"), rules.allows("https://example.org/private/tea")
        (True, False)
        """
        rules = Protego.parse(data.decode("utf-8", "replace"))
        delay = rules.crawl_delay(AGENT) or 0.0
        return cls(rules, "robots.txt does not allow programs to read it", max(0.0, float(delay)))

    @classmethod
    def closed(cls, reason: str) -> Robots:
        """Rules that allow nothing."""
        return cls(None, reason)

    def allows(self, url: str) -> bool:
        """Whether a page may be read."""
        return self.rules is not None and bool(self.rules.can_fetch(url, AGENT))
