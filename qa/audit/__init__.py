"""Audit: saved answers replayed against the sources, and texts checked sentence by sentence."""

from qa.audit.receipts import Receipt, Saved, read_saved, receipt_of
from qa.audit.verification import Check, Replay, Verification, verify, verify_saved

__all__ = [
    "Check",
    "Receipt",
    "Replay",
    "Saved",
    "Verification",
    "read_saved",
    "receipt_of",
    "verify",
    "verify_saved",
]
