"""Train the neural reader: BERT-like base, two linear outputs, spans or "no answer here".

The rate warms up, stays constant for as long as there is time, and goes to zero in a separate decay
phase ("warmup-stable-decay", Hu et al. 2024, MiniCPM, section 4).  The stable checkpoint is kept, so
a later run resumes it, trains longer and decays again:

    train_reader.py --base B --squad train-v1.1.json.gz --out runs --minutes 90
    train_reader.py --base B --squad train-v1.1.json.gz --out runs --decay-examples 8000
"""

from __future__ import annotations

import argparse
import datetime
import os
import signal
import time
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from reader_data import Collection, Encoded, Mix, Pool, Stream, read_squad
from reader_scores import evaluate_gold, sample
from reader_swaps import Swaps, neighbours
from tokenizers import Tokenizer
from transformers import BertForQuestionAnswering

STABLE = "stable.pt"
DECAYED = "decayed.pt"


@dataclass(frozen=True, slots=True)
class Settings:
    """How the weights are moved."""

    rate: float = 1e-4
    warmup: int = 5_000  # examples
    weight_decay: float = 0.01
    clip: float = 1.0
    threads: int = 2
    save_seconds: int = 300
    log_seconds: int = 30
    evaluate_seconds: int = 1200


@dataclass(slots=True)
class Progress:
    """Where training stands; saved in every checkpoint."""

    examples: int = 0
    steps: int = 0
    bucket: int = 0  # where the stream goes on
    batch: int = 0
    seconds: float = 0.0


def load_model(base: Path) -> BertForQuestionAnswering:
    """Return the base model with a new span head, without dropout.

    Few epochs are seen, so dropout would only cost time.  Plain ("eager") attention: at
    these lengths its backward pass on a CPU takes a third of the fused one's time.
    """
    torch.manual_seed(0)
    model = BertForQuestionAnswering.from_pretrained(
        base,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        attn_implementation="eager",
        dtype=torch.float32,
        local_files_only=True,
    )
    model.bert.embeddings.word_embeddings.weight.requires_grad_(False)
    return model


def collate(batch: list[Encoded]) -> dict[str, torch.Tensor]:
    """Return padded int64 inputs [batch, length], targets [batch] and the mask of allowed tokens."""
    length = max(len(example.ids) for example in batch)
    shape = (len(batch), length)
    ids, types = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    mask, allowed = np.zeros(shape, np.int64), np.zeros(shape, np.bool_)
    for row, example in enumerate(batch):
        size = len(example.ids)
        ids[row, :size] = example.ids
        types[row, example.second : size] = 1
        mask[row, :size] = 1
        allowed[row, example.first : size - 1] = True
        allowed[row, 0] = True
    arrays = {
        "input_ids": ids,
        "token_type_ids": types,
        "attention_mask": mask,
        "allowed": allowed,
        "start": np.array([example.start for example in batch]),
        "end": np.array([example.end for example in batch]),
    }
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def loss_of(model: torch.nn.Module, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return the mean cross-entropy of start and end over the tokens where a span may lie."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        out = model(
            input_ids=batch["input_ids"],
            attention_mask=batch["attention_mask"],
            token_type_ids=batch["token_type_ids"],
        )
    barred = ~batch["allowed"]
    losses = [
        torch.nn.functional.cross_entropy(logits.float().masked_fill(barred, -1e4), batch[name])
        for name, logits in (("start", out.start_logits), ("end", out.end_logits))
    ]
    return (losses[0] + losses[1]) / 2


def make_optimiser(model: torch.nn.Module, settings: Settings) -> torch.optim.AdamW:
    """Return AdamW; biases and layer norms are not decayed."""
    free = [p for p in model.parameters() if p.requires_grad]
    groups = [
        {"params": [p for p in free if p.ndim > 1], "weight_decay": settings.weight_decay},
        {"params": [p for p in free if p.ndim < 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.rate, fused=True)


def save(path: Path, model: torch.nn.Module, optimiser: Any, progress: Progress) -> None:
    """Write a checkpoint; a reader of ``path`` sees the old one or the new one, never half."""
    state = {
        "model": model.state_dict(),
        "optimiser": optimiser.state_dict(),
        "progress": {f.name: getattr(progress, f.name) for f in fields(progress)},
    }
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def restore(path: Path, model: torch.nn.Module, optimiser: Any | None) -> Progress:
    """Load a checkpoint into ``model`` (and ``optimiser``) and return where training stood."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    if optimiser is not None:
        optimiser.load_state_dict(state["optimiser"])
    return Progress(**state["progress"])


class Trainer:
    """One phase of training: the stable one, or the decay of ``decay`` examples after it."""

    def __init__(self, base: Path, out: Path, stream: Stream, settings: Settings) -> None:
        torch.set_num_threads(settings.threads)
        self.settings, self.out, self.stream = settings, out, stream
        self.model = load_model(base)
        self.optimiser = make_optimiser(self.model, settings)
        self.progress = Progress()
        self.dev: Collection | None = None
        self.tokenizer: Tokenizer | None = None
        self.stopped = False

    def _step(self, batch: list[Encoded], left: float) -> float:
        """Take one step at the rate of this moment and return the loss; ``left`` is of the decay."""
        warm = min(1.0, (self.progress.examples + 1) / self.settings.warmup)
        for group in self.optimiser.param_groups:
            group["lr"] = self.settings.rate * warm * left
        loss = loss_of(self.model, collate(batch))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.settings.clip)
        self.optimiser.step()
        self.optimiser.zero_grad()
        self.progress.examples += len(batch)
        self.progress.steps += 1
        return float(loss.item())

    def train(self, deadline: float, decay: int = 0) -> None:
        """Train until ``deadline`` (epoch seconds); with ``decay``, for that many examples at most.

        In a decay the rate reaches zero with the last example or at the deadline, whichever is
        sooner, so that a busy machine does not leave it half done.
        """
        self.model.train()
        path = self.out / (DECAYED if decay else STABLE)
        first, begun = self.progress.examples, time.time()
        saved = logged = tested = begun
        seen, total, left = 0, 0.0, 1.0
        position = self.progress.bucket, self.progress.batch
        for bucket, number, batch in self.stream.batches(*position):
            total += self._step(batch, left) * len(batch)
            seen += len(batch)
            self.progress.bucket, self.progress.batch = bucket, number + 1
            now = time.time()
            left = 1.0 if now < deadline else 0.0
            if decay:
                part = (self.progress.examples - first) / decay
                left = max(0.0, 1 - max(part, (now - begun) / (deadline - begun)))
            if now - logged > self.settings.log_seconds:
                self._log(total / seen, seen / (now - logged))
                self.progress.seconds += now - logged
                logged, seen, total = now, 0, 0.0
            done = left == 0 or self.stopped
            if done or now - saved > self.settings.save_seconds:
                save(path, self.model, self.optimiser, self.progress)
                saved = now
            if left == 0 or now - tested > self.settings.evaluate_seconds:
                self.evaluate()
                tested = logged = time.time()
                seen, total = 0, 0.0
            if done:
                return

    def stop(self, *_: object) -> None:
        """End training after the step under way, with a checkpoint; a signal handler."""
        self.stopped = True

    def _log(self, loss: float, speed: float) -> None:
        p, rate = self.progress, self.optimiser.param_groups[0]["lr"]
        clock = datetime.datetime.now().strftime("%H:%M:%S")
        print(
            f"{clock} step {p.steps} examples {p.examples} bucket {p.bucket} "
            f"loss {loss:.3f} {speed:.1f} examples/s rate {rate:.2e}",
            flush=True,
        )

    def evaluate(self) -> None:
        """Print EM and F1 on the development sample, if there is one."""
        if self.dev is None or self.tokenizer is None:
            return
        self.model.eval()

        def logits(ids: Any, types: Any, mask: Any) -> tuple[Any, Any]:
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                out = self.model(
                    input_ids=torch.from_numpy(ids),
                    token_type_ids=torch.from_numpy(types),
                    attention_mask=torch.from_numpy(mask),
                )
            return out.start_logits.float().numpy(), out.end_logits.float().numpy()

        begun = time.time()
        result = evaluate_gold(logits, self.dev, self.tokenizer)
        print(f"dev {result} after {self.progress.examples} examples, {time.time() - begun:.0f} s")
        self.model.train()


def open_stream(args: argparse.Namespace, tokenizer: Tokenizer) -> Stream:
    """Return the training batches that the arguments ask for."""
    weights = load_model(args.base).bert.embeddings.word_embeddings.weight
    swaps = Swaps(neighbours(tokenizer, weights.detach().numpy()))

    def pool(path: Path | None) -> Pool | None:
        return Pool(read_squad(path), tokenizer) if path else None

    main = pool(args.squad)
    assert main is not None
    mix = Mix(max_tokens=args.max_tokens, batch=args.batch, swaps=args.swaps, seed=args.seed)
    return Stream(main, pool(args.squad2_part), pool(args.reviews), swaps, mix)


def deadline_of(args: argparse.Namespace) -> float:
    """Return when this phase ends, in epoch seconds."""
    if args.until:
        hour, minute = (int(part) for part in args.until.split(":"))
        return datetime.datetime.now().replace(hour=hour, minute=minute, second=0).timestamp()
    return time.time() + 60.0 * float(args.minutes)


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    path = Path
    parser.add_argument("--base", type=path, required=True, help="folder of the base model")
    parser.add_argument("--squad", type=path, required=True, help="SQuAD 1.1 train")
    parser.add_argument("--squad2-part", type=path, help="SQuAD 2.0 train, for its unanswerable")
    parser.add_argument("--reviews", type=path, help="SubjQA train, for its unanswerable")
    parser.add_argument("--dev", type=path, help="SQuAD 1.1 dev, measured now and then")
    parser.add_argument("--dev-questions", type=int, default=600)
    parser.add_argument("--out", type=path, required=True, help="folder for checkpoints")
    parser.add_argument("--minutes", type=float, default=60.0, help="longest time for this phase")
    parser.add_argument("--until", metavar="HH:MM", help="end of this phase, local time")
    parser.add_argument("--decay-examples", type=int, default=0, help="decay now, from the stable checkpoint")
    parser.add_argument("--rate", type=float, default=Settings().rate)
    parser.add_argument("--batch", type=int, default=Mix().batch)
    parser.add_argument("--max-tokens", type=int, default=Mix().max_tokens)
    parser.add_argument("--swaps", type=float, default=Mix().swaps, help="changed questions for each positive")
    parser.add_argument("--threads", type=int, default=Settings().threads)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(argv)


def main() -> None:
    """Run one phase of training."""
    args = parse()
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "train.pid").write_text(str(os.getpid()))
    tokenizer = Tokenizer.from_file(str(args.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    settings = Settings(rate=args.rate, threads=args.threads)
    trainer = Trainer(args.base, args.out, open_stream(args, tokenizer), settings)
    if args.dev:
        trainer.dev = sample(read_squad(args.dev), args.dev_questions)
        trainer.tokenizer = tokenizer
    if (args.out / STABLE).exists():
        trainer.progress = restore(args.out / STABLE, trainer.model, trainer.optimiser)
        print(f"resumed at {trainer.progress}", flush=True)
    elif args.decay_examples:
        raise SystemExit(f"{args.out / STABLE}: not found; run the stable phase before the decay")
    signal.signal(signal.SIGTERM, trainer.stop)
    trainer.train(deadline_of(args), args.decay_examples)


if __name__ == "__main__":
    main()
