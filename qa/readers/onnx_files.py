"""Opens the files of a model: its graph in ONNX and its tokenizer. Both libraries are imported only here and then."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """How the files of one model are opened; each method raises ModelError where a package or a file is no good.

    ``name`` is what messages call the model, as in "the judge", and ``instead`` what else can be done meanwhile.
    """

    name: str
    instead: str = ""

    def session(self, path: Path, threads: int) -> InferenceSession:
        """The graph in a file, ready to run with that many threads."""
        try:
            import onnxruntime
        except ImportError as error:
            raise self._lacking(error) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that wait for work in a loop cost a process that asks once 60 ms, and others their core.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # The graphs come fused; looking for more to fuse costs 20 ms at each start and gains nothing.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        self._check(path)
        try:
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime has no exception of its own for a damaged file
            raise self._error(f"{path}: not a model ({error})") from error

    def tokenizer(self, path: Path) -> Tokenizer:
        """The tokenizer in a file, which neither pads nor cuts."""
        try:
            from tokenizers import Tokenizer
        except ImportError as error:
            raise self._lacking(error) from error
        self._check(path)
        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the exception for a damaged file is bare
            raise self._error(f"{path}: not a tokenizer ({error})") from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return tokenizer

    def token(self, tokenizer: Tokenizer, token: str, path: Path) -> int:
        """The number of a token that the tokenizer in a file has to have."""
        number = tokenizer.token_to_id(token)
        if number is None:
            raise self._error(f"{path}: has no token {token}")
        return int(number)

    def _check(self, path: Path) -> None:
        if not path.is_file():
            raise self._error(f"{path}: this file of {self.name} is missing")

    def _error(self, cause: str) -> ModelError:
        return ModelError(f"{cause}; install citespan again{self._meanwhile}")

    def _lacking(self, error: ImportError) -> ModelError:
        return ModelError(
            f"{self.name} needs the packages onnxruntime and tokenizers, and cannot import them ({error}); "
            f"pip install onnxruntime tokenizers{self._meanwhile}"
        )

    @property
    def _meanwhile(self) -> str:
        return f"; {self.instead}" if self.instead else ""
