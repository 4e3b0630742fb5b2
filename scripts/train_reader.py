"""Train the neural reader on encoded examples (``encode_squad.py``), by the clock.

Continue from weights, on several files, each drawn as often as its share says:

    train_reader.py --stage tune --base B --from weights/small --examples replay.npz:0.5 lists.npz:2 \\
        --out runs/tune --minutes 90

Write a teacher's logits beside the examples first, and they are followed as well; a small reader can
be its own teacher, so that it forgets nothing:

    train_reader.py --stage logits --base B --teacher weights/small --examples replay.npz -o anchored.npz
    train_reader.py --stage logits --base B --teacher weights/teacher --teacher-base M ...

The rate warms up and falls to zero at the end of the time.  A run that was stopped (SIGTERM saves) goes
on where it was when the same command is given again.  ``OUT/last.pt`` has the newest weights and
``OUT/mean.pt`` their mean over the last third, which reads better; ``export_reader.py`` takes both.
"""

from __future__ import annotations

import argparse
import datetime
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from reader_arrays import open_examples
from reader_batches import Batch, Mixture
from reader_logits import write_logits
from reader_losses import measure, stored_loss
from reader_model import Reader, bert_reader, checkpoint_names, load_weights, mpnet_reader, own_names
from torch import Tensor

LAST, MEAN = "last.pt", "mean.pt"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the weights are moved."""

    rate: float = 5e-5
    batch: int = 32
    drop: float = 0.0
    soft: float = 0.7  # the teacher's part of the loss, where it has read the example
    frozen_layers: int = 0
    warmup: int = 2_000  # examples
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
    """Sums of the loss by kind since it was last shown."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self._kinds = kinds
        self.clear()

    def clear(self) -> None:
        """Start again."""
        self._total = torch.zeros(len(self._kinds))
        self._count = torch.zeros(len(self._kinds))
        self.begun = time.time()

    def add(self, kind: Tensor, loss: Tensor) -> None:
        """Count the losses [batch] of one step."""
        self._total.index_add_(0, kind.cpu(), loss.detach().float().cpu())
        self._count.index_add_(0, kind.cpu(), torch.ones(len(kind)))

    def __str__(self) -> str:
        count = self._count.sum()
        speed = float(count) / max(1e-9, time.time() - self.begun)
        each = " ".join(
            f"{name} {float(total / n):.3f}"
            for name, total, n in zip(self._kinds, self._total, self._count, strict=True)
            if n
        )
        return f"{speed:.1f} examples/s loss {float(self._total.sum() / count):.3f} ({each})"


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
        freeze(model, settings.frozen_layers)
        self.moved = {name: p for name, p in model.named_parameters() if p.requires_grad}
        self.optimiser = make_optimiser(list(self.moved.values()), settings, device)
        self.mean: dict[str, Tensor] = {}
        self.progress = Progress()
        self.stopped = False

    def stop(self, *_: object) -> None:
        """End training after the step under way, with a checkpoint; a signal handler."""
        self.stopped = True

    def loss(self, batch: Batch) -> Tensor:
        """Return the loss [batch]."""
        with torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.device == "cuda"):
            hidden = self.model(batch.ids, batch.second, batch.size)
        return stored_loss(*self.model.spans(hidden, batch.allowed), batch, self.settings.soft)

    def train(self, seconds: float) -> None:
        """Train until ``seconds`` are spent, those of earlier runs included."""
        self.model.train()
        tally, begun, before = Tally(self.mixture.kinds), time.time(), self.progress.seconds
        saved, tested = begun, begun
        batches = self.mixture.batches(self.progress.turn, self.settings.batch)
        while True:
            if self.progress.batch >= len(batches):
                self.progress.turn, self.progress.batch = self.progress.turn + 1, 0
                batches = self.mixture.batches(self.progress.turn, self.settings.batch)
            part = self.progress.seconds / seconds
            if part >= 1 or self.stopped:
                break
            batch = self.mixture.batch(batches[self.progress.batch]).to(self.device)
            tally.add(batch.kind, self._step(batch, part))
            now = time.time()
            self.progress.batch += 1
            self.progress.examples += len(batch)
            self.progress.seconds = before + now - begun
            if now - tally.begun > self.settings.log_seconds:
                self._say(f"{self._where(seconds)} {tally}")
                tally.clear()
            if now - saved > self.settings.save_seconds:
                self.save()
                saved = now
            if now - tested > self.settings.dev_seconds:
                self.evaluate()
                tested = time.time()
        self.save()
        self._say(f"{'stopped' if self.stopped else 'done'} {self._where(seconds)}")
        if not self.stopped:
            self.evaluate()

    def _step(self, batch: Batch, part: float) -> Tensor:
        """Take one step, ``part`` of the time being spent, and return the loss [batch]."""
        warm = min(1.0, (self.progress.examples + len(batch)) / self.settings.warmup)
        for group in self.optimiser.param_groups:
            group["lr"] = self.settings.rate * warm * (1 - part)
        losses = self.loss(batch)
        losses.mean().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.moved.values(), self.settings.clip)
        self.optimiser.step()
        self.optimiser.zero_grad()
        if part >= self.settings.mean_from:
            self._average()
        return losses

    @torch.no_grad()
    def _average(self) -> None:
        """Take the weights into their mean."""
        self.progress.averaged += 1
        if not self.mean:
            self.mean = {name: p.detach().clone() for name, p in self.moved.items()}
        for name, p in self.moved.items():
            self.mean[name].lerp_(p.detach(), 1 / self.progress.averaged)

    def evaluate(self) -> None:
        """Print how many of the examples held back are right, by kind."""
        begun = time.time()
        held = self.mixture.held_batches(self.settings.dev_examples, self.settings.batch)
        found = measure(self.model, held, self.mixture.kinds, self.device)
        count = sum(n for n, _ in found.values())
        whole = sum(n * share for n, share in found.values()) / max(1, count)
        each = " ".join(f"{kind} {share} of {n}" for kind, (n, share) in found.items())
        self._say(f"dev {whole:.1f} % right ({each}), {time.time() - begun:.0f} s")

    def save(self) -> None:
        """Write the checkpoints; their reader sees the old ones or the new ones, never half."""
        state = self.model.state_dict()
        last = {
            "model": checkpoint_names(self.model, state),
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
        self.optimiser.load_state_dict(state["optimiser"])
        self.progress = Progress(**state["progress"])
        self.mean = state["mean"]
        return True

    def _where(self, seconds: float) -> str:
        p, rate = self.progress, self.optimiser.param_groups[0]["lr"]
        share = 100 * min(1.0, p.seconds / seconds)
        return f"{share:.1f} % of {seconds / 60:.0f} min, {p.examples} examples, pass {p.turn}, rate {rate:.1e},"

    def _say(self, text: str) -> None:
        print(f"{datetime.datetime.now():%H:%M:%S} {text}", flush=True)


def freeze(model: Reader, layers: int) -> None:
    """Hold the word embeddings; with ``layers``, all embeddings and so many of the first layers."""
    held: list[torch.nn.Module] = [model.words]
    if layers:
        held += [part for name, part in model.named_children() if name in ("places", "types", "norm")]
        held += list(model.layers[:layers])
    for part in [*held, model.verdict]:
        part.requires_grad_(False)


def make_optimiser(weights: list[torch.nn.Parameter], settings: Settings, device: str) -> torch.optim.AdamW:
    """Return AdamW; biases and layer norms are not decayed."""
    groups: list[dict[str, Any]] = [
        {"params": [p for p in weights if p.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [p for p in weights if p.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, betas=(0.9, 0.98), fused=device in ("cuda", "cpu"))


def write(path: Path, state: dict[str, Any]) -> None:
    """Write a checkpoint whole or not at all."""
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def seconds_of(args: argparse.Namespace, spent: float) -> float:
    """Return the whole time of the run, those ``spent`` by earlier runs included."""
    if not args.until:
        return 60.0 * float(args.minutes)
    hour, minute = (int(part) for part in args.until.split(":"))
    now = datetime.datetime.now()
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if end <= now:
        end += datetime.timedelta(days=1)
    return spent + (end - now).total_seconds()


def open_mixture(given: list[str], seed: int, hold: bool = True) -> Mixture:
    """Return the examples of ``FILE`` or ``FILE:SHARE`` arguments."""
    files, shares = [], []
    for one in given:
        path, _, share = one.rpartition(":") if not one.endswith(".npz") else (one, "", "1")
        try:
            shares.append(float(share))
        except ValueError:
            raise SystemExit(f"--examples {one}: expected FILE.npz or FILE.npz:SHARE, with a number") from None
        files.append(open_examples(path))
    return Mixture(files, shares, seed, hold=hold)


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    path, s = Path, Settings()
    parser.add_argument("--stage", choices=("tune", "logits"), default="tune")
    parser.add_argument("--base", type=path, required=True, help="folder of the small base (MiniLM)")
    parser.add_argument("--from", dest="source", type=path, help="weights to begin with: a .pt, or NAME of NAME-0.npz")
    parser.add_argument("--examples", nargs="+", required=True, metavar="FILE[:SHARE]")
    parser.add_argument("--out", "-o", type=path, required=True, help="folder for checkpoints; logits: the file")
    parser.add_argument("--teacher", type=path, help="weights of the teacher: a .pt, or NAME of NAME-0.npz")
    parser.add_argument("--teacher-base", type=path, help="folder of MPNet, where that is the teacher")
    parser.add_argument("--minutes", type=float, default=60.0, help="time for the run, restarts included")
    parser.add_argument("--until", metavar="HH:MM", help="end of the run, local time, instead of --minutes")
    parser.add_argument("--rate", type=float, default=s.rate)
    parser.add_argument("--batch", type=int, default=s.batch)
    parser.add_argument("--drop", type=float, default=s.drop, help="share of activations dropped")
    parser.add_argument("--soft", type=float, default=s.soft, help="the teacher's part of the loss")
    parser.add_argument("--frozen-layers", type=int, default=s.frozen_layers, help="hold so many first layers")
    parser.add_argument("--dev-examples", type=int, default=s.dev_examples, help="measured every ten minutes")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(argv)


def open_teacher(args: argparse.Namespace) -> Reader:
    """Return the teacher that the arguments name: MPNet with ``--teacher-base``, else a small reader."""
    if args.teacher is None:
        raise SystemExit("--teacher: expected the teacher's weights, a .pt or NAME of NAME-0.npz")
    model = mpnet_reader(args.teacher_base, args.base) if args.teacher_base else bert_reader(args.base)
    load_weights(model, args.teacher)
    return model


def tune(args: argparse.Namespace) -> None:
    """Continue from weights."""
    model = bert_reader(args.base, args.seed)
    if args.source:
        load_weights(model, args.source)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "train.pid").write_text(str(os.getpid()))
    names = ("rate", "batch", "drop", "soft", "frozen_layers", "dev_examples")
    settings = Settings(**{name: getattr(args, name) for name in names})
    trainer = Trainer(model, open_mixture(args.examples, args.seed), args.out, settings, args.device)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, trainer.stop)
    if trainer.resume():
        print(f"resumed at {trainer.progress}", flush=True)
    else:
        trainer.evaluate()
    trainer.train(seconds_of(args, trainer.progress.seconds))


def main() -> None:
    """Run one stage."""
    args = parse()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    if args.stage == "logits":
        write_logits(open_teacher(args), Path(args.examples[0]), args.out, device=args.device)
    else:
        tune(args)


if __name__ == "__main__":
    main()
