"""Measures a reader on field documents: price lists, FAQs, minutes, tables; prints a table.

A folder holds cases. A case is a folder with ``docs/`` and ``questions.json``, a list of
``{"question": ..., "answers": [...]}``; an empty list means that the documents do not tell, so a refusal is right.
Each case gets an index of its own. An answer is right if it equals one of the answers after SQuAD's normalisation or
has a token F1 of at least 0.5 with one, and if neither of the two has a number that the other lacks while lacking
one of its own: the normalisation drops signs, and most of the digits of two telephone numbers may agree.

    python scripts/field.py tests/data/field/fit --curve --show

Constants are chosen on ``tests/data/field/fit`` alone; ``tests/data/field/check`` only measures.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

import qa
from qa import agreement
from qa.readers import DEFAULT_READER, READERS

THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 13))
NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Case:
    """The documents of a case and what is asked of them."""

    name: str
    docs: Path
    questions: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its right answers, and what it got when nothing was refused for its confidence."""

    case: str
    question: str
    answers: tuple[str, ...]
    text: str | None
    confidence: float
    right: bool
    exact: bool

    def outcome(self, threshold: float) -> str:
        """What comes of it at a threshold: "right", "wrong" or "refused"."""
        if self.text is None or self.confidence < threshold:
            return "refused"
        return "right" if self.right else "wrong"


@dataclass(frozen=True, slots=True)
class Counts:
    """How the questions of a case came out at one threshold; ``exact`` ones among the right are one of the answers."""

    name: str
    answerable: int
    right: int
    exact: int
    wrong: int
    refused: int
    unanswerable: int
    unanswerable_refused: int

    @classmethod
    def of(cls, name: str, asked: Sequence[Asked], threshold: float) -> Counts:
        """The counts of those questions."""
        told = [one.outcome(threshold) for one in asked if one.answers]
        exact = sum(one.exact and one.outcome(threshold) == "right" for one in asked)
        untold = [one.outcome(threshold) for one in asked if not one.answers]
        right, wrong, refused = (told.count(outcome) for outcome in ("right", "wrong", "refused"))
        return cls(name, len(told), right, exact, wrong, refused, len(untold), untold.count("refused"))

    def row(self) -> str:
        """One line of the table."""
        right, exact = _share(self.right, self.answerable), _share(self.exact, self.answerable)
        refused = f"{self.unanswerable_refused:4} of {self.unanswerable:4}"
        return (
            f"{self.name:28} {self.right:4} {self.wrong:4} {self.refused:4} of {self.answerable:4} {right} {exact}"
            f"   {refused} {_share(self.unanswerable_refused, self.unanswerable)}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The counts by name."""
        return {name: getattr(self, name) for name in self.__slots__}


def read_cases(folders: Iterable[str | Path], only: Sequence[str] = ()) -> Iterator[Case]:
    """The cases of the folders, by name; a folder that is a case itself counts as one.

    Raises SystemExit where a folder holds no case or a file of questions is not as expected.
    """
    for folder in map(Path, folders):
        files = [folder] if (folder / "questions.json").is_file() else sorted(folder.glob("*"))
        cases = [path for path in files if (path / "questions.json").is_file() and (path / "docs").is_dir()]
        if not cases:
            raise SystemExit(f"{folder}: no case here; expected folders with questions.json and docs/")
        for path in cases:
            if not only or path.name in only:
                yield Case(path.name, path / "docs", tuple(_questions(path / "questions.json")))


def is_right(text: str, answers: Sequence[str]) -> bool:
    """Whether a text passes for one of the answers."""
    return any(_numbers_agree(text, answer) and agreement.f1(text, [answer]) >= 0.5 for answer in answers)


def ask(case: Case, reader: str) -> tuple[list[Asked], float]:
    """Each question of a case with what it got, and the reader's own threshold."""
    engine = qa.build([str(case.docs)], reader=reader)
    asked = []
    for question, answers in case.questions:
        answer = engine.ask(question, min_confidence=0.0)
        # "Yes" and "No" are judged by the quote that decides, since the answers are the document's words.
        text = answer.citation.quote if answer.kind == "yes_no" and answer.citation is not None else answer.text
        right = text is not None and is_right(text, answers)
        exact = right and agreement.exact_match(text, answers) == 1
        asked.append(Asked(case.name, question, answers, text, answer.confidence, right, exact))
    return asked, engine.min_confidence


def curve(asked: Sequence[Asked]) -> list[dict[str, float]]:
    """For each threshold the share of the answerable answered right and wrong and of the unanswerable refused."""
    points = []
    for threshold in THRESHOLDS:
        counts = Counts.of("", asked, threshold)
        told, untold = max(counts.answerable, 1), max(counts.unanswerable, 1)
        shares = {"right": counts.right / told, "wrong": counts.wrong / told}
        shares["unanswerable_refused"] = counts.unanswerable_refused / untold
        points.append({"threshold": threshold} | {name: round(share, 4) for name, share in shares.items()})
    return points


def faults(asked: Sequence[Asked], threshold: float) -> list[dict[str, Any]]:
    """The questions that came out wrong at a threshold: a refusal has no text."""
    found = []
    for one in asked:
        outcome = one.outcome(threshold)
        if outcome != ("right" if one.answers else "refused"):
            row = {"case": one.case, "question": one.question, "answers": list(one.answers), "outcome": outcome}
            found.append(row | {"best": one.text, "confidence": one.confidence})
    return found


def main() -> None:
    """Asks and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="folder of cases, or a case")
    parser.add_argument("--reader", choices=sorted(READERS), default=DEFAULT_READER)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="only this case (repeatable)")
    parser.add_argument("--min-confidence", type=float, metavar="P", help="threshold (default: the reader's own)")
    parser.add_argument("--curve", action="store_true", help="the shares right and refused at each threshold")
    parser.add_argument("--show", action="store_true", help="the questions that came out wrong")
    parser.add_argument("--json", action="store_true", help="all of it as JSON")
    options = parser.parse_args()
    cases: dict[str, list[Asked]] = {}
    threshold = options.min_confidence
    for case in read_cases(options.folders, options.only):
        rows, own = ask(case, options.reader)
        cases.setdefault(case.name, []).extend(rows)
        threshold = own if threshold is None else threshold
    if threshold is None:
        raise SystemExit(f"no case is named {' or '.join(options.only)}; leave --only out to see the names")
    everything = [one for rows in cases.values() for one in rows]
    counts = [Counts.of(name, rows, threshold) for name, rows in cases.items()]
    total = Counts.of("total", everything, threshold)
    if options.json:
        found = {"reader": options.reader, "threshold": threshold, "total": total.to_dict()}
        found["cases"] = [one.to_dict() for one in counts]
        found |= {"curve": curve(everything)} if options.curve else {}
        found |= {"faults": faults(everything, threshold)} if options.show else {}
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    print(f"{options.reader} reader, answers from a confidence of {threshold:g}")
    print(f"{'':28} answerable: right, wrong, refused; right, exactly   unanswerable: refused")
    for one in [*counts, total]:
        print(one.row())
    if options.curve:
        print("\nthreshold   right  wrong   unanswerable refused")
        for point in curve(everything):
            shares = (100 * point[name] for name in ("right", "wrong", "unanswerable_refused"))
            print("{:9.2f} {:6.1f} {:6.1f} {:13.1f}".format(point["threshold"], *shares))
    if options.show:
        print()
        for fault in faults(everything, threshold):
            expected = " / ".join(fault["answers"]) or "no answer"
            best = f"{fault['outcome']} {100 * fault['confidence']:.0f} %: {fault['best']}"
            print(f"{fault['case']}: {fault['question']}\n    expected {expected}\n    {best}")


def _questions(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    try:
        for row in json.loads(path.read_text(encoding="utf-8")):
            yield row["question"], tuple(row["answers"])
    except (ValueError, KeyError, TypeError) as error:
        raise SystemExit(f"{path}: {error!r}; expected a list of objects with question and answers") from None


def _numbers_agree(text: str, answer: str) -> bool:
    """Whether the numbers of one are among those of the other, signs included."""
    ours, theirs = set(NUMBER.findall(text)), set(NUMBER.findall(answer))
    return ours <= theirs or theirs <= ours


def _share(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}" if whole else "     -"


if __name__ == "__main__":
    main()
