"""The two encoders of the reader in plain PyTorch, and the files that their weights come from and go to.

Both are fed the same rows of BERT word pieces, ``[CLS] question [SEP] heading : passage [SEP]``:

    BertReader   absolute positions and token types: the small reader that ships (MiniLM, 6 x 384)
    MpnetReader  relative positions, no token types: the teacher (12 x 768).  It maps the ids to its own
                 and doubles the first separator itself, so its output lines up with the small one's.

Weights are read from a base's ``model.safetensors``, from a checkpoint (``.pt``), or from the
``NAME-0.npz``, ``NAME-1.npz``, ... of ``../shared/reader/weights``.
"""

from __future__ import annotations

import json
import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from reader_import import onnx_weights
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

HEADS = 12
BUCKETS = 32  # of MPNet's relative positions
FAR = 128  # tokens; all distances beyond share a bucket
VERDICTS = 3  # supported, contradicted, not found: the second head, for judging claims
BARRED = -1e4  # a logit that no softmax gives weight, in 16 bits too

State = dict[str, Tensor]

# Our parts of a layer, and their names in the two bases.
_PARTS = {
    "bert": {
        "qkv": ("attention.self.query", "attention.self.key", "attention.self.value"),
        "out": ("attention.output.dense",),
        "n1": ("attention.output.LayerNorm",),
        "up": ("intermediate.dense",),
        "down": ("output.dense",),
        "n2": ("output.LayerNorm",),
    },
    "mpnet": {
        "qkv": ("attention.attn.q", "attention.attn.k", "attention.attn.v"),
        "out": ("attention.attn.o",),
        "n1": ("attention.LayerNorm",),
        "up": ("intermediate.dense",),
        "down": ("output.dense",),
        "n2": ("output.LayerNorm",),
    },
}
_OUTSIDE = {
    "words.weight": "embeddings.word_embeddings.weight",
    "places.weight": "embeddings.position_embeddings.weight",
    "types.weight": "embeddings.token_type_embeddings.weight",
    "norm.weight": "embeddings.LayerNorm.weight",
    "norm.bias": "embeddings.LayerNorm.bias",
    "bias.weight": "encoder.relative_attention_bias.weight",
}
# Of a question answering model; transformers has no head for verdicts.
_HEADS = {"span.weight": "qa_outputs.weight", "span.bias": "qa_outputs.bias"}


class Layer(nn.Module):
    """One transformer layer, normalised after each half (Vaswani et al. 2017; Devlin et al. 2019)."""

    def __init__(self, width: int, epsilon: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.n1 = nn.LayerNorm(width, eps=epsilon)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.n2 = nn.LayerNorm(width, eps=epsilon)

    def forward(self, x: Tensor, mask: Tensor | None, drop: float) -> Tensor:
        """Return [batch, tokens, width]; ``mask`` is added to the attention, or bars it where False."""
        batch, tokens, width = x.shape
        parts = self.qkv(x).view(batch, tokens, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = parts[0], parts[1], parts[2]
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        seen = self.out(seen.transpose(1, 2).reshape(batch, tokens, width))
        x = self.n1(x + functional.dropout(seen, drop, self.training))
        wide = self.down(functional.gelu(self.up(x)))
        done: Tensor = self.n2(x + functional.dropout(wide, drop, self.training))
        return done


class Reader(nn.Module, ABC):
    """What both encoders share: word and place embeddings, layers, and the two heads."""

    kind: str

    def __init__(self, words: int, places: int, width: int, layers: int, epsilon: float) -> None:
        super().__init__()
        self.words = nn.Embedding(words, width)
        self.places = nn.Embedding(places, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.layers = nn.ModuleList(Layer(width, epsilon) for _ in range(layers))
        self.span = nn.Linear(width, 2)
        self.verdict = nn.Linear(width, VERDICTS)
        for head in (self.span, self.verdict):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)
        self.drop = 0.0

    @property
    def width(self) -> int:
        """The size of the hidden state of a token."""
        return self.words.embedding_dim

    @abstractmethod
    def forward(self, ids: Tensor, second: Tensor, size: Tensor) -> Tensor:
        """Return the last hidden state [batch, tokens, width].

        ``ids`` [batch, tokens] are BERT's; ``second`` [batch] is where the passage's half begins, after
        the first separator; ``size`` [batch] counts the tokens that are not padding.
        """

    def spans(self, hidden: Tensor, allowed: Tensor) -> tuple[Tensor, Tensor]:
        """Return start and end logits [batch, tokens]; ``allowed`` says where a span may lie."""
        logits = self.span(hidden.float()).masked_fill(~allowed[:, :, None], BARRED)
        return logits[..., 0], logits[..., 1]

    def verdicts(self, hidden: Tensor) -> Tensor:
        """Return the logits [batch, 3] of supported, contradicted and not found."""
        found: Tensor = self.verdict(hidden[:, 0].float())
        return found

    def _through(self, x: Tensor, mask: Tensor | None) -> Tensor:
        x = functional.dropout(self.norm(x), self.drop, self.training)
        for layer in self.layers:
            x = layer(x, mask, self.drop)
        return x


class BertReader(Reader):
    """The small reader: BERT's embeddings of places and types (Devlin et al. 2019)."""

    kind = "bert"

    def __init__(self, words: int, width: int, layers: int) -> None:
        super().__init__(words, 512, width, layers, 1e-12)
        self.types = nn.Embedding(2, width)

    def forward(self, ids: Tensor, second: Tensor, size: Tensor) -> Tensor:
        """Return the last hidden state [batch, tokens, width]."""
        at = torch.arange(ids.shape[1], device=ids.device)
        types = (at[None, :] >= second[:, None]).long()
        x = self.words(ids) + self.places.weight[: len(at)] + self.types(types)
        mask = (at[None, :] < size[:, None])[:, None, None, :]
        return self._through(x, mask)


class MpnetReader(Reader):
    """The teacher: MPNet's relative positions, added to the attention of every layer (Song et al. 2020)."""

    kind = "mpnet"
    own_ids: Tensor

    def __init__(self, words: int, width: int, layers: int, own_ids: Tensor) -> None:
        super().__init__(words, 514, width, layers, 1e-5)
        self.bias = nn.Embedding(BUCKETS, HEADS)
        self.register_buffer("own_ids", own_ids, persistent=False)

    def forward(self, ids: Tensor, second: Tensor, size: Tensor) -> Tensor:
        """Return the last hidden state [batch, tokens, width], lined up with the BERT ids."""
        tokens = ids.shape[1]
        at = torch.arange(tokens + 1, device=ids.device)
        # MPNet separates a pair with two separators: the first one is read twice.
        source = at[None, :] - (at[None, :] >= second[:, None]).long()
        x = self.words(self.own_ids[ids.gather(1, source)]) + self.places.weight[2 : tokens + 3]
        near = self.bias(relative_buckets(tokens + 1, ids.device)).permute(2, 0, 1)[None]
        padding = at[None, :] > size[:, None]
        mask = near.expand(len(ids), -1, -1, -1).masked_fill(padding[:, None, None, :], BARRED)
        if torch.is_autocast_enabled(ids.device.type):
            mask = mask.to(torch.bfloat16)
        if ids.device.type == "cuda":  # the fused kernel reads masks in rows of eight
            mask = functional.pad(mask, (0, -(tokens + 1) % 8))[..., : tokens + 1]
        x = self._through(x, mask)
        back = at[None, :-1] + (at[None, :-1] >= second[:, None]).long()
        return x.gather(1, back[:, :, None].expand(-1, -1, x.shape[2]))


def relative_buckets(tokens: int, device: torch.device | str = "cpu") -> Tensor:
    """Return the bucket [tokens, tokens] of the distance from each token (row) to each other one.

    Half of the buckets are for tokens after, half for those before; in each half 8 for the next
    distances and the rest in growing steps up to ``FAR`` (Raffel et al. 2020, T5, section 2.1).
    """
    at = torch.arange(tokens, device=device)
    distance = at[:, None] - at[None, :]
    after = (distance < 0).long() * (BUCKETS // 2)
    distance = distance.abs()
    exact = BUCKETS // 4
    growth = torch.log(distance.float().clamp(min=1) / exact) / math.log(FAR / exact)
    wide = exact + (growth * exact).long()
    return after + torch.where(distance < exact, distance, wide.clamp(max=BUCKETS // 2 - 1))


def bert_reader(base: Path, seed: int = 0) -> BertReader:
    """Return the small reader with the weights of the base in folder ``base`` and new heads."""
    torch.manual_seed(seed)
    given = _base_weights(base)
    words = given["embeddings.word_embeddings.weight"]
    model = BertReader(words.shape[0], words.shape[1], _count_layers(given))
    _fill(model, from_transformers(given, "bert"), base)
    return model


def mpnet_reader(base: Path, small_base: Path, seed: int = 0) -> MpnetReader:
    """Return the teacher with the weights of ``base`` and new heads; ``small_base`` has BERT's tokenizer."""
    torch.manual_seed(seed)
    given = _base_weights(base)
    words = given["embeddings.word_embeddings.weight"]
    own_ids = torch.from_numpy(own_token_ids(small_base, base))
    model = MpnetReader(words.shape[0], words.shape[1], _count_layers(given), own_ids)
    _fill(model, from_transformers(given, "mpnet"), base)
    return model


def own_token_ids(small_base: Path, base: Path) -> npt.NDArray[np.int64]:
    """Return MPNet's id for each of BERT's, by the text of the token; both have BERT's word pieces."""
    small, large = (_vocabulary(folder) for folder in (small_base, base))
    renamed = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}
    ids = np.full(max(small.values()) + 1, large["[UNK]"], np.int64)
    for token, number in small.items():
        ids[number] = large.get(renamed.get(token, token), large["[UNK]"])
    return ids


def from_transformers(given: Mapping[str, Tensor], kind: str) -> State:
    """Return weights under our names, from those of transformers without ``bert.`` or ``mpnet.``."""
    found = {ours: given[theirs] for ours, theirs in {**_OUTSIDE, **_HEADS}.items() if theirs in given}
    found |= {name: given[name] for name in ("verdict.weight", "verdict.bias") if name in given}
    for number in range(_count_layers(given)):
        for ours, theirs in _PARTS[kind].items():
            for part in ("weight", "bias"):
                stacked = [given[f"encoder.layer.{number}.{name}.{part}"] for name in theirs]
                found[f"layers.{number}.{ours}.{part}"] = torch.cat(stacked)
    return {name: tensor.float() for name, tensor in found.items()}


def to_transformers(state: Mapping[str, Tensor]) -> State:
    """Return the weights of a small reader under the names of transformers' BertForQuestionAnswering."""
    found: State = {}
    for name, tensor in state.items():
        if name in _OUTSIDE:
            found[f"bert.{_OUTSIDE[name]}"] = tensor
        elif name.startswith("layers."):
            _, number, ours, part = name.split(".")
            theirs = _PARTS["bert"][ours]
            for other, piece in zip(theirs, tensor.chunk(len(theirs)), strict=True):
                found[f"bert.encoder.layer.{number}.{other}.{part}"] = piece.clone()
        else:
            found[_HEADS.get(name, name)] = tensor
    return found


def load_weights(model: Reader, source: Path) -> None:
    """Fill ``model`` from ``NAME.pt``, from ``NAME-0.npz``, ``NAME-1.npz``, ... (give ``NAME``), or ``NAME.onnx``."""
    if source.suffix == ".onnx":
        _fill(model, onnx_weights(source), source)
        return
    if source.suffix == ".pt":
        state = torch.load(source, map_location="cpu", weights_only=True)["model"]
        _fill(model, own_names(state, model.kind), source)
        return
    files = sorted(source.parent.glob(f"{source.name}-[0-9]*.npz"))
    if not files:
        raise SystemExit(f"{source}: expected a checkpoint (.pt) or files {source.name}-0.npz, ...; found neither")
    _fill(model, _unpacked(files), source)


def own_names(state: Mapping[str, Tensor], kind: str) -> State:
    """Return the weights of a checkpoint under our names; a small reader's are stored as transformers'."""
    if any(name.startswith("bert.") for name in state):
        return from_transformers({name.removeprefix("bert."): tensor for name, tensor in state.items()}, kind)
    return dict(state)


def checkpoint_names(model: Reader, state: Mapping[str, Tensor]) -> State:
    """Return ``state`` under the names that a checkpoint has, which ``export_reader.py`` reads."""
    return to_transformers(state) if model.kind == "bert" else dict(state)


def _fill(model: Reader, state: Mapping[str, Tensor], source: Path) -> None:
    """Load the weights; only heads and the words, which are the base's, may be missing."""
    missing, unknown = model.load_state_dict(state, strict=False)
    lost = [name for name in missing if name.split(".")[0] not in ("words", "span", "verdict")]
    if lost or unknown:
        raise SystemExit(f"{source}: not the weights of this encoder: {lost[:3]} missing, {list(unknown)[:3]} unknown")


def _base_weights(base: Path) -> State:
    path = base / "model.safetensors"
    if not path.is_file():
        raise SystemExit(f"{path}: not found; give the folder that holds the base's model.safetensors")
    weights = load_file(path)
    return {name.removeprefix("bert.").removeprefix("mpnet."): tensor for name, tensor in weights.items()}


def _vocabulary(folder: Path) -> dict[str, int]:
    found: dict[str, int] = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return found


def _count_layers(given: Iterable[str]) -> int:
    return 1 + max(int(name.split(".")[2]) for name in given if name.startswith("encoder.layer."))


def _unpacked(files: Iterable[Path]) -> State:
    """Return the arrays of packed files: ``f:`` as they are, ``q:`` rows of whole numbers with a scale each."""
    found: State = {}
    for file in files:
        with np.load(file, allow_pickle=False) as arrays:
            for name in arrays.files:
                kind, _, ours = name.partition(":")
                array: npt.NDArray[Any] = arrays[name].astype(np.float32)
                if kind == "q":
                    array = array * arrays[f"s:{ours}"][:, None]
                if kind in ("f", "q"):
                    found[ours] = torch.from_numpy(array)
    return found
