"""``qa serve``: answers over HTTP."""

from __future__ import annotations

import click

from qa.commands.options import EXIT_ANSWERED, open_engine, reader_option, where


@click.command()
@where
@reader_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
def serve(folder: str | None, sources: tuple[str, ...], reader: str | None, host: str, port: int) -> int:
    """Answer over HTTP: POST /ask, GET /healthz, documentation at /docs."""
    engine = open_engine(folder, sources, reader=reader)
    import uvicorn

    from qa.server import create_app

    uvicorn.run(create_app(engine), host=host, port=port, log_level="info")
    return EXIT_ANSWERED
