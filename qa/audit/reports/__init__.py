"""Reports of an audit: for a terminal, as JSON, Markdown, SARIF 2.1, and as one HTML file."""

from qa.audit.reports.formats import REPORTS, render, report_format
from qa.audit.reports.table import table_lines

__all__ = ["REPORTS", "render", "report_format", "table_lines"]
