"""Audit: saved answers replayed against the sources, and texts checked sentence by sentence."""

from qa.audit.auditing import audit, audit_document
from qa.audit.checks import Difference
from qa.audit.receipts import Receipt, Saved, read_saved, receipt_of
from qa.audit.report import AuditReport, Evidence, JudgedClaim, Summary
from qa.audit.verification import Check, Replay, Verification, verify, verify_saved

__all__ = [
    "AuditReport",
    "Check",
    "Difference",
    "Evidence",
    "JudgedClaim",
    "Receipt",
    "Replay",
    "Saved",
    "Summary",
    "Verification",
    "audit",
    "audit_document",
    "read_saved",
    "receipt_of",
    "verify",
    "verify_saved",
]
