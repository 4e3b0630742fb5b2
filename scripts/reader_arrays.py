"""Encoded examples for training the reader, as flat arrays in one ``.npz``.

    ids       int32 [tokens]        all inputs, one after the other
    offsets   int64 [examples + 1]  input i is ids[offsets[i]:offsets[i + 1]]
    second    int32 [examples]      where token type 1 begins, after the first separator
    allowed   bool  [tokens]        tokens on which a span may lie; [CLS] always is
    start     int32 [examples]      first token of the answer; 0 = no answer
    end       int32 [examples]      last token of the answer (inclusive); 0 = no answer
    kind      int16 [examples]      number of the example's kind in ``kinds``
    kinds     str   [kinds]         names

and, where a teacher has read them (``train_reader.py --stage logits``):

    teacher_start, teacher_end  float16 [tokens]

and, where some are claims with evidence (``encode_claims.py``):

    label     int8  [examples]      0 supported, 1 contradicted, 2 not found, 3 contradicted or not found,
                                    -1 = no claim but a question, with its span

The arrays are stored uncompressed, so they are mapped and not read.

    from reader_arrays import Example, open_examples, write_examples

    write_examples(path, [Example(ids, second, allowed, start, end, "list")])
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Halves = npt.NDArray[np.float16]

LABELS = range(-1, 4)  # as the module says


@dataclass(frozen=True, slots=True)
class Example:
    """One input of the reader and its answer; token positions count from [CLS] = 0.

    ``end`` is inclusive, as the reader's end logit points at the last token; start = end = 0 says
    that there is no answer.  ``allowed`` [tokens] may leave out [CLS]: it is always allowed.
    ``label`` is the verdict on a claim, which has no span; -1 for a question.
    """

    ids: npt.ArrayLike
    second: int
    allowed: npt.ArrayLike
    start: int
    end: int
    kind: str
    label: int = -1


@dataclass(frozen=True, slots=True)
class Examples:
    """The arrays of one file, as the module says."""

    path: Path
    ids: Ints
    offsets: npt.NDArray[np.int64]
    second: Ints
    allowed: Flags
    start: Ints
    end: Ints
    kind: npt.NDArray[np.int16]
    kinds: tuple[str, ...]
    teacher_start: Halves | None = None
    teacher_end: Halves | None = None
    label: npt.NDArray[np.int8] | None = None
    """None where all examples are questions."""

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def sizes(self) -> npt.NDArray[np.int64]:
        """The number of tokens of each example."""
        return np.diff(self.offsets)


def write_examples(path: Path | str, examples: Iterable[Example]) -> dict[str, int]:
    """Write ``examples`` to ``path`` and return how many of each kind there are.

    Raises ValueError for an example whose answer does not lie on allowed tokens, and for a claim with a span.
    """
    ids: list[Ints] = []
    allowed: list[Flags] = []
    rows: list[tuple[int, int, int, int]] = []
    kinds: dict[str, int] = {}
    counts: dict[str, int] = {}
    labels: list[int] = []
    for number, example in enumerate(examples):
        tokens, spots = _checked(example, number)
        ids.append(tokens)
        allowed.append(spots)
        kind = kinds.setdefault(example.kind, len(kinds))
        rows.append((example.second, example.start, example.end, kind))
        labels.append(example.label)
        counts[example.kind] = counts.get(example.kind, 0) + 1
    if not rows:
        raise ValueError(f"{path}: no examples to write")
    offsets = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(tokens) for tokens in ids], out=offsets[1:])
    second, start, end, kind_of = np.array(rows, np.int32).T
    arrays: dict[str, npt.NDArray[Any]] = {
        "ids": np.concatenate(ids),
        "offsets": offsets,
        "second": second,
        "allowed": np.concatenate(allowed),
        "start": start,
        "end": end,
        "kind": kind_of.astype(np.int16),
        "kinds": np.array(list(kinds)),
    }
    if max(labels) >= 0:
        arrays["label"] = np.array(labels, np.int8)
    write_arrays(Path(path), arrays)
    return counts


def _checked(example: Example, number: int) -> tuple[Ints, Flags]:
    tokens = np.asarray(example.ids, np.int32)
    spots = np.array(example.allowed, np.bool_)
    start, end, size = example.start, example.end, len(tokens)
    where = f"example {number} ({example.kind})"
    if tokens.shape != spots.shape:
        raise ValueError(f"{where}: {size} ids but {len(spots)} flags; expected one flag for each id")
    if not 0 < example.second < size:
        raise ValueError(f"{where}: second {example.second} is outside its {size} tokens")
    spots[0] = True
    if not 0 <= start <= end < size or (start == 0) != (end == 0):
        raise ValueError(f"{where}: answer {start} to {end} of {size} tokens; expected 0 to 0 or a span after [CLS]")
    if not spots[start : end + 1].all():
        raise ValueError(f"{where}: answer {start} to {end} lies on tokens that are not allowed")
    if example.label not in LABELS:
        raise ValueError(f"{where}: label {example.label}; expected one of {', '.join(map(str, LABELS))}")
    if example.label >= 0 and end:
        raise ValueError(f"{where}: label {example.label} and a span {start} to {end}; a claim has no span")
    return tokens, spots


def write_arrays(path: Path, arrays: dict[str, npt.NDArray[Any]]) -> None:
    """Write arrays as ``.npz``; whoever reads ``path`` sees the old file or the new one, never half."""
    part = path.with_name(f"{path.stem}.part.npz")
    np.savez(part, allow_pickle=False, **arrays)
    part.replace(path)


def open_examples(path: Path | str) -> Examples:
    """Return the examples of a file that ``write_examples`` wrote, mapped into memory."""
    path = Path(path)
    if not path.is_file():
        raise SystemExit(f"{path}: not found; expected examples that write_examples wrote")
    arrays: dict[str, Any] = mapped(path)
    wanted = ["ids", "offsets", "second", "allowed", "start", "end", "kind", "kinds"]
    lost = [name for name in wanted if name not in arrays]
    if lost:
        raise SystemExit(f"{path}: no array {lost[0]!r}; expected examples that write_examples wrote")
    kinds = tuple(str(name) for name in arrays.pop("kinds"))
    known = {name: arrays[name] for name in arrays if name in Examples.__dataclass_fields__}
    return Examples(path=path, kinds=kinds, **known)


def mapped(path: Path) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays of an uncompressed ``.npz``, each mapped from the file (numpy maps only ``.npy``)."""
    found: dict[str, npt.NDArray[Any]] = {}
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for entry in archive.infolist():
            # The local header's last two numbers are the lengths of the name and of the extra field.
            file.seek(entry.header_offset + 26)
            name, extra = (int.from_bytes(file.read(2), "little") for _ in range(2))
            file.seek(name + extra, 1)
            version = np.lib.format.read_magic(file)
            assert version == (1, 0)
            shape, fortran, dtype = np.lib.format.read_array_header_1_0(file)
            assert not fortran
            array = np.memmap(path, dtype, "r", file.tell(), shape) if all(shape) else np.zeros(shape, dtype)
            found[entry.filename.removesuffix(".npy")] = cast(npt.NDArray[Any], array)
    return found
