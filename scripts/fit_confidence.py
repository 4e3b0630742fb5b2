"""Fits the confidence of a reader on labelled questions that the reader was not trained on.

Several kinds of text are asked (``confidence_examples.py``): SQuAD in five ways, other files of SQuAD's form document
by document (``--more``), and field cases (``--field``). SQuAD and the field cases weigh the same in the fit, and each
other kind ``--share`` of that. The figures come from predicting each article or case with coefficients fitted on the
others (``--folds``), and each kind with coefficients fitted on the other kinds.

The threshold is the confidence at which the cost is least: refusing a question that the documents answer costs 1, a
wrong answer costs ``--wrong``, and ``--unanswerable`` is the share of questions that they do not answer. It is chosen
in the cross-fitted prediction, SQuAD and the field cases weighing the same.

    python scripts/fit_confidence.py --squad dev-v1.1.json.gz --squad dev-v2.0.json.gz --reader neural \\
        --more timeqa.json.gz --more policyqa.json.gz --more subjqa.json.gz --field tests/data/field/fit
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from confidence_examples import (
    Counts,
    Example,
    document_examples,
    field_examples,
    read_examples,
    read_kind,
    squad_examples,
    write_examples,
)
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from sklearn.linear_model import LogisticRegression

from qa.confidence import MODELS
from qa.evaluation import metrics

MAIN = ("squad", "field")
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Names = NDArray[np.str_]


def main() -> None:
    """Asks, fits, reports and writes the coefficients."""
    options = _options()
    examples = _examples(options)
    names = sorted({name for example in examples for name in example.evidence} - set(options.without))
    names = [name for name in names if not options.only or name in options.only]
    table = np.array([[example.evidence.get(name, 0.0) for name in names] for example in examples])
    right = np.array([example.right for example in examples])
    kinds = np.array([example.kind for example in examples])
    groups = np.array([example.group for example in examples])
    weights = _weights(kinds, options.share)
    predicted = _cross_predict(table, right, groups, weights, options.folds)
    costs = _costs(examples, options.unanswerable)
    threshold = _cheapest(predicted, right, costs, options.wrong)
    _report(examples, predicted, right, threshold)
    if len(set(kinds)) > 1:
        print("each kind predicted from the others:")
        _report(examples, _cross_predict(table, right, kinds, weights, len(set(kinds))), right, threshold)
    _report_costs(examples, predicted, right, costs)
    coefficients, intercept = _fit(table, right, weights)
    record: dict[str, Any] = {
        "reader": options.reader,
        "coefficients": dict(zip(names, np.round(coefficients, 6).tolist(), strict=True)),
        "intercept": round(float(intercept), 6),
        "threshold": round(threshold, 4),
        "wrong_cost": options.wrong,
        "unanswerable_share": round(options.unanswerable, 3),
        "questions": len(examples),
        "calibration_error": round(metrics.calibration_error(predicted.tolist(), right.tolist()) or 0.0, 4),
        "aurc": round(metrics.aurc(predicted.tolist(), right.tolist()) or 0.0, 4),
    }
    output = options.output or MODELS / options.reader / "confidence.json"
    output.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    print(f"written: {output}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", action="append", default=[], metavar="FILE", help="SQuAD JSON; repeatable")
    parser.add_argument("--more", action="append", default=[], metavar="FILE", help="another kind in SQuAD's form")
    parser.add_argument("--field", action="append", default=[], metavar="FOLDER", help="field cases; repeatable")
    parser.add_argument("--reader", default="lexical")
    parser.add_argument("--wrong", type=float, default=1.0, help="the cost of a wrong answer, in refusals")
    parser.add_argument("--unanswerable", type=float, default=1 / 3, help="the share of questions without an answer")
    parser.add_argument("--share", type=float, default=0.2, help="the weight of each kind of --more")
    parser.add_argument("--without", action="append", default=[], metavar="NAME", help="evidence to leave out")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="evidence to fit on, and no other")
    for name, value in (("pooled", 3000), ("alone", 2000), ("short", 1000), ("removed", 2000), ("off-topic", 1000)):
        parser.add_argument(f"--{name}", type=int, default=value, help="questions asked so, per SQuAD file")
    parser.add_argument("--other", type=int, default=800, help="questions per file of another kind")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--keep", type=Path, help="file for what was asked: read where it is there, else written")
    parser.add_argument("--output", type=Path)
    return parser.parse_args()


def _examples(options: argparse.Namespace) -> list[Example]:
    if options.keep and options.keep.exists():
        return read_examples(options.keep)
    chance = random.Random(options.seed)
    names = ("pooled", "alone", "short", "removed", "off_topic", "other")
    counts = Counts(**{name: getattr(options, name) for name in names})
    examples: list[Example] = []
    for folder in options.field:
        examples += field_examples(Path(folder), options.reader)
    for path in options.more:
        examples += document_examples(read_kind(Path(path)), counts.other, options.reader, chance)
    for path in options.squad:
        examples += squad_examples(read_kind(Path(path)), counts, options.reader, chance)
    if options.keep:
        write_examples(options.keep, examples)
    return examples


def _weights(kinds: Names, share: float) -> Floats:
    """A weight for each example: SQuAD and the field cases weigh the same, every other kind ``share`` of that.

    Their mean is 1.
    """
    names, inverse, count = np.unique(kinds, return_inverse=True, return_counts=True)
    whole = np.array([1.0 if name in MAIN else share for name in names])
    return (len(kinds) * whole / whole.sum() / count)[inverse]


def _fit(table: Floats, right: Flags, weights: Floats) -> tuple[Floats, float]:
    """Coefficients and intercept of a logistic regression, on the scale of the evidence as it comes."""
    mean, scale = table.mean(axis=0), table.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=2000).fit((table - mean) / scale, right, sample_weight=weights)
    coefficients = model.coef_[0] / scale
    return coefficients, float(model.intercept_[0] - (coefficients * mean).sum())


def _cross_predict(table: Floats, right: Flags, groups: Names, weights: Floats, folds: int) -> Floats:
    """P(right) of each example by coefficients fitted on the groups of the other folds."""
    fold_of = {name: place % folds for place, name in enumerate(np.unique(groups))}
    fold = np.array([fold_of[name] for name in groups])
    predicted = np.zeros(len(table))
    for number in range(folds):
        own = fold == number
        coefficients, intercept = _fit(table[~own], right[~own], weights[~own])
        predicted[own] = 1 / (1 + np.exp(-(table[own] @ coefficients + intercept)))
    return predicted


def _costs(examples: Sequence[Example], unanswerable: float) -> tuple[Floats, Flags]:
    """What each example weighs where the threshold is chosen, and whether it can be answered.

    The kinds of MAIN weigh the same, others nothing; in each, questions without an answer make up ``unanswerable``.
    """
    kinds = np.array([example.kind for example in examples])
    answerable = np.array([example.answerable for example in examples])
    weights = np.zeros(len(examples))
    for kind in MAIN:
        for rows, share in ((answerable, 1 - unanswerable), (~answerable, unanswerable)):
            own = rows & (kinds == kind)
            weights[own] = share / max(1, own.sum())
    return weights, answerable


def _cheapest(predicted: Floats, right: Flags, costs: tuple[Floats, Flags], wrong: float) -> float:
    """The threshold of the least cost: 1 for a question refused that has an answer, ``wrong`` for a wrong answer."""
    weights, answerable = costs
    order = np.argsort(-predicted, kind="stable")
    gain = weights * np.where(right, 1.0, np.where(answerable, 1.0 - wrong, -wrong))
    best = int(np.cumsum(gain[order]).argmax())
    after = predicted[order[best + 1]] if best + 1 < len(order) else 0.0
    return float((predicted[order[best]] + after) / 2)


def _report(examples: Sequence[Example], predicted: Floats, right: Flags, threshold: float) -> None:
    print(
        f"{'kind, way':<26}{'n':>6}{'right':>7}{'AURC':>7}{'ECE':>7}{'cov@80':>8}{'cov@90':>8}"
        f"{'answered of right':>19}{'refused/unans.':>16}"
    )
    ways = np.array([f"{example.kind}, {example.way}" for example in examples])
    answerable = np.array([example.answerable for example in examples])
    for way in [*dict.fromkeys(ways.tolist()), "all"]:
        rows = np.ones(len(ways), dtype=bool) if way == "all" else ways == way
        sure, true = predicted[rows].tolist(), right[rows].tolist()
        given = predicted[rows] >= threshold
        cells = [
            f"{np.mean(true):7.3f}",
            f"{metrics.aurc(sure, true) or 0.0:7.3f}",
            f"{metrics.calibration_error(sure, true) or 0.0:7.3f}",
            f"{metrics.coverage_at_precision(sure, true, 0.8) or 0.0:8.3f}",
            f"{metrics.coverage_at_precision(sure, true, 0.9) or 0.0:8.3f}",
            f"{given[right[rows]].mean() if right[rows].any() else 0.0:19.3f}",
            f"{(~given)[~answerable[rows]].mean() if (~answerable[rows]).any() else 0.0:16.3f}",
        ]
        print(f"{way:<26}{len(true):>6}" + "".join(cells))


def _report_costs(examples: Sequence[Example], predicted: Floats, right: Flags, costs: tuple[Floats, Flags]) -> None:
    """What other costs of a wrong answer would refuse."""
    answerable = np.array([example.answerable for example in examples])
    print(f"{'cost of wrong':<15}{'threshold':>11}{'answered of right':>19}{'refused/unans.':>16}")
    for wrong in (0.5, 0.75, 1.0, 1.5, 2.0, 3.0):
        threshold = _cheapest(predicted, right, costs, wrong)
        given = predicted >= threshold
        print(f"{wrong:<15}{threshold:11.4f}{given[right].mean():19.3f}{(~given)[~answerable].mean():16.3f}")


if __name__ == "__main__":
    main()
