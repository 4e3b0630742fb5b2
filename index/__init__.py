"""Passages in, ranked passages out. ``index.storage`` saves and opens an index; asking in memory does without it."""

from index.analysis import AnalysisSettings, Analyzer
from index.build import IndexSettings, build_index
from index.evidence import EvidenceSettings
from index.search import Hits, Index
from index.weighting import WEIGHTINGS, WeightingSettings

__all__ = [
    "WEIGHTINGS",
    "AnalysisSettings",
    "Analyzer",
    "EvidenceSettings",
    "Hits",
    "Index",
    "IndexSettings",
    "WeightingSettings",
    "build_index",
]
