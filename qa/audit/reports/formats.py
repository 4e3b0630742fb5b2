"""The list of report formats: each is chosen by a file's suffix."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from corpus.errors import SettingError
from qa.audit.report import AuditReport
from qa.audit.reports.html import html
from qa.audit.reports.markdown import markdown
from qa.audit.reports.sarif import sarif


def _json(report: AuditReport, text: str) -> str:  # noqa: ARG001 - every report takes both
    return json.dumps(report.to_dict(), ensure_ascii=False, indent=1) + "\n"


REPORTS: Final[dict[str, Callable[[AuditReport, str], str]]] = {
    ".html": html,
    ".json": _json,
    ".md": markdown,
    ".sarif": sarif,
}
"""Each takes a report and the audited text."""


def report_format(path: str) -> str:
    """The suffix that says in which format a report is to be written; raises SettingError where none is known.

    >>> report_format("audit.HTML")
    '.html'
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in REPORTS:
        raise SettingError(f"{path}: no report is written as {suffix or 'a file without suffix'!r}; name it {_named()}")
    return suffix


def render(report: AuditReport, text: str, suffix: str) -> str:
    """The report in the format of a suffix, given the audited text."""
    return REPORTS[suffix](report, text)


def _named() -> str:
    return f"*{', *'.join(list(REPORTS)[:-1])} or *{list(REPORTS)[-1]}"
