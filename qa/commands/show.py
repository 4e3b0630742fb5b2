"""``qa show``: lists the documents, or prints one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from index.data.metadata import some
from qa import terminal, wording
from qa.commands.options import EXIT_ANSWERED, documents_options, json_option, open_engine, print_json
from qa.filters import document_named

if TYPE_CHECKING:
    from corpus.documents import Document
    from index.data.metadata import Metadata


@click.command()
@click.argument("document", required=False)
@documents_options
@click.option("--section", metavar="PATH", help='One section, its headings joined by " > "; "" is the lead.')
@click.option(
    "--dropped", is_flag=True, help="List what was left out of DOCUMENT, or of all: navigation, comments, ..."
)
@click.option("--metadata", is_flag=True, help="List what DOCUMENT states of itself, or the keys and values of all.")
@json_option
def show(
    document: str | None,
    folder: str | None,
    sources: tuple[str, ...],
    section: str | None,
    dropped: bool,
    metadata: bool,
    as_json: bool,
) -> int:
    """Print DOCUMENT, or one section of it; without DOCUMENT, list what is indexed."""
    if section is not None and (document is None or dropped):
        raise click.UsageError("--section PATH is of one DOCUMENT: qa show DOCUMENT --section PATH")
    if metadata and (dropped or section is not None):
        raise click.UsageError("--metadata is of a whole DOCUMENT, or of all: leave out --section and --dropped")
    engine = open_engine(folder, sources, reads=False)
    named = None if document is None else document_named(engine.index, document)
    if metadata:
        _show_metadata(engine.index.metadata, named, as_json=as_json)
        return EXIT_ANSWERED
    if dropped:
        return _show_dropped(engine.documents() if named is None else [named], as_json=as_json)
    if named is None:
        for found in engine.documents():
            if as_json:
                print_json({"id": found.id, "title": found.title, "source": found.source, "sha256": found.sha256})
            else:
                terminal.echo([terminal.document_line(found)])
        return EXIT_ANSWERED
    found = named
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
                "metadata": found.stated(),
                "sha256": found.sha256,
                "start": start,
                "end": end,
                "text": found.text[start:end],
                "sections": sections,
            }
        )
    elif sys.stdout.isatty():
        terminal.echo(wording.printable_lines(found.text[start:end]).split("\n"))
    else:
        text = found.text[start:end]  # as it is: offsets count in it
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
    return EXIT_ANSWERED


def _show_metadata(metadata: Metadata, document: Document | None, *, as_json: bool) -> None:
    """Prints what a document states of itself, or each key with its values and how many documents have it."""
    if document is not None:
        if as_json:
            print_json({"id": document.id, "metadata": document.stated()})
        for key, value in () if as_json else document.metadata:
            terminal.echo([wording.printable(f"{key}: {value}")])
        return
    for column in metadata.columns.values():
        count = len(set(column.documents.tolist()))
        if as_json:
            print_json({"key": column.name, "documents": count, "values": list(column.values)})
        else:
            what = "document" if count == 1 else "documents"
            terminal.echo([wording.printable(f"{column.name} ({count:,} {what}): {some(column.values)}")])


def _show_dropped(documents: Iterable[Document], *, as_json: bool) -> int:
    for found in documents:
        for part in found.dropped:
            if as_json:
                print_json({"id": found.id, "kind": part.kind, "text": part.text})
            else:
                terminal.echo([wording.printable(f"{found.id} {part.kind}: {part.text}")])
    return EXIT_ANSWERED
