"""The judge: a small transformer in int8 ONNX that says whether a piece of evidence backs a claim.

It reads ``[CLS] claim [SEP] title : evidence [SEP]`` and gives a logit each for supported, contradicted and not found.
Its words are those of the neural reader, whose tokenizer it shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from qa.readers.onnx_files import ModelFiles

MODELS = Path(__file__).parent.parent / "models"
MODEL = MODELS / "judge" / "judge.onnx"
TOKENIZER = MODELS / "neural" / "tokenizer.json"

CLAIM_TOKENS = 64  # as in its training
EVIDENCE_TOKENS = 220  # as in its training
_FILES = ModelFiles("the judge")
_LONGEST = 20  # characters a token, about: a text of megabytes must cost nothing


class Judge:
    """Judges claims by evidence; threads may share it.

    Raises ModelError where the model's files are missing or damaged or onnxruntime is not installed.

    >>> judge = load_judge()
    >>> int(judge.logits("Tea is cold.", [("Tea", "Tea is hot.")]).argmax())
    1
    """

    def __init__(self, *, model: Path = MODEL, tokenizer: Path = TOKENIZER, threads: int = 2) -> None:
        self._session, self._tokenizer = _FILES.session(model, threads), _FILES.tokenizer(tokenizer)
        self._opening, self._separator = (_FILES.token(self._tokenizer, name, tokenizer) for name in ("[CLS]", "[SEP]"))

    def logits(self, claim: str, evidence: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        """The logits (pieces, 3) of supported, contradicted and not found, for each piece: its title and its text."""
        asked = self._ids(claim, CLAIM_TOKENS)
        found = np.zeros((len(evidence), 3), np.float32)
        for number, (title, text) in enumerate(evidence):
            read = self._ids(f"{title} : {text}" if title else text, EVIDENCE_TOKENS)
            ids = np.array([[self._opening, *asked, self._separator, *read, self._separator]], np.int64)
            types = np.zeros_like(ids)
            types[:, len(asked) + 2 :] = 1
            found[number] = self._session.run(None, {"input_ids": ids, "token_type_ids": types})[0][0]
        return found

    def _ids(self, text: str, most: int) -> list[int]:
        # Half of a surrogate pair is no text to the tokenizer.
        cut = text[: most * _LONGEST].encode("utf-8", "replace").decode("utf-8")
        return list(self._tokenizer.encode(cut, add_special_tokens=False).ids[:most])


@lru_cache
def load_judge(threads: int = 2) -> Judge:
    """The judge, ready to judge with that many threads; every engine shares it."""
    return Judge(threads=threads)
