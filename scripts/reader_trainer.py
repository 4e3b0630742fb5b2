"""Moves the weights of a reader by the clock: rate, mean of the weights, checkpoints, log.

``Trainer`` learns from the answers of its examples and from the logits that stand beside them.
``Distiller`` follows a teacher that reads along.
"""

from __future__ import annotations

import datetime
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from reader_batches import Batch, Mixture, Rows
from reader_losses import followed_loss, hidden_loss, measure, read, stored_loss, verdict_loss
from reader_model import Reader, checkpoint_names, own_names
from torch import Tensor, nn

LAST, MEAN = "last.pt", "mean.pt"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the weights are moved."""

    rate: float
    batch: int
    drop: float
    warmup: int  # examples
    part: int = 0  # examples that go through the reader at once; 0 = the whole batch
    soft: float = 0.7  # the teacher's part of the loss, where it has read the example
    hidden: float = 0.5  # weight of the error of the last hidden state, in distilling
    frozen_layers: int = 0
    half: bool = False  # bfloat16 on a processor too
    weight_decay: float = 0.01
    clip: float = 1.0
    mean_from: float = 2 / 3  # of the time; the mean of the weights begins here
    dev_examples: int = 300
    save_seconds: int = 300
    log_seconds: int = 30
    dev_seconds: int = 600


@dataclass(slots=True)
class Progress:
    """Where training stands; saved in every checkpoint."""

    examples: int = 0
    turn: int = 0  # pass over the examples
    batch: int = 0  # of this pass, the next one
    seconds: float = 0.0
    averaged: int = 0  # steps in the mean


class Tally:
    """Sums of the loss by kind since it was last cleared, kept on the device so that no step waits."""

    def __init__(self, kinds: tuple[str, ...], device: str) -> None:
        self._kinds, self._device = kinds, device
        self.clear()

    def clear(self) -> None:
        """Start again."""
        self._total = torch.zeros(len(self._kinds), device=self._device)
        self._count = torch.zeros(len(self._kinds), device=self._device)
        self.begun = time.time()

    def add(self, kind: Tensor, loss: Tensor) -> None:
        """Count the losses [batch] of one step."""
        self._total.index_add_(0, kind, loss.detach().float())
        self._count.index_add_(0, kind, torch.ones_like(loss, dtype=torch.float32))

    def __str__(self) -> str:
        count = float(self._count.sum())
        speed = count / max(1e-9, time.time() - self.begun)
        return f"{speed:.1f} examples/s, loss {float(self._total.sum()) / max(1.0, count):.3f}"

    def by_kind(self) -> str:
        """Return the mean loss of each kind that was seen."""
        sums = zip(self._kinds, self._total.tolist(), self._count.tolist(), strict=True)
        return ", ".join(f"{kind} {total / count:.3f}" for kind, total, count in sums if count)


class Trainer:
    """Moves the weights of one reader until its time is up."""

    def __init__(self, model: Reader, mixture: Mixture, out: Path, settings: Settings, device: str) -> None:
        self.model, self.mixture, self.out, self.settings, self.device = (
            model.to(device),
            mixture,
            out,
            settings,
            device,
        )
        model.drop = settings.drop
        freeze(model, settings.frozen_layers, judges=mixture.judges)
        self.beside: nn.Module | None = None  # trained as well, but no part of the reader
        self.moved = {name: p for name, p in model.named_parameters() if p.requires_grad}
        self.optimiser = self._make_optimiser()
        self.mean: dict[str, Tensor] = {}
        self.progress = Progress()
        self.stopped = False

    def stop(self, *_: object) -> None:
        """End training after the step under way, with a checkpoint; a signal handler."""
        self.stopped = True

    def loss(self, batch: Batch) -> Tensor:
        """Return the loss [batch]."""
        hidden = read(self.model, batch, self.device, self.settings.half)
        loss = stored_loss(*self.model.spans(hidden, batch.allowed), batch, self.settings.soft)
        return loss + verdict_loss(self.model.verdicts(hidden), batch.label) if self.mixture.judges else loss

    def train(self, seconds: float) -> None:
        """Train until ``seconds`` are spent, those of earlier runs included."""
        self.model.train()
        tally, kinds = (Tally(self.mixture.kinds, self.device) for _ in range(2))
        begun, before = time.time(), self.progress.seconds
        saved = tested = begun
        batches = self.mixture.batches(self.progress.turn, self.settings.batch)
        while self.progress.seconds < seconds and not self.stopped:
            if self.progress.batch >= len(batches):
                self.progress.turn, self.progress.batch = self.progress.turn + 1, 0
                batches = self.mixture.batches(self.progress.turn, self.settings.batch)
            rows = batches[self.progress.batch]
            self._step(rows, self.progress.seconds / seconds, (tally, kinds))
            now = time.time()
            self.progress.batch += 1
            self.progress.examples += len(rows)
            self.progress.seconds = before + now - begun
            if now - tally.begun > self.settings.log_seconds:
                self._say(f"{self._where(seconds)} {tally}")
                tally.clear()
            if now - saved > self.settings.save_seconds:
                self.save()
                saved = now
            if now - tested > self.settings.dev_seconds:
                self._say(f"loss by kind: {kinds.by_kind()}")
                self.evaluate()
                tested = time.time()
                kinds.clear()
        self.save()
        self._say(f"{'stopped' if self.stopped else 'done'} {self._where(seconds)} {kinds}; {kinds.by_kind()}")
        if not self.stopped:
            self.evaluate()

    def _step(self, rows: Rows, spent: float, tallies: tuple[Tally, ...]) -> None:
        """Take one step on a batch, ``spent`` of the time being over."""
        warm = min(1.0, (self.progress.examples + len(rows)) / self.settings.warmup)
        for group in self.optimiser.param_groups:
            group["lr"] = self.settings.rate * warm * (1 - spent)
        size = self.settings.part or len(rows)
        for first in range(0, len(rows), size):
            batch = self.mixture.batch(rows[first : first + size]).to(self.device)
            losses = self.loss(batch)
            (losses.sum() / len(rows)).backward()  # type: ignore[no-untyped-call]
            for tally in tallies:
                tally.add(batch.kind, losses)
        torch.nn.utils.clip_grad_norm_(self._weights(), self.settings.clip)
        self.optimiser.step()
        self.optimiser.zero_grad()
        if spent >= self.settings.mean_from:
            self._average()

    @torch.no_grad()
    def _average(self) -> None:
        """Take the weights into their mean."""
        self.progress.averaged += 1
        if not self.mean:
            self.mean = {name: p.detach().clone() for name, p in self.moved.items()}
        now = [self.moved[name].detach() for name in self.mean]
        torch._foreach_lerp_(list(self.mean.values()), now, 1 / self.progress.averaged)

    def evaluate(self) -> None:
        """Print how many of the examples held back are right, by kind."""
        begun = time.time()
        held = self.mixture.held_batches(self.settings.dev_examples, self.settings.part or self.settings.batch)
        found = measure(self.model, held, self.mixture.kinds, self.device)
        if not found:
            return
        count = sum(n for n, _ in found.values())
        whole = sum(n * share for n, share in found.values()) / count
        each = ", ".join(f"{kind} {share} of {n}" for kind, (n, share) in found.items())
        self._say(f"dev {whole:.1f} % of {count} right ({each}), {time.time() - begun:.0f} s")

    def save(self) -> None:
        """Write the checkpoints; whoever reads them sees the old ones or the new ones, never half."""
        state = self.model.state_dict()
        last = {
            "model": checkpoint_names(self.model, state),
            "beside": self.beside.state_dict() if self.beside else {},
            "optimiser": self.optimiser.state_dict(),
            "progress": asdict(self.progress),
            "mean": self.mean,
        }
        write(self.out / LAST, last)
        if self.mean:
            write(self.out / MEAN, {"model": checkpoint_names(self.model, {**state, **self.mean})})

    def resume(self) -> bool:
        """Go on from the last checkpoint, if there is one."""
        path = self.out / LAST
        if not path.exists():
            return False
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.model.load_state_dict(own_names(state["model"], self.model.kind))
        if self.beside is not None:
            self.beside.load_state_dict(state["beside"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.progress = Progress(**state["progress"])
        self.mean = state["mean"]
        return True

    def _weights(self) -> list[nn.Parameter]:
        return [*self.moved.values(), *(self.beside.parameters() if self.beside else ())]

    def _make_optimiser(self) -> torch.optim.AdamW:
        """Return AdamW; biases and layer norms are not decayed."""
        weights = self._weights()
        groups: list[dict[str, Any]] = [
            {"params": [p for p in weights if p.ndim > 1], "weight_decay": self.settings.weight_decay},
            {"params": [p for p in weights if p.ndim < 2], "weight_decay": 0.0},
        ]
        return torch.optim.AdamW(groups, lr=self.settings.rate, betas=(0.9, 0.98), fused=True)

    def _where(self, seconds: float) -> str:
        p, rate = self.progress, self.optimiser.param_groups[0]["lr"]
        share = 100 * min(1.0, p.seconds / seconds)
        return f"{share:.1f} % of {seconds / 60:.0f} min, {p.examples} examples, pass {p.turn}, rate {rate:.1e},"

    def _say(self, text: str) -> None:
        print(f"{datetime.datetime.now():%H:%M:%S} {text}", flush=True)


class Distiller(Trainer):
    """Follows a teacher that reads every example along: its logits and, through a projection, its hidden state.

    The hidden state of another width is followed as TinyBERT does (Jiao et al. 2020, equation 8).
    """

    def __init__(
        self, model: Reader, mixture: Mixture, out: Path, settings: Settings, device: str, *, teacher: Reader
    ) -> None:
        super().__init__(model, mixture, out, settings, device)
        self._teacher = teacher.to(device).eval()
        if device == "cuda":  # else autocast would copy the weights at every step
            self._teacher.layers.apply(lambda part: part.bfloat16() if isinstance(part, nn.Linear) else part)
        self._projection = nn.Linear(model.width, teacher.width).to(device)
        self.beside = self._projection
        self.optimiser = self._make_optimiser()

    def loss(self, batch: Batch) -> Tensor:
        """Return the loss [batch]."""
        hidden = read(self.model, batch, self.device)
        with torch.no_grad():
            taught = read(self._teacher, batch, self.device)
        ours = self.model.spans(hidden, batch.allowed)
        theirs = self._teacher.spans(taught, batch.allowed)
        mixed = followed_loss(ours, theirs, batch, self.settings.soft)
        if self.mixture.judges:
            verdicts = (reader.verdicts(seen) for reader, seen in ((self.model, hidden), (self._teacher, taught)))
            ours_said, theirs_said = verdicts
            mixed = mixed + verdict_loss(ours_said, batch.label, theirs_said, self.settings.soft)
        return mixed + self.settings.hidden * hidden_loss(self._projection(hidden.float()), taught, batch.size)


def freeze(model: Reader, layers: int, *, judges: bool = False) -> None:
    """Hold the word embeddings; with ``layers``, all embeddings and so many of the first layers.

    The head for verdicts is held too, unless there are claims to judge.
    """
    held: list[nn.Module] = [model.words] if judges else [model.words, model.verdict]
    if layers:
        held += [part for name, part in model.named_children() if name in ("places", "types", "norm", "bias")]
        held += list(model.layers[:layers])
    for part in held:
        part.requires_grad_(False)


def write(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)
