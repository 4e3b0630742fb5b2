"""``qa eval`` of a claims file: how well claims are judged."""

from __future__ import annotations

import json
import random
from pathlib import Path

import click

from qa.commands.options import EXIT_ANSWERED, EXIT_INTERRUPTED, open_engine, print_json, progress_bar

SEED = 0


def eval_claims(
    path: str, folder: str | None, sources: tuple[str, ...], *, limit: int | None, rows: str | None, as_json: bool
) -> int:
    """Measures the claims of a file, prints the figures, and returns the exit code."""
    from qa.audit.claim_files import read_claims
    from qa.evaluation.claim_evaluation import evaluate_claims

    claims, skipped = read_claims(path)
    if limit is not None and limit < len(claims):
        claims = random.Random(SEED).sample(claims, limit)
    with progress_bar("judging", "claims") as progress:
        measured, judged = evaluate_claims(
            claims,
            lambda: open_engine(folder, sources, reads=False),
            name=Path(path).name,
            skipped=skipped,
            progress=progress,
        )
    if as_json:
        print_json(measured.to_dict())
    else:
        click.echo(measured.table())
    if rows is not None:
        lines = [json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in judged]
        Path(rows).write_text("".join(lines), encoding="utf-8")
    return EXIT_ANSWERED if measured.complete else EXIT_INTERRUPTED
