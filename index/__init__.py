"""Passages in, ranked passages out. ``index.folder.storage`` saves and opens an index."""

from index.building.build import build_index
from index.ranking.search import Hits, Index
from index.ranking.weighting import WEIGHTINGS
from index.settings import AnalysisSettings, EvidenceSettings, IndexSettings, WeightingSettings
from index.terms.analysis import Analyzer

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
