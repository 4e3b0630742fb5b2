"""``qa show``: lists the documents, or prints one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from qa import terminal
from qa.commands.options import EXIT_ANSWERED, documents_options, json_option, open_engine, print_json

if TYPE_CHECKING:
    from corpus.documents import Document


@click.command()
@click.argument("document", required=False)
@documents_options
@click.option("--section", metavar="PATH", help='One section, its headings joined by " > "; "" is the lead.')
@click.option(
    "--dropped", is_flag=True, help="List what was left out of DOCUMENT, or of all: navigation, comments, ..."
)
@json_option
def show(
    document: str | None,
    folder: str | None,
    sources: tuple[str, ...],
    section: str | None,
    dropped: bool,
    as_json: bool,
) -> int:
    """Print DOCUMENT, or one section of it; without DOCUMENT, list what is indexed."""
    if section is not None and (document is None or dropped):
        raise click.UsageError("--section PATH is of one DOCUMENT: qa show DOCUMENT --section PATH")
    engine = open_engine(folder, sources, reads=False)
    if dropped:
        return _show_dropped(engine.documents() if document is None else [engine.document(document)], as_json=as_json)
    if document is None:
        for found in engine.documents():
            if as_json:
                print_json({"id": found.id, "title": found.title, "source": found.source, "sha256": found.sha256})
            else:
                click.echo(terminal.printable(f"{found.id}  {found.title}  ({found.source})"))
        return EXIT_ANSWERED
    found = engine.document(document)
    start, end = 0, len(found.text)
    if section is not None:
        from corpus.sections import section_named

        wanted = section_named(found, section)
        start, end = wanted.start, wanted.end
    if as_json:
        sections = [{"path": list(s.path), "start": s.start, "end": s.end} for s in found.sections]
        print_json(
            {
                "id": found.id,
                "title": found.title,
                "source": found.source,
                "metadata": dict(found.metadata),
                "sha256": found.sha256,
                "start": start,
                "end": end,
                "text": found.text[start:end],
                "sections": sections,
            }
        )
    elif sys.stdout.isatty():
        click.echo(terminal.printable_lines(found.text[start:end]))
    else:
        text = found.text[start:end]  # as it is: offsets count in it
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    return EXIT_ANSWERED


def _show_dropped(documents: Iterable[Document], *, as_json: bool) -> int:
    for found in documents:
        for part in found.dropped:
            if as_json:
                print_json({"id": found.id, "kind": part.kind, "text": part.text})
            else:
                click.echo(terminal.printable(f"{found.id} {part.kind}: {part.text}"))
    return EXIT_ANSWERED
