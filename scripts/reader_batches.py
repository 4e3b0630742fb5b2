"""Batches of training examples for the reader, mixed out of several files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from reader_arrays import Examples
from torch import Tensor

Rows = npt.NDArray[np.int64]

BUCKET = 40  # batches that are sorted by length together
HELD_STEP = 100  # every so manieth example of a kind is kept for measuring


@dataclass(frozen=True, slots=True)
class Batch:
    """Inputs of one step, padded with 0: [batch, tokens] or [batch]."""

    ids: Tensor
    second: Tensor
    size: Tensor
    allowed: Tensor
    start: Tensor
    end: Tensor
    kind: Tensor  # number in ``Mixture.kinds``
    taught: Tensor | None = None  # whether a teacher has read the row; None where it has read no row
    teacher_start: Tensor | None = None
    teacher_end: Tensor | None = None

    def __len__(self) -> int:
        return len(self.second)

    def to(self, device: str) -> Batch:
        """Return the batch on another device."""
        parts: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            tensor = getattr(self, name)
            parts[name] = None if tensor is None else tensor.to(device, non_blocking=True)
        return Batch(**parts)


class Mixture:
    """Examples of several files, each drawn ``share`` times in a pass, in an order that a seed repeats.

    One example in a hundred of each kind in each file is held back: ``held`` counts them, and
    ``held_batches`` yields them.
    """

    def __init__(self, files: Sequence[Examples], shares: Sequence[float], seed: int = 0, *, hold: bool = True) -> None:
        self._files, self._seed = files, seed
        names = sorted({kind for file in files for kind in file.kinds})
        self.kinds = tuple(names)
        self._numbers = [np.array([names.index(kind) for kind in file.kinds], np.int64) for file in files]
        self._sizes = [file.sizes for file in files]
        self._held = [_held_rows(file) if hold else np.zeros(0, np.int64) for file in files]
        self._shares = shares

    def held(self, most: int) -> list[tuple[int, Rows]]:
        """Return at most about ``most`` of the examples that are held back, as (file, rows)."""
        count = sum(len(rows) for rows in self._held)
        step = max(1, -(-count // max(1, most)))
        return [(number, rows[::step]) for number, rows in enumerate(self._held)]

    def held_batches(self, most: int, batch: int) -> Iterator[Batch]:
        """Yield the examples that are held back, in batches of like length."""
        for number, rows in self.held(most):
            ordered = rows[np.argsort(self._sizes[number][rows], kind="stable")]
            for first in range(0, len(ordered), batch):
                chosen = ordered[first : first + batch]
                yield self.batch(np.stack([np.full_like(chosen, number), chosen], axis=1))

    def batches(self, turn: int, batch: int) -> list[Rows]:
        """Return the batches of pass ``turn``, each (file, row) [examples, 2] of like length."""
        rng = np.random.default_rng([self._seed, turn])
        rows = []
        for number, file in enumerate(self._files):
            free = np.setdiff1d(np.arange(len(file)), self._held[number])
            drawn = _drawn(free, self._shares[number], rng)
            rows.append(np.stack([np.full_like(drawn, number), drawn], axis=1))
        order = rng.permutation(np.concatenate(rows))
        size = np.array([self._sizes[file][row] for file, row in order.tolist()])
        made = []
        for first in range(0, len(order), batch * BUCKET):
            bucket = order[first : first + batch * BUCKET]
            bucket = bucket[np.argsort(size[first : first + batch * BUCKET], kind="stable")]
            made += [bucket[at : at + batch] for at in range(0, len(bucket), batch)]
        return [made[int(i)] for i in rng.permutation(len(made))]

    def batch(self, rows: Rows) -> Batch:
        """Return the inputs of (file, row) [examples, 2]."""
        files = [self._files[number] for number in rows[:, 0].tolist()]
        spans = [(int(f.offsets[row]), int(f.offsets[row + 1])) for f, row in zip(files, rows[:, 1], strict=True)]
        shape = (len(rows), max(end - begin for begin, end in spans))
        ids, allowed = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
        soft = np.zeros((2, *shape), np.float32)
        columns = np.zeros((5, len(rows)), np.int64)
        taught = np.zeros(len(rows), np.bool_)
        for place, (file, (begin, end)) in enumerate(zip(files, spans, strict=True)):
            number, row = int(rows[place, 0]), int(rows[place, 1])
            size = end - begin
            ids[place, :size] = file.ids[begin:end]
            allowed[place, :size] = file.allowed[begin:end]
            kind = self._numbers[number][file.kind[row]]
            columns[:, place] = file.second[row], size, file.start[row], file.end[row], kind
            if file.teacher_start is not None and file.teacher_end is not None:
                soft[0, place, :size] = file.teacher_start[begin:end]
                soft[1, place, :size] = file.teacher_end[begin:end]
                taught[place] = not np.isnan(soft[0, place, 0])
        parts: list[Any] = [torch.from_numpy(column) for column in columns]
        second, count, start, end_tokens, kinds = parts
        tensors = (torch.from_numpy(ids), second, count, torch.from_numpy(allowed), start, end_tokens, kinds)
        if not taught.any():
            return Batch(*tensors)
        soft = np.nan_to_num(soft)
        return Batch(*tensors, torch.from_numpy(taught), torch.from_numpy(soft[0]), torch.from_numpy(soft[1]))


def _held_rows(file: Examples) -> Rows:
    found = [np.flatnonzero(file.kind == kind)[HELD_STEP // 2 :: HELD_STEP] for kind in range(len(file.kinds))]
    return np.concatenate(found).astype(np.int64)


def _drawn(rows: Rows, share: float, rng: np.random.Generator) -> Rows:
    """Return ``rows`` as often as ``share`` says: 2.5 is all of them twice and half of them once more."""
    whole = int(share)
    part = rng.permutation(rows)[: round(len(rows) * (share - whole))]
    return np.concatenate([np.tile(rows, whole), part])
