"""The reader learns what its examples say, stops and goes on, and keeps its weights under any name."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="PyTorch is not installed: citespan[train]")

import reader_trainer  # noqa: E402
from reader_arrays import Example, open_examples, write_examples  # noqa: E402
from reader_batches import Batch, Mixture  # noqa: E402
from reader_logits import write_logits  # noqa: E402
from reader_losses import best_span, followed_loss, hard_loss, soft_loss, verdict_loss  # noqa: E402
from reader_model import BertReader, MpnetReader, own_names, relative_buckets, to_transformers  # noqa: E402
from reader_trainer import LAST, MEAN, Distiller, Settings, Trainer  # noqa: E402

QUICK = Settings(rate=3e-3, batch=8, drop=0.0, warmup=8, part=3, save_seconds=1000)


@pytest.fixture(autouse=True)
def _steady_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step takes a hundredth of a second, however busy the machine is."""
    ticks = itertools.count()
    monkeypatch.setattr(reader_trainer.time, "time", lambda: next(ticks) / 100)


def small(seed: int = 0, layers: int = 1) -> BertReader:
    torch.manual_seed(seed)
    return BertReader(50, 24, layers)


def examples(folder: Path, count: int = 96) -> Path:
    """Writes examples whose answer is the token 7, where there is one."""
    rng = np.random.default_rng(0)
    made = []
    for number in range(count):
        passage = rng.integers(10, 50, int(rng.integers(4, 9)))
        ids = np.concatenate([[1, 5, 2], passage, [2]])
        allowed = np.arange(len(ids)) >= 3
        allowed[-1] = False
        place = 3 + int(rng.integers(len(passage)))
        if number % 2:
            ids[place] = 7
        start = place if number % 2 else 0
        made.append(Example(ids, 3, allowed, start, start, "one" if start else "none"))
    write_examples(folder / "e.npz", made)
    return folder / "e.npz"


def mixture(path: Path) -> Mixture:
    return Mixture([open_examples(path)], [1.0])


def loss_of(trainer: Trainer, batch: Batch) -> float:
    trainer.model.eval()
    with torch.no_grad():
        return float(trainer.loss(batch).mean())


def test_weights_come_back_from_the_names_of_transformers() -> None:
    model = small(layers=2)
    back = own_names(to_transformers(model.state_dict()), "bert")
    assert back.keys() == model.state_dict().keys()
    assert all(torch.equal(back[name], tensor) for name, tensor in model.state_dict().items())


def test_padding_changes_nothing() -> None:
    for model in (small(), MpnetReader(50, 24, 1, torch.arange(50))):
        model.eval()
        ids = torch.tensor([[1, 5, 2, 11, 12, 2, 0, 0], [1, 5, 2, 11, 12, 13, 14, 2]])
        both = model(ids, torch.tensor([3, 3]), torch.tensor([6, 8]))
        alone = model(ids[:1, :6], torch.tensor([3]), torch.tensor([6]))
        assert torch.allclose(both[0, :6], alone[0], atol=1e-5)


def test_the_teacher_reads_the_first_separator_twice() -> None:
    model = MpnetReader(50, 24, 1, torch.arange(50)).eval()
    seen: list[list[int]] = []
    model.words.register_forward_hook(lambda _, given, __: seen.append(given[0][0].tolist()))
    model(torch.tensor([[1, 5, 2, 11, 12, 2]]), torch.tensor([3]), torch.tensor([6]))
    assert seen == [[1, 5, 2, 2, 11, 12, 2]]


def test_near_distances_have_buckets_of_their_own_and_far_ones_share() -> None:
    found = relative_buckets(400)
    assert found[10, 3:18].tolist() == [7, 6, 5, 4, 3, 2, 1, 0, 17, 18, 19, 20, 21, 22, 23]
    assert found[399, 0] == found[399, 200] == 15
    assert found[0, 399] == 31


def test_a_pass_holds_each_example_as_often_as_its_share_says(tmp_path: Path) -> None:
    path = examples(tmp_path, 300)
    files = [open_examples(path), open_examples(path)]
    mixed = Mixture(files, [2.0, 0.5])
    rows = np.concatenate(mixed.batches(0, 8)).tolist()
    free = 300 - 2  # one of each kind is held back
    assert len(rows) == 2 * free + free // 2
    held = {(number, row) for number, some in mixed.held(100) for row in some.tolist()}
    assert len(held) == 4
    assert not held & {(number, row) for number, row in rows}
    assert rows == np.concatenate(Mixture(files, [2.0, 0.5]).batches(0, 8)).tolist()
    assert rows != np.concatenate(mixed.batches(1, 8)).tolist()


def test_losses_are_those_of_a_hand_computed_case(tmp_path: Path) -> None:
    batch = mixture(examples(tmp_path)).batch(np.array([[0, 0]]))
    even = torch.zeros(1, batch.ids.shape[1])
    assert math.isclose(float(hard_loss(even, even, batch)), math.log(even.shape[1]), rel_tol=1e-6)
    assert float(soft_loss(even, even, even, even)) == 0
    certain = even.clone()
    certain[0, 2] = 1000.0
    expected = 4 * math.log(even.shape[1])
    assert math.isclose(float(soft_loss(even, even, certain, certain)), expected, rel_tol=1e-5)
    mixed = followed_loss((even, even), (certain, certain), batch, 0.7)
    assert math.isclose(float(mixed), 0.3 * math.log(even.shape[1]) + 0.7 * expected, rel_tol=1e-5)


def test_the_best_span_never_runs_backwards_nor_over_the_first_token() -> None:
    start, end = torch.tensor([[1.0, 0.0, 5.0, 0.0]]), torch.tensor([[1.0, 9.0, 0.0, 2.0]])
    assert [int(n) for n in best_span(start, end)] == [1, 1]
    assert [int(n) for n in best_span(start, end - torch.tensor([[0, 9, 0, 0]]))] == [2, 3]
    assert [int(n) for n in best_span(start + torch.tensor([[99, 0, 0, 0]]), end)] == [0, 0]


def test_training_learns_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    mixed = mixture(examples(tmp_path))
    trainer = Trainer(small(), mixed, tmp_path, QUICK, "cpu")
    batch = mixed.batch(np.concatenate(mixed.batches(0, 8)))
    before = loss_of(trainer, batch)
    trainer.train(2.0)
    assert loss_of(trainer, batch) < before / 2
    again = Trainer(small(seed=1), mixed, tmp_path, QUICK, "cpu")
    assert again.resume()
    assert again.progress == trainer.progress
    assert again.progress.averaged > 0
    assert all(torch.equal(a, b) for a, b in zip(again.model.parameters(), trainer.model.parameters(), strict=True))
    kept = torch.load(tmp_path / MEAN, weights_only=True)["model"]
    assert torch.equal(kept["qa_outputs.weight"], trainer.mean["span.weight"])
    assert not torch.equal(kept["qa_outputs.weight"], torch.load(tmp_path / LAST)["model"]["qa_outputs.weight"])


def test_a_stop_saves_and_ends(tmp_path: Path) -> None:
    trainer = Trainer(small(), mixture(examples(tmp_path)), tmp_path, QUICK, "cpu")
    trainer.stop()
    trainer.train(3600.0)
    assert (tmp_path / LAST).exists()


def test_frozen_layers_and_words_stay(tmp_path: Path) -> None:
    model = small(layers=2)
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    settings = replace(QUICK, frozen_layers=1)
    Trainer(model, mixture(examples(tmp_path)), tmp_path, settings, "cpu").train(0.3)
    moved = {name for name, tensor in model.state_dict().items() if not torch.equal(before[name], tensor)}
    assert moved
    assert all(name.startswith(("layers.1.", "span.")) for name in moved)


def test_logits_written_beside_examples_are_those_of_the_teacher(tmp_path: Path) -> None:
    path, target = examples(tmp_path), tmp_path / "taught.npz"
    teacher = small(seed=3)
    write_logits(teacher, path, target, device="cpu", batch=5)
    taught = open_examples(target)
    batch = Mixture([taught], [1.0]).batch(np.array([[0, 4], [0, 9]]))
    assert batch.taught is not None
    assert batch.taught.all()
    wanted = teacher.span(teacher(batch.ids, batch.second, batch.size))[..., 1]
    size = int(batch.size[0])
    assert batch.teacher_end is not None
    assert torch.allclose(batch.teacher_end[0, :size], wanted[0, :size], atol=1e-3)


def test_a_distilled_reader_comes_near_its_teacher(tmp_path: Path) -> None:
    torch.manual_seed(5)
    teacher = MpnetReader(50, 36, 1, torch.arange(50))
    with torch.no_grad():
        teacher.span.weight.mul_(20)
    mixed = mixture(examples(tmp_path))
    trainer = Distiller(small(), mixed, tmp_path, replace(QUICK, soft=1.0), "cpu", teacher=teacher)
    batch = mixed.batch(np.concatenate(mixed.batches(0, 8)))
    before = loss_of(trainer, batch)
    trainer.train(1.0)
    assert loss_of(trainer, batch) < before / 2
    assert Distiller(small(1), mixed, tmp_path, QUICK, "cpu", teacher=teacher).resume()


def claims(folder: Path, count: int = 60) -> Path:
    """Writes claims whose verdict is told by the token 7 or 8 in their evidence; neither: not found."""
    rng = np.random.default_rng(0)
    made = []
    for number in range(count):
        ids = np.concatenate([[1, 5, 2], rng.integers(10, 50, 6), [2]])
        label = number % 3
        if label < 2:
            ids[5] = 7 + label
        made.append(Example(ids, 3, [False] * len(ids), 0, 0, "claim", label))
    write_examples(folder / "c.npz", made)
    return folder / "c.npz"


def test_the_loss_of_a_verdict_is_that_of_a_hand_computed_case() -> None:
    even = torch.zeros(4, 3)
    found = verdict_loss(even, torch.tensor([0, 2, 3, -1]))
    assert torch.allclose(found, torch.tensor([math.log(3), math.log(3), math.log(1.5), 0.0]))
    certain = torch.tensor([[1000.0, 0, 0]])
    mixed = verdict_loss(even[:1], torch.tensor([0]), certain, 0.7)
    assert math.isclose(float(mixed), 0.3 * math.log(3) + 0.7 * 4 * math.log(3), rel_tol=1e-5)


def test_claims_are_learnt_beside_spans_and_leave_the_span_loss_alone(tmp_path: Path) -> None:
    mixed = Mixture([open_examples(examples(tmp_path)), open_examples(claims(tmp_path))], [1.0, 1.0])
    assert mixed.judges
    assert not mixture(examples(tmp_path)).judges
    trainer = Trainer(small(), mixed, tmp_path / "run", replace(QUICK, drop=0.0), "cpu")
    (tmp_path / "run").mkdir()
    batch = mixed.batch(np.array([[1, row] for row in range(30)]))
    even = torch.zeros(30, batch.ids.shape[1]).masked_fill(~batch.allowed, -1e4)
    assert hard_loss(even, even, batch).abs().max() < 1e-6
    before = loss_of(trainer, batch)
    trainer.train(3.0)
    assert loss_of(trainer, batch) < before / 2


def test_a_teacher_of_verdicts_is_followed(tmp_path: Path) -> None:
    mixed = Mixture([open_examples(claims(tmp_path))], [1.0])
    trainer = Distiller(small(), mixed, tmp_path, QUICK, "cpu", teacher=small(seed=3))
    batch = mixed.batch(np.array([[0, row] for row in range(30)]))
    before = loss_of(trainer, batch)
    trainer.train(2.0)
    assert loss_of(trainer, batch) < before
