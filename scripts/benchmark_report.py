"""What the parts of the benchmark share: the work asked for, the machine, and tables as Markdown and as plots."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from benchmark_rankings import Ranking

Row = dict[str, Any]
Peer = TypeVar("Peer", bound=Ranking)
_PACKAGES = (
    *("citespan", "numpy", "numba", "PyStemmer", "onnxruntime"),
    *("scikit-learn", "scipy", "bm25s", "rank-bm25", "tantivy"),
)


class MissingError(Exception):
    """What a part needs is not there; the text says what."""


@dataclass
class Work:
    """How much is measured, on what, and what was left out with the reason."""

    shared: Path | None
    text: Path | None
    place: Path
    quick: bool
    passages: int
    questions: int
    rounds: int
    seconds: float
    starts: int
    limit: float
    peers: Sequence[str]
    skipped: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, options: argparse.Namespace, place: Path) -> Work:
        """The work that the command line asks for."""
        names = ("shared", "text", "quick", "passages", "questions", "rounds", "seconds", "starts", "limit", "peers")
        return cls(place=place, **{name: getattr(options, name) for name in names})

    def skip(self, what: str, reason: str) -> None:
        """Notes that something is left out, and says so once."""
        if what not in self.skipped:
            self.skipped[what] = reason
            print(f"{what}: skipped, {reason}", flush=True)

    def installed(self, rankings: Sequence[Peer]) -> list[Peer]:
        """The rankings whose modules are installed; the others are noted."""
        for ranking in rankings:
            if missing := ranking.missing():
                self.skip(ranking.name, f"{', '.join(missing)} not installed; pip install 'citespan[benchmark]'")
        return [ranking for ranking in rankings if not ranking.missing()]

    def another(self, rounds: int, began: float) -> bool:
        """Whether one more round is due, and would end within the limit if it takes as long as those before."""
        spent = time.perf_counter() - began
        if rounds and rounds < self.rounds and spent * (rounds + 1) / rounds > self.limit:
            print(f"stopped after {rounds} of {self.rounds} rounds: the limit is {self.limit:g} s a part", flush=True)
            return False
        return rounds < self.rounds


def needed(shared: Path | None, name: str) -> Path:
    """A path under the data folder."""
    if shared is None:
        raise MissingError("needs the data folder; give --shared DIR")
    if not (shared / name).exists():
        raise MissingError(f"{shared / name} is not there")
    return shared / name


def machine() -> dict[str, Any]:
    """The machine and the versions that the figures hold for."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    found: dict[str, Any] = {
        "processor": names[0] if names else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory GB": _memory(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
    }
    return found | {name: version for name in _PACKAGES if (version := _version(name))}


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (AttributeError, OSError, ValueError):
        return None


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def table(title: str, rows: Sequence[Row]) -> str:
    """Rows as a Markdown table."""
    lines = [f"\n{title}\n", "| " + " | ".join(rows[0]) + " |", "|" + " --- |" * len(rows[0])]
    lines += ["| " + " | ".join(cell(name, value) for name, value in row.items()) + " |" for row in rows]
    return "\n".join(lines)


def cell(name: str, value: Any) -> str:
    """A value as a table shows it: shares with three decimals, everything else with three digits."""
    if value is None:
        return "-"
    if isinstance(value, float):
        if "@" in name or "MRR" in name:
            return f"{value:.3f}"
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


PLOTS = {
    "build.svg": ("build: ", "MB/s", "Building, MB of text a second"),
    "search.svg": ("search: ", "batched q/s", "Searching, questions a second, batched, one thread"),
    "memory.svg": ("build: ", "peak MB", "Building, peak memory in MB"),
    "quality.svg": ("quality: SQuAD", "paragraph R@1", "SQuAD, right paragraph first"),
}


def draw(tables: dict[str, list[Row]], folder: Path) -> list[Path]:
    """Writes a bar chart for each of PLOTS whose table is there; the paths. Raises ImportError without matplotlib."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams["svg.hashsalt"] = "citespan"  # the same figures give the same bytes
    from matplotlib import pyplot

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, (start, column, title) in PLOTS.items():
        rows = next((rows for key, rows in tables.items() if key.startswith(start)), [])
        bars = [(row["ranking"], row[column]) for row in reversed(rows) if row.get(column) is not None]
        if not bars:
            continue
        figure, axes = pyplot.subplots(figsize=(7, 0.6 + 0.36 * len(bars)))
        colours = ["#1f5fa8" if ranking.startswith("citespan") else "#b8bec6" for ranking, _ in bars]
        drawn = axes.barh([ranking for ranking, _ in bars], [value for _, value in bars], color=colours)
        axes.bar_label(drawn, labels=[cell(column, value) for _, value in bars], padding=3, fontsize=8)
        axes.set_title(title, fontsize=10, loc="left")
        axes.spines[["top", "right"]].set_visible(False)
        axes.margins(x=0.12)
        axes.tick_params(labelsize=8)
        figure.tight_layout()
        figure.savefig(folder / name, metadata={"Date": None})
        pyplot.close(figure)
        written.append(folder / name)
    return written
