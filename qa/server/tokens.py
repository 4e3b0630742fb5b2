"""Ids of answers that tell, without a store, which answer they were given for: any worker can check one.

An id holds the time, the confidence, whether it was an answer, and a hash of question and text, signed with
the service's secret (HMAC-SHA-256, cut to 12 bytes).
"""

from __future__ import annotations

import binascii
import hmac
import secrets
import struct
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from qa.answers import Answer

_LAYOUT = struct.Struct(">IHB8s4s")  # time, confidence in steps of 0.0001, answered, hash of the answer, chance
_SIGNATURE = 12
_STEPS = 10_000


@dataclass(frozen=True, slots=True)
class AnswerToken:
    """What an id tells of its answer; ``time`` is in seconds since 1970."""

    time: int
    confidence: float
    answered: bool
    digest: bytes

    def is_of(self, question: str, text: str | None) -> bool:
        """Whether the id was given for this question and answer."""
        return hmac.compare_digest(self.digest, _digest(question, text))


def answer_id(answer: Answer, secret: bytes) -> str:
    """A new id for an answer, 42 characters that fit in an address.

    >>> refusal = Answer.refusal("Why?", "no_match", confidence=0.25)
    >>> read_answer_id(answer_id(refusal, b"secret"), b"secret").confidence
    0.25
    """
    packed = _LAYOUT.pack(
        int(time.time()),
        round(_STEPS * answer.confidence),
        answer.answered,
        _digest(answer.question, answer.text),
        secrets.token_bytes(4),
    )
    return urlsafe_b64encode(packed + _sign(packed, secret)).decode().rstrip("=")


def read_answer_id(name: str, secret: bytes) -> AnswerToken | None:
    """What an id tells, or None where it is not one signed with this secret.

    >>> read_answer_id("forged", b"secret") is None
    True
    """
    try:
        raw = urlsafe_b64decode(name.encode("ascii") + b"=" * (-len(name) % 4))
    except (UnicodeEncodeError, binascii.Error):
        return None
    packed, signature = raw[: _LAYOUT.size], raw[_LAYOUT.size :]
    if len(packed) != _LAYOUT.size or not hmac.compare_digest(signature, _sign(packed, secret)):
        return None
    when, steps, answered, digest, _ = _LAYOUT.unpack(packed)
    return AnswerToken(when, steps / _STEPS, bool(answered), digest)


def _sign(packed: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, packed, "sha256")[:_SIGNATURE]


def _digest(question: str, text: str | None) -> bytes:
    told = question if text is None else f"{question}\0{text}"
    return sha256(told.encode("utf-8", "surrogatepass")).digest()[:8]
