"""``qa show``: lists the documents, or prints one."""

from __future__ import annotations

import sys

import click

from qa import terminal
from qa.commands.options import EXIT_ANSWERED, json_option, open_engine, print_json, where


@click.command()
@click.argument("document", required=False)
@where
@click.option("--section", metavar="PATH", help='One section, its headings joined by " > "; "" is the lead.')
@json_option
def show(document: str | None, folder: str | None, sources: tuple[str, ...], section: str | None, as_json: bool) -> int:
    """Print DOCUMENT, or one section of it; without DOCUMENT, list what is indexed."""
    if document is None and section is not None:
        raise click.UsageError("--section PATH is of one DOCUMENT: qa show DOCUMENT --section PATH")
    engine = open_engine(folder, sources, reads=False)
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
        from qa.engine import section_of

        wanted = section_of(found, section)
        start, end = wanted.start, wanted.end
    if as_json:
        sections = [{"path": list(s.path), "start": s.start, "end": s.end} for s in found.sections]
        print_json(
            {
                "id": found.id,
                "title": found.title,
                "source": found.source,
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
