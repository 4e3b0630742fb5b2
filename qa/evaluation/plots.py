"""Draws what an evaluation says of the confidence: risk against coverage, and how often it is right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import SettingError
from qa.evaluation import metrics
from qa.evaluation.figures import OVERLAP

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from qa.evaluation.figures import JudgedQuestion

BINS = 10


def plot_confidence(rows: Sequence[JudgedQuestion], path: str | Path, *, title: str = "") -> None:
    """Writes a picture (PNG, SVG or PDF, by the suffix) with the risk-coverage and the reliability plot.

    An answer is right when it has an F1 of at least 0.5 with a gold answer. Raises SettingError where
    matplotlib is not installed, no question was answered or the suffix is of no picture format.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SettingError("plots need matplotlib: pip install 'citespan[plot]'") from error
    asked = [row for row in rows if row.answerable is not None]
    if not asked:
        raise SettingError("nothing to plot: no question was asked for an answer")
    confidences = [row.confidence for row in asked]
    right = [bool(row.answerable) and row.text is not None and (row.f1 or 0.0) >= OVERLAP for row in asked]
    figure = Figure(figsize=(9, 4), layout="constrained")
    left, other = figure.subplots(1, 2)
    _risk_coverage(left, confidences, right)
    _reliability(other, confidences, right)
    figure.suptitle(title)
    try:
        figure.savefig(path, dpi=150)
    except ValueError as error:
        raise SettingError(f"{path}: {error}") from error


def _risk_coverage(axes: Axes, confidences: Sequence[float], right: Sequence[bool]) -> None:
    coverage, risk = metrics.risk_coverage(confidences, right)
    axes.plot(coverage, risk)
    axes.set(
        xlabel="coverage: share of the questions answered",
        ylabel="risk: share of the answers that are wrong",
        title=f"Risk and coverage (AURC {metrics.aurc(confidences, right):.3f})",
        xlim=(0, 1),
        ylim=(0, 1),
    )


def _reliability(axes: Axes, confidences: Sequence[float], right: Sequence[bool]) -> None:
    order = np.argsort(confidences, kind="stable")
    sure, true = np.asarray(confidences)[order], np.asarray(right, dtype=np.float64)[order]
    parts = [part for part in np.array_split(np.arange(len(order)), BINS) if part.size]
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    axes.plot([sure[part].mean() for part in parts], [true[part].mean() for part in parts], marker="o")
    axes.set(
        xlabel="confidence (mean of a tenth of the questions)",
        ylabel="share that is right",
        title=f"Reliability (ECE {metrics.calibration_error(confidences, right):.3f})",
        xlim=(0, 1),
        ylim=(0, 1),
    )
