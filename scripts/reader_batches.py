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
GPU_STEP = 16  # tokens; few different lengths spare a GPU's memory
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
    label: Tensor  # verdict on a claim; -1 = the example asks for a span
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

    All are kept on ``device``, so that a step on a GPU waits for no copy.  One example in a hundred of
    each kind in each file is held back: ``held`` counts them, and ``held_batches`` yields them.
    """

    def __init__(
        self,
        files: Sequence[Examples],
        shares: Sequence[float],
        seed: int = 0,
        *,
        hold: bool = True,
        device: str = "cpu",
    ) -> None:
        self._seed, self._shares, self._device = seed, shares, device
        names = sorted({kind for file in files for kind in file.kinds})
        self.kinds = tuple(names)
        self._sizes = [file.sizes for file in files]
        self._held = [_held_rows(file) if hold else np.zeros(0, np.int64) for file in files]
        self._first_rows = np.concatenate([[0], np.cumsum([len(file) for file in files])])
        self._begins, self._tokens, self._columns = _together(files, names, device)
        self.judges = bool((self._columns[5] >= 0).any())

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
        for number, sizes in enumerate(self._sizes):
            free = np.setdiff1d(np.arange(len(sizes)), self._held[number])
            drawn = _drawn(free, self._shares[number], rng)
            rows.append(np.stack([np.full_like(drawn, number), drawn], axis=1))
        order = rng.permutation(np.concatenate(rows))
        size = np.concatenate(self._sizes)[self._places(order)]
        made = []
        for first in range(0, len(order), batch * BUCKET):
            bucket = order[first : first + batch * BUCKET]
            bucket = bucket[np.argsort(size[first : first + batch * BUCKET], kind="stable")]
            made += [bucket[at : at + batch] for at in range(0, len(bucket), batch)]
        return [made[int(i)] for i in rng.permutation(len(made))]

    def batch(self, rows: Rows) -> Batch:
        """Return the inputs of (file, row) [examples, 2]."""
        places = self._places(rows)
        longest = max(int(self._sizes[file][row]) for file, row in rows.tolist())
        step = GPU_STEP if self._device != "cpu" else 1
        at = torch.arange(-(-longest // step) * step, device=self._device)
        chosen = torch.from_numpy(places).to(self._device)
        columns = self._columns[:, chosen]
        second, size, start, end, kind, label = columns
        alive = at[None, :] < size[:, None]
        where = (self._begins[chosen][:, None] + at[None, :]).masked_fill(~alive, 0)
        ids, allowed, *soft = (array[where] for array in self._tokens)
        inputs = (ids.long() * alive, second, size, allowed & alive, start, end, kind, label)
        if not soft:
            return Batch(*inputs)
        taught = ~torch.isnan(soft[0][:, 0])
        return Batch(*inputs, taught, *(torch.nan_to_num(logits.float()) * alive for logits in soft))

    def _places(self, rows: Rows) -> Rows:
        """Return the place [examples] of each row among those of all files."""
        found: Rows = self._first_rows[rows[:, 0]] + rows[:, 1]
        return found


def _together(files: Sequence[Examples], names: list[str], device: str) -> tuple[Tensor, list[Tensor], Tensor]:
    """Return where each example begins, the arrays of tokens, and six numbers [6, examples] of each example."""
    sizes = np.concatenate([file.sizes for file in files])
    begins = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    tokens = [np.concatenate([file.ids for file in files]), np.concatenate([file.allowed for file in files])]
    if any(file.teacher_start is not None for file in files):
        for name in ("teacher_start", "teacher_end"):
            given = [getattr(file, name) for file in files]
            whole = [np.full(len(f.ids), np.nan, np.float16) if g is None else g
                     for f, g in zip(files, given, strict=True)]  # fmt: skip
            tokens.append(np.concatenate(whole))
    columns = [
        np.concatenate([file.second for file in files]),
        sizes,
        np.concatenate([file.start for file in files]),
        np.concatenate([file.end for file in files]),
        np.concatenate([np.array([names.index(kind) for kind in file.kinds])[file.kind] for file in files]),
        np.concatenate([np.full(len(file), -1) if file.label is None else file.label for file in files]),
    ]
    moved = [torch.from_numpy(array).to(device) for array in tokens]
    return torch.from_numpy(begins).to(device), moved, torch.from_numpy(np.stack(columns).astype(np.int64)).to(device)


def _held_rows(file: Examples) -> Rows:
    found = [np.flatnonzero(file.kind == kind)[HELD_STEP // 2 :: HELD_STEP] for kind in range(len(file.kinds))]
    return np.concatenate(found).astype(np.int64)


def _drawn(rows: Rows, share: float, rng: np.random.Generator) -> Rows:
    """Return ``rows`` as often as ``share`` says: 2.5 is all of them twice and half of them once more."""
    whole = int(share)
    part = rng.permutation(rows)[: round(len(rows) * (share - whole))]
    return np.concatenate([np.tile(rows, whole), part])
