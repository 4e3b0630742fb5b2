"""The keys of a service: one with every right, or several with a name, rights and a rate each, from a file."""

from __future__ import annotations

import hmac
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.errors import SettingError
from qa.server.rates import check_rate

RIGHTS = ("ask", "search", "feedback", "metrics")
"""What a key may be allowed to do; ``search`` includes reading the documents."""

NEEDED: dict[str, tuple[str, ...]] = {
    "/ask": ("ask",),
    "/v1/": ("ask",),
    "/mcp": ("ask", "search"),
    "/audit": ("ask",),
    "/verify": ("search",),
    "/search": ("search",),
    "/documents": ("search",),
    "/feedback": ("feedback",),
    "/metrics": ("metrics",),
}
"""The rights that paths which begin so need; any key opens the rest."""

SHORTEST = 16
"""The shortest key of a file, in characters: a shorter one could be guessed."""

_FIELDS = ("key", "sha256", "rights", "rate")
_EXAMPLE = 'a table for each key was expected, as in [desk] key = "long random text", rights = ["ask", "search"]'


@dataclass(frozen=True, slots=True)
class NamedKey:
    """A key by its SHA-256, with a name for figures and messages, its rights, and how often it may be used."""

    name: str
    digest: bytes
    rights: frozenset[str] = frozenset(RIGHTS)
    rate: str | None = None

    @classmethod
    def of(cls, name: str, key: str) -> NamedKey:
        """The key of that text, with every right."""
        return cls(name, sha256(key.encode()).digest())

    def lacks(self, path: str) -> str | None:
        """The first right that a path needs and this key has not, or None where it may be called.

        >>> NamedKey("desk", b"", frozenset({"ask"})).lacks("/documents/tea")
        'search'
        """
        needed = next((rights for start, rights in NEEDED.items() if path.startswith(start)), ())
        return next((right for right in needed if right not in self.rights), None)


class Keys:
    """All keys of a service; where there is none, no caller has one.

    >>> keys = Keys([NamedKey.of("desk", "s3cret")])
    >>> keys.opened("Bearer s3cret").name, keys.opened("Bearer guess")
    ('desk', None)
    """

    def __init__(self, keys: Iterable[NamedKey]) -> None:
        self._keys = tuple(keys)
        self.wanted = bool(self._keys)

    def opened(self, header: str) -> NamedKey | None:
        """The key that an Authorization header has; takes the same time for any wrong one."""
        scheme, _, given = header.partition(" ")
        digest = sha256(given.strip().encode("latin-1", "replace")).digest()
        same = [key for key in self._keys if hmac.compare_digest(digest, key.digest)]
        return same[0] if same and scheme.lower() == "bearer" else None


def read_keys(path: str) -> tuple[NamedKey, ...]:
    """The keys of a TOML file: each table is a key's name, with ``key`` or ``sha256``, ``rights`` and ``rate``.

    Raises SettingError, which names the file, the table and what was expected; no key is ever shown.
    """
    try:
        tables = tomllib.loads(Path(path).read_text("utf-8"))
    except OSError as error:
        raise SettingError(
            f"{path}: the keys cannot be read ({error.strerror}); name another file with --keys"
        ) from None
    except UnicodeDecodeError:
        raise SettingError(f"{path}: no UTF-8 text; {_EXAMPLE}") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingError(f"{path}: no TOML ({error}); {_EXAMPLE}") from None
    if not tables:
        raise SettingError(f"{path}: holds no key; {_EXAMPLE}")
    keys: dict[bytes, NamedKey] = {}
    for name, fields in tables.items():
        key = _key(f"{path}, [{name}]", name, fields)
        if key.digest in keys:
            raise SettingError(f"{path}, [{name}]: the same key as [{keys[key.digest].name}]; give each one its own")
        keys[key.digest] = key
    return tuple(keys.values())


def _key(where: str, name: str, fields: Any) -> NamedKey:
    if not isinstance(fields, Mapping):
        raise SettingError(f"{where}: is no table; {_EXAMPLE}")
    if unknown := [field for field in fields if field not in _FIELDS]:
        raise SettingError(f"{where}: no field {unknown[0]!r} is known; expected are {', '.join(_FIELDS)}")
    rights = fields.get("rights", list(RIGHTS))
    if not isinstance(rights, list) or not rights or any(right not in RIGHTS for right in rights):
        raise SettingError(f"{where}: rights are {rights!r:.100}; a list of {', '.join(RIGHTS)} was expected")
    rate = fields.get("rate")
    if rate is not None:
        try:
            check_rate(str(rate))
        except SettingError as error:
            raise SettingError(f"{where}: {error}") from None
    return NamedKey(name, _digest(where, fields), frozenset(rights), rate)


def _digest(where: str, fields: Mapping[str, Any]) -> bytes:
    key, hashed = fields.get("key"), fields.get("sha256")
    if (key is None) == (hashed is None):
        raise SettingError(f"{where}: exactly one of key and sha256 was expected")
    if key is None:
        if not isinstance(hashed, str) or not re.fullmatch("[0-9a-fA-F]{64}", hashed):
            raise SettingError(f"{where}: sha256 is not 64 hexadecimal digits; printf %s KEY | sha256sum prints them")
        return bytes.fromhex(hashed)
    if not isinstance(key, str) or not key.isascii() or len(key.strip()) < SHORTEST or key != key.strip():
        raise SettingError(
            f"{where}: the key is no text of at least {SHORTEST} ASCII characters; openssl rand -hex 32 makes one"
        )
    return sha256(key.encode()).digest()
