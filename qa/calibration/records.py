"""The calibration file: a promise, the threshold that keeps it, and what it was made on."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import DataError, SettingError, SourceError
from corpus.records import Record
from qa.calibration.promises import Point, Promise
from qa.confidence import MODELS
from qa.wording import counted

if TYPE_CHECKING:
    from index.ranking.search import Index
    from qa.asker import Asker

FORMAT = 1
"""The number of this layout: a change that an older citespan would misread raises it."""

Rule = Literal["holds", "exact"]

RULES = {
    "holds": "an answer is right where it holds one of the labelled answers as whole words",
    "exact": "an answer is right where it equals one of the labelled answers (case, articles and punctuation aside)",
}
"""Each rule by which answers are judged, in words."""

_ABOUT_MODELS = (".md", ".png")  # what describes a reader and does not change its scores


@dataclass(frozen=True, slots=True)
class ReaderMark(Record):
    """The reader that a calibration was made with: its name and the SHA-256 of its model files."""

    name: str
    sha256: str

    @classmethod
    def of(cls, name: str) -> ReaderMark:
        """The mark of an installed reader.

        >>> len(ReaderMark.of("lexical").sha256)
        64
        """
        return cls(name, _models_hash(MODELS / name))


@lru_cache
def _models_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix not in _ABOUT_MODELS:
            content = path.read_bytes()
            digest.update(f"{path.name} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class IndexMark(Record):
    """The index that a calibration was made on: the hash of what it holds, its counts and its analyser's settings."""

    sha256: str
    documents: int
    passages: int
    analysis: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{counted(self.documents, 'document')} in {counted(self.passages, 'passage')}"

    @classmethod
    def of(cls, index: Index) -> IndexMark:
        """The mark of an index."""
        from index.folder.content import content_hash

        return cls(content_hash(index), index.document_count, len(index), asdict(index.settings.analysis))


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration(Record):
    """A promise about answers, the threshold that keeps it, and what it was made on.

    Of ``questions`` labelled ones the threshold answered ``answered``, and ``right`` of these answers were right by
    ``rule``. ``curve`` says the same of every other threshold, from the highest down. ``citespan`` is the version
    that made it, ``date`` the time in UTC.
    """

    format: int = FORMAT
    citespan: str
    date: str
    threshold: float
    promise: Promise
    rule: Rule
    questions: int
    answered: int
    right: int
    reader: ReaderMark
    index: IndexMark
    curve: tuple[Point, ...]

    @classmethod
    def of(
        cls,
        engine: Asker,
        *,
        promise: Promise,
        rule: Rule,
        chosen: Point,
        curve: tuple[Point, ...],
        questions: int,
    ) -> Calibration:
        """The calibration of an engine to the threshold that was chosen on a curve."""
        from qa.version import __version__

        return cls(
            threshold=chosen.threshold,
            promise=promise,
            rule=rule,
            questions=questions,
            answered=chosen.answered,
            right=chosen.right,
            curve=curve,
            reader=ReaderMark.of(engine.reader.name),
            index=IndexMark.of(engine.index),
            citespan=__version__,
            date=datetime.now(UTC).isoformat(timespec="seconds"),
        )

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Calibration:
        """The calibration of a file.

        Raises SourceError where the file cannot be read and DataError where it is damaged, something else, or of
        a newer format.
        """
        try:
            record = json.loads(Path(path).read_bytes())
        except OSError as error:
            raise SourceError(
                f"{path}: cannot be read ({error.strerror}); expected a file that qa calibrate -o FILE writes"
            ) from None
        except (ValueError, RecursionError) as error:
            raise _damaged(path, f"it is no JSON ({error})") from None
        if not isinstance(record, dict) or not isinstance(record.get("format"), int):
            raise DataError(f"{path}: no calibration; expected a file that qa calibrate -o FILE writes")
        if record["format"] > FORMAT:
            raise DataError(
                f"{path}: the calibration has format {record['format']}, and this citespan reads format {FORMAT}; "
                "use a newer citespan, or run qa calibrate again"
            )
        try:
            known = {each.name: record[each.name] for each in fields(cls)}
            return cls(
                **{
                    **known,
                    "promise": Promise(**record["promise"]),
                    "curve": tuple(Point(**point) for point in record["curve"]),
                    "reader": ReaderMark(**record["reader"]),
                    "index": IndexMark(**record["index"]),
                }
            )
        except KeyError as error:
            raise _damaged(path, f"it has no {error}") from None
        except (TypeError, ValueError) as error:
            raise _damaged(path, str(error)) from None

    def __post_init__(self) -> None:
        counts = [self.questions, self.answered, self.right]
        counts += [count for point in self.curve for count in (point.answered, point.right)]
        numbers = [self.threshold, *counts, *(point.threshold for point in self.curve)]
        texts = [self.rule, self.citespan, self.date, self.reader.name, self.reader.sha256, self.index.sha256]
        if not all(type(number) in (int, float) for number in numbers) or not all(type(n) is int for n in counts):
            raise SettingError("a threshold or a count in it is no number")
        if not all(isinstance(text, str) for text in texts) or self.rule not in RULES:
            raise SettingError("its rule, version, date, reader or index is no text that was expected")
        datetime.fromisoformat(self.date)
        if not 0 <= self.threshold <= 1 or not 0 <= self.right <= self.answered <= self.questions:
            raise SettingError("its threshold is outside 0 to 1, or its counts do not fit each other")
        if Point(self.threshold, self.answered, self.right) not in self.curve:
            raise SettingError("its curve does not hold its threshold with the same counts")

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the calibration to a file, as JSON; a file that stands there is replaced whole.

        Raises SourceError where it cannot be written.
        """
        target = Path(path)
        new = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            new.write_text(json.dumps(self.to_dict(), indent=1) + "\n", encoding="utf-8")
            new.replace(target)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise SourceError(
                f"{path}: the calibration cannot be written ({error.strerror}); name another file"
            ) from None

    def check(self, engine: Asker) -> tuple[str, ...]:
        """Why the promise may not hold for what an engine asks now; empty where nothing has changed.

        Raises DataError where the engine has another reader, whose confidences mean something else.
        """
        name = engine.reader.name
        if name != self.reader.name:
            raise DataError(
                f"the calibration was made for the reader {self.reader.name!r}, and {name!r} is asked; "
                f"give --reader {self.reader.name}, or run qa calibrate --reader {name}"
            )
        if ReaderMark.of(name) != self.reader:
            raise DataError(
                f"the calibration of {self.date[:10]} was made for another model of the reader {name!r}, whose "
                "confidences mean something else; run qa calibrate again"
            )
        return self.doubts(engine)

    def doubts(self, engine: Asker) -> tuple[str, ...]:
        """``check`` of an engine whose reader is the one that the calibration was made for."""
        from qa.version import __version__

        doubts = []
        now = IndexMark.of(engine.index)
        if now.sha256 != self.index.sha256:
            doubts.append(
                f"the index has changed since the calibration of {self.date[:10]} (then {self.index}, now {now}), "
                "so its promise may not hold; run qa calibrate again"
            )
        if self.citespan != __version__:
            doubts.append(
                f"the calibration was made by citespan {self.citespan}, and this is {__version__}, so its promise may "
                "not hold; run qa calibrate again"
            )
        return tuple(doubts)

    def table(self) -> str:
        """The calibration as text for a terminal."""
        rows = [
            ("threshold", f"{self.threshold:.4f}"),
            ("answered", f"{100 * self.answered / self.questions:.1f} %  ({self.answered:,})"),
            ("right of the answers", f"{100 * self.right / self.answered:.1f} %  ({self.right:,})"),
        ]
        lines = [f"{self.reader.name} reader; {RULES[self.rule]}", f"on these {counted(self.questions, 'question')}:"]
        lines += [f"  {label:<22}{value}" for label, value in rows]
        return "\n".join([*lines, "promised, for questions drawn like these:", f"  {self.promise}"])


def _damaged(path: str | os.PathLike[str], cause: str) -> DataError:
    return DataError(f"{path}: damaged: {cause}; run qa calibrate again")
