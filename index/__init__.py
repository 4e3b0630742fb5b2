"""Passages in, ranked passages out."""

from index.analysis import AnalysisSettings, Analyzer
from index.build import IndexSettings, build_index
from index.search import Hits, Index
from index.storage import open_index, save_index
from index.weighting import WEIGHTINGS, WeightingSettings

__all__ = [
    "WEIGHTINGS",
    "AnalysisSettings",
    "Analyzer",
    "Hits",
    "Index",
    "IndexSettings",
    "WeightingSettings",
    "build_index",
    "open_index",
    "save_index",
]
