"""Train the neural reader on encoded examples (``encode_squad.py``), by the clock.

Continue from weights, on several files, each drawn as often as its share says:

    train_reader.py --stage tune --base B --from weights/small --examples replay.npz:0.5 lists.npz:2 \\
        --out runs/tune --minutes 90

Write a teacher's logits beside the examples first, and they are followed as well; a small reader can
be its own teacher, so that it forgets nothing:

    train_reader.py --stage logits --base B --teacher weights/small --examples replay.npz -o anchored.npz
    train_reader.py --stage logits --base B --teacher weights/teacher --teacher-base M ...

From the bases to a small reader, best on a GPU, where one pass takes a minute or two:

    train_reader.py --stage teacher --base B --teacher-base M --examples pass-*.npz --out teacher --minutes 4
    train_reader.py --stage distil --base B --teacher-base M --teacher teacher/mean.pt \\
        --examples pass-*.npz --out small --minutes 5

The rate warms up and falls to zero at the end of the time.  A run that was stopped (SIGTERM saves) goes
on where it was when the same command is given again.  ``OUT/last.pt`` has the newest weights and
``OUT/mean.pt`` their mean over the last third, which reads better; ``export_reader.py`` takes both.

On a processor, these make glibc keep its memory, which is 10 % faster:

    MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=4000000000 train_reader.py --threads 1 ...
"""

from __future__ import annotations

import argparse
import datetime
import os
import signal
from dataclasses import replace
from pathlib import Path

import torch
from reader_arrays import open_examples
from reader_batches import Mixture
from reader_logits import write_logits
from reader_model import Reader, bert_reader, load_weights, mpnet_reader
from reader_trainer import Distiller, Settings, Trainer

# The teacher's and the distilling rates are those of the reader that ships (shared/reader/README.md).
STAGES = {
    "tune": Settings(rate=5e-5, batch=32, drop=0.0, warmup=2_000),
    "teacher": Settings(rate=4e-5, batch=64, drop=0.1, warmup=20_000),
    "distil": Settings(rate=2.5e-4, batch=128, drop=0.05, warmup=40_000),
}
CHOSEN = ("rate", "batch", "drop", "warmup", "part", "soft", "frozen_layers", "half", "dev_examples")
CPU_PART = 8  # so many examples' activations stay in the processor's cache: 5 % faster than 32


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


def open_mixture(given: list[str], seed: int, device: str) -> Mixture:
    """Return the examples of ``FILE`` or ``FILE:SHARE`` arguments."""
    files, shares = [], []
    for one in given:
        path, _, share = one.rpartition(":") if not one.endswith(".npz") else (one, "", "1")
        try:
            shares.append(float(share))
        except ValueError:
            raise SystemExit(f"--examples {one}: expected FILE.npz or FILE.npz:SHARE, with a number") from None
        files.append(open_examples(path))
    return Mixture(files, shares, seed, device=device)


def parse(argv: list[str] | None = None) -> argparse.Namespace:
    """Return the parsed command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    path = Path
    parser.add_argument("--stage", choices=("tune", "logits", "teacher", "distil"), default="tune")
    parser.add_argument("--base", type=path, required=True, help="folder of the small base (MiniLM)")
    parser.add_argument(
        "--from", dest="source", type=path, help="weights to begin with: .pt, .onnx, or NAME of NAME-0.npz"
    )
    parser.add_argument("--examples", nargs="+", required=True, metavar="FILE[:SHARE]")
    parser.add_argument("--out", "-o", type=path, required=True, help="folder for checkpoints; logits: the file")
    parser.add_argument("--teacher", type=path, help="weights of the teacher: a .pt, or NAME of NAME-0.npz")
    parser.add_argument("--teacher-base", type=path, help="folder of MPNet, where that is the teacher")
    parser.add_argument("--minutes", type=float, default=60.0, help="time for the run, restarts included")
    parser.add_argument("--until", metavar="HH:MM", help="end of the run, local time, instead of --minutes")
    parser.add_argument("--rate", type=float, help="highest rate; each stage has its own")
    parser.add_argument("--batch", type=int, help="examples a step; each stage has its own")
    parser.add_argument("--part", type=int, help=f"examples read at once; {CPU_PART} on a processor, else the batch")
    parser.add_argument("--warmup", type=int, help="examples until the highest rate")
    parser.add_argument("--drop", type=float, help="share of activations dropped")
    parser.add_argument("--soft", type=float, help="the teacher's part of the loss")
    parser.add_argument("--frozen-layers", type=int, help="hold so many first layers: two make a step a fifth faster")
    parser.add_argument(
        "--half", action="store_const", const=True, help="bfloat16 on a processor too: a third faster where it has AMX"
    )
    parser.add_argument("--dev-examples", type=int, help="measured every ten minutes")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args(argv)


def open_teacher(args: argparse.Namespace) -> Reader:
    """Return the teacher that the arguments name: MPNet with ``--teacher-base``, else a small reader."""
    if args.teacher is None:
        raise SystemExit(f"--stage {args.stage}: give --teacher, a .pt or NAME of NAME-0.npz")
    model = mpnet_reader(args.teacher_base, args.base) if args.teacher_base else bert_reader(args.base)
    load_weights(model, args.teacher)
    return model


def open_model(args: argparse.Namespace) -> Reader:
    """Return the reader to train, with the weights to begin with."""
    if args.stage != "teacher":
        model: Reader = bert_reader(args.base, args.seed)
    elif args.teacher_base is None:
        raise SystemExit("--stage teacher: give --teacher-base, the folder of MPNet")
    else:
        model = mpnet_reader(args.teacher_base, args.base, args.seed)
    if args.source:
        load_weights(model, args.source)
    return model


def open_trainer(args: argparse.Namespace) -> Trainer:
    """Return the trainer of a stage."""
    given = {name: getattr(args, name) for name in CHOSEN if getattr(args, name) is not None}
    if args.device == "cpu":
        given.setdefault("part", CPU_PART)
    settings = replace(STAGES[args.stage], **given)
    mixture = open_mixture(args.examples, args.seed, args.device)
    model = open_model(args)
    if args.stage == "distil":
        return Distiller(model, mixture, args.out, settings, args.device, teacher=open_teacher(args))
    return Trainer(model, mixture, args.out, settings, args.device)


def main() -> None:
    """Run one stage."""
    args = parse()
    torch.set_num_threads(args.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    if args.stage == "logits":
        write_logits(open_teacher(args), Path(args.examples[0]), args.out, device=args.device)
        return
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "train.pid").write_text(str(os.getpid()))
    trainer = open_trainer(args)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, trainer.stop)
    if trainer.resume():
        print(f"resumed at {trainer.progress}", flush=True)
    else:
        trainer.evaluate()
    seconds = seconds_of(args, trainer.progress.seconds)
    if trainer.progress.seconds < seconds:
        trainer.train(seconds)
    else:
        print(f"{args.out}: these {seconds / 60:.0f} minutes are over; more --minutes go on from here")


if __name__ == "__main__":
    main()
