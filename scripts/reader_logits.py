"""Write what a teacher says of encoded examples beside them, once, so that many runs can follow it."""

from __future__ import annotations

import shutil
import signal
import time
from pathlib import Path

import numpy as np
import torch
from reader_arrays import Examples, mapped, open_examples, write_arrays
from reader_batches import Mixture, Rows
from reader_losses import read
from reader_model import Reader

BATCH = 32
SAVE_SECONDS = 300


def write_logits(model: Reader, source: Path, target: Path, *, device: str, batch: int = BATCH) -> None:
    """Write the examples of ``source`` to ``target`` with the model's start and end logits.

    Rows not read yet are NaN, and training follows the answers alone there, so a file that is half done
    serves already.  A run that was stopped goes on where it was: rows are read in a random order that
    is always the same, long and short ones mixed, so that the time left can be told.
    """
    if target.resolve() == source.resolve():
        raise SystemExit(f"{target}: give another file than the examples, so that a stop cannot spoil them")
    if not target.exists():
        shutil.copy(source, target)
    arrays = {name: np.array(array) for name, array in mapped(target).items()}
    examples = open_examples(source)
    if len(arrays["ids"]) != len(examples.ids) or not np.array_equal(arrays["offsets"], examples.offsets):
        raise SystemExit(f"{target}: has other examples than {source}; remove it or name another file")
    for name in ("teacher_start", "teacher_end"):
        if name not in arrays:
            arrays[name] = np.full(len(examples.ids), np.nan, np.float16)
    left = _left(examples, arrays["teacher_start"])
    print(f"{len(examples) - len(left)} of {len(examples)} examples read already", flush=True)
    stopped: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda given, _: stopped.append(given))
    mixture = Mixture([examples], [1.0], hold=False)
    model.to(device).eval()
    begun = saved = time.time()
    done = 0
    for rows in _batches(examples, left, batch):
        given = mixture.batch(np.stack([np.zeros_like(rows), rows], axis=1)).to(device)
        with torch.no_grad():
            logits = model.span(read(model, given, device).float())
        found = logits.cpu().numpy().astype(np.float16)
        for place, row in enumerate(rows.tolist()):
            begin, end = examples.offsets[row : row + 2]
            arrays["teacher_start"][begin:end] = found[place, : end - begin, 0]
            arrays["teacher_end"][begin:end] = found[place, : end - begin, 1]
        done += len(rows)
        now = time.time()
        if stopped or now - saved > SAVE_SECONDS:
            write_arrays(target, arrays)
            speed, saved = done / (now - begun), now
            rest = (len(left) - done) / speed / 60
            print(f"{done} of {len(left)} read, {speed:.1f} a second, {rest:.0f} min left", flush=True)
        if stopped:
            return
    write_arrays(target, arrays)
    print(f"{target}: all {len(examples)} read, {time.time() - begun:.0f} s", flush=True)


def _left(examples: Examples, start: np.ndarray[tuple[int, ...], np.dtype[np.float16]]) -> Rows:
    """Return the rows that have not been read, in random order."""
    order = np.random.default_rng(0).permutation(len(examples))
    return order[np.isnan(start[examples.offsets[:-1][order]])]


def _batches(examples: Examples, rows: Rows, batch: int) -> list[Rows]:
    """Return batches of like length, in about the order of ``rows``."""
    sizes, made = examples.sizes, []
    for first in range(0, len(rows), 20 * batch):
        some = rows[first : first + 20 * batch]
        some = some[np.argsort(sizes[some], kind="stable")]
        made += [some[at : at + batch] for at in range(0, len(some), batch)]
    return made
