"""``qa audit``: a text checked sentence by sentence against the documents."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qa import terminal, wording
from qa.commands.options import (
    EXIT_ANSWERED,
    EXIT_INTERRUPTED,
    EXIT_REFUSED,
    documents_options,
    json_option,
    open_engine,
    print_json,
    progress_bar,
    say_skipped,
)

if TYPE_CHECKING:
    from corpus.documents import Document
    from qa.audit import AuditReport

FAILING = ("contradicted", "not_found")
"""The verdicts that ``--fail-on`` takes."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@documents_options
@click.option("--fail-on", metavar="VERDICTS", help="Exit with 1 where a claim is so: contradicted,not_found.")
@click.option("--baseline", type=click.Path(dir_okay=False), metavar="FILE", help="An earlier report in JSON: known.")
@click.option(
    "--report",
    "reports",
    multiple=True,
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE",
    help="Write a report, as its suffix says: .html, .md, .sarif or .json; repeatable.",
)
@click.option("--all", "everything", is_flag=True, help="Show every quote, and what is no claim.")
@json_option
def audit(
    files: tuple[str, ...],
    folder: str | None,
    sources: tuple[str, ...],
    fail_on: str | None,
    baseline: str | None,
    reports: tuple[str, ...],
    everything: bool,
    as_json: bool,
) -> int:
    """Check each claim of a text against the documents: is it backed, contradicted, or not found?

    FILE is a text, Markdown, HTML or any file that can be indexed; - is stdin. Of several, each is told in its turn.
    Ctrl-C shows what was judged so far.
    """
    from qa.audit.auditing import audit_document
    from qa.audit.baseline import read_baseline, with_baseline
    from qa.audit.judge import load_judge
    from qa.audit.reports import render, report_format, table_lines

    failing = _verdicts(fail_on)
    suffixes = [report_format(path) for path in reports]
    if reports and len(files) > 1:
        raise click.UsageError("--report FILE is of one text; audit one at a time")
    known = read_baseline(baseline) if baseline is not None else frozenset()
    documents = [_read(file) for file in files]
    load_judge()
    engine = open_engine(folder, sources, reads=False)
    code = EXIT_ANSWERED
    for document in documents:
        with progress_bar("judging", "claims") as progress:
            report = with_baseline(audit_document(engine, document, progress=progress), known)
        for path, suffix in zip(reports, suffixes, strict=True):
            Path(path).write_text(render(report, document.text, suffix), encoding="utf-8", errors="backslashreplace")
        if as_json:
            print_json(report.to_dict())
        else:
            if len(files) > 1:
                terminal.echo([click.style(wording.printable(document.source), bold=True)])
            terminal.echo(table_lines(report, everything=everything))
        if not report.complete:
            return EXIT_INTERRUPTED
        if _fails(report, failing):
            code = EXIT_REFUSED
    return code


def _verdicts(given: str | None) -> frozenset[str]:
    """The verdicts that fail; raises UsageError for any other word."""
    names = frozenset(name.strip().replace("-", "_") for name in (given or "").split(",") if name.strip())
    if given is not None and (not names or not names <= frozenset(FAILING)):
        raise click.UsageError(f"--fail-on {given}: expected {' or '.join(FAILING)}, or both, joined by a comma")
    return names


def _fails(report: AuditReport, failing: frozenset[str]) -> bool:
    return any(claim.verdict in failing and not claim.known for claim in report.claims)


def _read(file: str) -> Document:
    """The text of a file or of stdin, as the corpus reads it; a text without anything in it has no section.

    Raises SourceError where it cannot be read, or holds several documents.
    """
    from corpus.documents import Document
    from corpus.errors import SourceError
    from corpus.fingerprints import load
    from corpus.formats.files import iterate_data

    if file == "-":
        if sys.stdin is None:
            raise click.UsageError("-: stdin is closed; pipe the text in, or name a file")
        data, name = sys.stdin.buffer.read(), "stdin.txt"
    else:
        content, _ = load(Path(file), file)
        data, name = content if isinstance(content, bytes) else content.whole(), file
    if not data.strip():
        return Document("text", "", "", (), file)
    documents = list(iterate_data(data, name, say_skipped))
    if len(documents) > 1:
        raise SourceError(f"{file}: holds {len(documents):,} documents; audit one text at a time")
    found = documents[0]
    return replace(found, source=file, dropped=(), metadata=())
