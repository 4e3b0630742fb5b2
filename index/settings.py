"""How an index is made and asked: the settings of each step, and all of them together."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np

from corpus.errors import SettingError
from corpus.passages import PassageSettings


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """How text becomes terms; stored with an index, so that questions are analysed like its passages.

    ``stemmer`` is the name of a Snowball algorithm, or None for no stemming.
    """

    stemmer: str | None = "english"


@dataclass(frozen=True, slots=True)
class WeightingSettings:
    """The name of a weighting with its parameters.

    ``k1`` bounds what repetition adds and ``b`` how far length counts, 0 to 1 (both as in BM25). ``title``
    and ``heading`` are the weights of those fields beside the text's 1; ``field_b`` is their ``b``. The
    defaults of ``k1`` and ``b`` are Lucene's; that of ``title`` was chosen on articles of SQuAD train, where the
    optimum is flat; no labelled data weighs headings. Raises SettingError for a value that cannot be used.
    """

    name: str = "bm25f"
    k1: float = 1.2
    b: float = 0.75
    title: float = 2.0
    heading: float = 1.0
    field_b: float = 0.75

    def __post_init__(self) -> None:
        for name in ("k1", "title", "heading"):
            if not 0 <= getattr(self, name) < np.inf:
                raise SettingError(f"{name} is {getattr(self, name)!r}; expected a number of 0 or more")
        for name in ("b", "field_b"):
            if not 0 <= getattr(self, name) <= 1:
                raise SettingError(f"{name} is {getattr(self, name)!r}; expected a number from 0 to 1")

    @property
    def field_weights(self) -> tuple[float, float, float]:
        """The weights of the fields, in the order of FIELDS."""
        return (1.0, self.title, self.heading)


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """How many passages are looked at once more, 0 for none, and the weight of each kind of evidence.

    ``sentence``: content terms of the question in one sentence, or in the title and heading path. ``pairs`` and
    ``triples``: two or three neighbouring words of the question, next to each other there too. ``names``: words
    written with a capital, and numbers, anywhere in the passage. ``number``: like ``sentence``, for a question
    that asks for a number or date, in sentences that have a number which the question has not. The weights
    come from scripts/train_ranking.py. Raises SettingError for a negative value.
    """

    depth: int = 50
    sentence: float = 0.29
    pairs: float = 0.22
    triples: float = 0.11
    names: float = 0.13
    number: float = 0.16

    def __post_init__(self) -> None:
        for each in fields(self):
            if not 0 <= getattr(self, each.name) < np.inf:
                raise SettingError(f"{each.name} is {getattr(self, each.name)!r}; expected a number of 0 or more")

    @property
    def weights(self) -> tuple[float, ...]:
        """The weight of each kind of evidence, in the order of the columns of ``shares``."""
        return (self.sentence, self.pairs, self.triples, self.names, self.number)


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How an index is made; stored with it.

    >>> IndexSettings().weighting.name
    'bm25f'
    """

    analysis: AnalysisSettings = field(default_factory=AnalysisSettings)
    passages: PassageSettings = field(default_factory=PassageSettings)
    weighting: WeightingSettings = field(default_factory=WeightingSettings)
    evidence: EvidenceSettings = field(default_factory=EvidenceSettings)


def settings_of(stored: dict[str, dict[str, Any]]) -> IndexSettings:
    """The settings of an index, from its manifest; raises KeyError or TypeError for anything else."""
    return IndexSettings(
        analysis=AnalysisSettings(**stored["analysis"]),
        passages=PassageSettings(**stored["passages"]),
        weighting=WeightingSettings(**stored["weighting"]),
        evidence=EvidenceSettings(**stored["evidence"]),
    )
