"""Fits what a follow-up carries over (``qa/models/follow_ups/linear.json``) on the dialogues marked for it.

The readings of fragments ("what about X?") get a softmax over each follow-up's readings, fitted by gradient descent;
an L2 penalty draws the weights to PRIOR, their values before any fitting. The two weights of referents (what the
documents tell, how many turns speak of it) are searched over a grid: those with the most follow-ups worded right, of
equals those nearest to BEFORE. Fitted on the split "fit" of ``tests/data/dialogues.json`` and "development" of
``tests/data/follow-ups.json``; neither "check" nor "held-out" is looked at.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from unittest import mock

import numpy as np
from follow_ups import Case, cases_of, normal

from qa.conversation import referents, rewrite
from qa.conversation.carrying import FullQuestion, readings
from qa.conversation.kinds import Kinds
from qa.conversation.phrases import parse
from qa.conversation.rewriting import without_leading
from qa.conversation.substitution import fragment, whole
from qa.conversation.weights import MODEL

PRIOR = {
    "added to its like": -1.0,
    "both countries": 0.5,
    "both names": 0.3,
    "kept": 1.0,
    "more than asked": -2.0,
    "name for name": 0.6,
    "name for noun": -0.3,
    "object": 0.1,
    "same article": 0.2,
    "same kind": 1.0,
    "same noun": 1.5,
    "same number": 0.2,
    "same preposition": 1.5,
    "subject": 0.25,
    "time for time": 0.5,
    "told": 4.0,
}
SUPPORT = (0.6, 0.8, 1.0, 1.2, 1.5)
MENTIONS = (0.0, 0.1, 0.2)
BEFORE = (0.8, 0.1)
STEPS = 3000
RATE = 0.3


def lists(cases: list[Case]) -> list[tuple[list[FullQuestion], np.ndarray]]:
    """The readings of each fragment with which of them are right; only where some are and some are not."""
    found = []
    for case in cases:
        text, marked = without_leading(case.follow_up)
        parts = fragment(text, marked=marked)
        phrase = whole(parts[1]) if parts is not None else None
        if parts is None or phrase is None:
            continue
        choices = readings(phrase, parts[0], parse(case.history[-1].question), Kinds(case.engine))
        right = np.array([normal(choice.question) in map(normal, case.full) for choice in choices])
        if right.any() and not right.all():
            found.append((choices, right))
    return found


def fitted(rows: list[tuple[list[FullQuestion], np.ndarray]], penalty: float) -> dict[str, float]:
    """The weights that make the right readings likeliest."""
    names = sorted(PRIOR.keys() | {name for choices, _ in rows for choice in choices for name in choice.evidence})
    tables = [np.array([[c.evidence.get(n, 0.0) for n in names] for c in choices]) for choices, _ in rows]
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    weights = prior.copy()
    for _ in range(STEPS):
        slope = penalty * (weights - prior)
        for table, (_, right) in zip(tables, rows, strict=True):
            scores = np.exp(table @ weights - (table @ weights).max())
            chance, wanted = scores / scores.sum(), np.where(right, scores, 0.0)
            slope += (chance - wanted / wanted.sum()) @ table / len(rows)
        weights -= RATE * slope
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def searched(cases: list[Case]) -> tuple[dict[str, float], int]:
    """The weights of referents with the most follow-ups worded right, and how many those are."""
    counts: dict[tuple[float, float], int] = {}
    for support, mentions in product(SUPPORT, MENTIONS):
        given = {"support": support, "mentions": mentions}
        with mock.patch.object(referents, "weights", lambda _, given=given: given):
            counts[support, mentions] = sum(
                normal(rewrite(case.follow_up, case.history, case.engine)) in map(normal, case.full) for case in cases
            )
    best = [pair for pair, count in counts.items() if count == max(counts.values())]
    support, mentions = min(best, key=lambda pair: (abs(pair[0] - BEFORE[0]), abs(pair[1] - BEFORE[1])))
    return {"support": support, "mentions": mentions}, max(counts.values())


def right_of(rows: list[tuple[list[FullQuestion], np.ndarray]], weights: Mapping[str, float]) -> int:
    """How many fragments get a right reading."""
    return sum(bool(right[np.argmax([c.score(weights) for c in choices])]) for choices, right in rows)


def main() -> None:
    """Fits, prints how many are right, and writes the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--penalty", type=float, default=0.03, help="L2 penalty of the readings (default: 0.03)")
    parser.add_argument("--out", type=Path, default=MODEL, metavar="FILE")
    arguments = parser.parse_args()
    cases = cases_of("fit", "lexical") + cases_of("development", "lexical")
    rows = lists(cases)
    weights = fitted(rows, arguments.penalty)
    print(f"{right_of(rows, weights)} of {len(rows)} fragments right")
    pronouns, right = searched([case for case in cases if fragment(case.follow_up, marked=True) is None])
    print(f"{right} follow-ups with a verb worded right: {pronouns}")
    record = {"readings": weights, "referents": pronouns}
    arguments.out.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
