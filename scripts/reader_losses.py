"""What the reader is trained to make small, and how well it does on examples that are held back.

All losses come for each example of a batch, so that they can be told apart by kind.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from reader_batches import Batch
from reader_model import BARRED, Reader
from torch import Tensor
from torch.nn import functional

EITHER = 3  # the label of a claim that is contradicted or not found
TEMPERATURE = 2.0  # of both sides when a teacher is followed (Hinton et al. 2015)


def hard_loss(start: Tensor, end: Tensor, batch: Batch) -> Tensor:
    """Return the cross-entropy [batch] of the first and last token of the answer, their mean."""
    losses = [
        functional.cross_entropy(logits, target, reduction="none")
        for logits, target in ((start, batch.start), (end, batch.end))
    ]
    return (losses[0] + losses[1]) / 2


def soft_loss(start: Tensor, end: Tensor, teacher_start: Tensor, teacher_end: Tensor) -> Tensor:
    """Return the divergence [batch] from the teacher's logits [batch, tokens], mean of start and end.

    Times the square of the temperature, so that its gradient is of the size of the cross-entropy's.
    """
    found = []
    for ours, theirs in ((start, teacher_start), (end, teacher_end)):
        learnt = functional.log_softmax(ours / TEMPERATURE, dim=1)
        taught = functional.log_softmax(theirs.float() / TEMPERATURE, dim=1)
        found.append(functional.kl_div(learnt, taught, log_target=True, reduction="none").sum(dim=1))
    return TEMPERATURE**2 * (found[0] + found[1]) / 2


def followed_loss(ours: tuple[Tensor, Tensor], theirs: tuple[Tensor, Tensor], batch: Batch, soft: float) -> Tensor:
    """Return the loss [batch] against the answers and, ``soft`` of it, against a teacher's logits."""
    return (1 - soft) * hard_loss(*ours, batch) + soft * soft_loss(*ours, *theirs)


def stored_loss(start: Tensor, end: Tensor, batch: Batch, soft: float) -> Tensor:
    """Return the loss [batch]; a teacher's logits are followed where the file has them."""
    if batch.taught is None or batch.teacher_start is None or batch.teacher_end is None:
        return hard_loss(start, end, batch)
    barred = ~batch.allowed
    theirs = (batch.teacher_start.masked_fill(barred, BARRED), batch.teacher_end.masked_fill(barred, BARRED))
    mixed = followed_loss((start, end), theirs, batch, soft)
    return torch.where(batch.taught, mixed, hard_loss(start, end, batch))


def verdict_loss(ours: Tensor, label: Tensor, theirs: Tensor | None = None, soft: float = 0.0) -> Tensor:
    """Return the loss [batch] of verdicts [batch, 3] on claims; 0 for examples that ask for a span (label -1).

    Label 3 is "contradicted or not found".  With ``theirs``, ``soft`` of the loss is the divergence from a teacher.
    """
    sure = functional.log_softmax(ours, dim=1)
    either = torch.logsumexp(sure[:, 1:], dim=1)
    loss = -torch.where(label == EITHER, either, sure.gather(1, label.clamp(0, 2)[:, None]).squeeze(1))
    if theirs is not None:
        learnt, taught = (functional.log_softmax(logits / TEMPERATURE, dim=1) for logits in (ours, theirs))
        distance = functional.kl_div(learnt, taught, log_target=True, reduction="none").sum(dim=1)
        loss = (1 - soft) * loss + soft * TEMPERATURE**2 * distance
    return loss * (label >= 0)


def hidden_loss(seen: Tensor, taught: Tensor, size: Tensor) -> Tensor:
    """Return the squared error of hidden states [batch, tokens, width] as a share of the teacher's squares."""
    alive = torch.arange(seen.shape[1], device=seen.device)[None, :] < size[:, None]
    error = ((seen.float() - taught.float()).square().mean(dim=2) * alive).sum()
    return error / (taught.float().square().mean(dim=2) * alive).sum()


def read(model: Reader, batch: Batch, device: str, half: bool = False) -> Tensor:
    """Return the last hidden state [batch, tokens, width]; on a GPU, and with ``half``, in bfloat16."""
    with torch.autocast(device, dtype=torch.bfloat16, enabled=half or device == "cuda"):
        hidden: Tensor = model(batch.ids, batch.second, batch.size)
    return hidden


@torch.no_grad()
def measure(
    model: Reader, batches: Iterable[Batch], kinds: tuple[str, ...], device: str
) -> dict[str, tuple[int, float]]:
    """Return for each kind how many examples there are and the share, in per cent, that is right.

    Right is the very span where there is an answer, "no answer" where there is none, and a claim's verdict.
    """
    right = torch.zeros(len(kinds))
    count = torch.zeros(len(kinds))
    model.eval()
    for given in batches:
        batch = given.to(device)
        hidden = read(model, batch, device)
        start, end = model.spans(hidden, batch.allowed)
        first, last = best_span(start, end)
        said = model.verdicts(hidden).argmax(dim=1)
        judged = torch.where(batch.label == EITHER, said > 0, said == batch.label)
        good = torch.where(batch.label < 0, (first == batch.start) & (last == batch.end), judged).float().cpu()
        kind = batch.kind.cpu()
        right.index_add_(0, kind, good)
        count.index_add_(0, kind, torch.ones(len(good)))
    model.train()
    return {
        kind: (int(count[number]), round(100 * float(right[number] / count[number]), 1))
        for number, kind in enumerate(kinds)
        if count[number]
    }


def best_span(start: Tensor, end: Tensor, longest: int = 30) -> tuple[Tensor, Tensor]:
    """Return the first and last token [batch] of the best span; 0 and 0 where "no answer" is better."""
    tokens = start.shape[1]
    at = torch.arange(tokens, device=start.device)
    length = at[None, :] - at[:, None]
    fits = (length >= 0) & (length < longest)
    fits[0, 1:] = False  # [CLS] is no token of an answer
    table = (start[:, :, None] + end[:, None, :]).masked_fill(~fits, 4 * BARRED).flatten(1)
    best = table.argmax(dim=1)
    return best // tokens, best % tokens
