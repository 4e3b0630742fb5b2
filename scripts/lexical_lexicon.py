"""What the lexical reader counts in its training text: how rare terms are, and which words are used alike."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD

from index.terms.analysis import Analyzer
from qa.evaluation.datasets import Dataset
from qa.questions import WORD_PATTERN
from qa.readers.words import Lexicon

RAREST = 8  # paragraphs a term must be in for its frequency to be kept
COMMON_WORDS = 800  # words that stand for themselves as a class
CLASSED_WORDS = 20_000
NEIGHBOURS = 1_500  # words whose presence beside a word describes it
DIMENSIONS = 60
CLASSES = 160


def count_lexicon(dataset: Dataset, seed: int) -> Lexicon:
    """The inverse document frequencies over the paragraphs, the most frequent words, and the classes of words."""
    analyzer = Analyzer()
    terms: Counter[str] = Counter()
    texts: list[list[str]] = []
    for document in dataset.documents:
        terms.update(set(analyzer.terms(f"{document.title}\n{document.text}")))
        texts.append(_words(document.text))
    words = Counter(word for text in texts for word in text)
    count = len(texts)
    frequencies = {_key(term): number for term, number in sorted(terms.items()) if number >= RAREST}
    keys = np.array(sorted(frequencies), np.uint32)
    found = np.array([frequencies[key] for key in keys.tolist()], np.float64)
    texts += [_words(question.question) for question in dataset.questions]
    classes = _classes(texts, seed)
    word_keys = np.array(sorted(classes), np.uint32)
    return Lexicon(
        term_keys=keys,
        term_idf=np.log((count + 1) / (found + 0.5)).astype(np.float32),
        rare_idf=float(np.log((count + 1) / 3)),
        word_keys=word_keys,
        word_classes=np.array([classes[key] for key in word_keys.tolist()], np.uint8),
        common=frozenset(_key(word) for word in _most_frequent(words, COMMON_WORDS)),
    )


def _words(text: str) -> list[str]:
    return [word.lower() for word in WORD_PATTERN.findall(text)]


def _key(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _most_frequent(words: Counter[str], number: int) -> list[str]:
    return sorted(words, key=lambda word: (-words[word], word))[:number]


def _classes(texts: Sequence[Sequence[str]], seed: int) -> dict[int, int]:
    """The class of each frequent word: k-means over what stands right before and right after it.

    The counts become positive pointwise mutual information, reduced by a singular value decomposition
    (Levy and Goldberg 2014).
    """
    words = _most_frequent(Counter(word for text in texts for word in text), CLASSED_WORDS)
    numbers = {word: number for number, word in enumerate(words)}
    row = np.concatenate(
        [np.array([*(numbers.get(word, len(words)) for word in text), len(words)], np.int32) for text in texts]
    )
    places: list[NDArray[np.int32]] = []
    columns: list[NDArray[np.int32]] = []
    middle = row[1:-1]
    known = middle < len(words)
    for side, beside in enumerate((row[:-2], row[2:])):
        places.append(middle[known])
        columns.append((np.minimum(beside, NEIGHBOURS) + side * (NEIGHBOURS + 1))[known])
    at, across = np.concatenate(places), np.concatenate(columns)
    counts = coo_matrix((np.ones(len(at)), (at, across)), shape=(len(words), 2 * (NEIGHBOURS + 1))).tocsr()
    counts.sum_duplicates()
    rows, sides = np.asarray(counts.sum(axis=1)).ravel(), np.asarray(counts.sum(axis=0)).ravel()
    seen = counts.tocoo()
    information = np.log(seen.data * counts.sum() / (rows[seen.row] * sides[seen.col]))
    # A pair seen once says little: the discount of Turney and Pantel (2010) in its simplest form.
    weighted = np.maximum(information, 0.0) * seen.data / (seen.data + 1.0)
    matrix = csr_matrix((weighted, (seen.row, seen.col)), shape=counts.shape)
    vectors = TruncatedSVD(DIMENSIONS, random_state=seed).fit_transform(matrix)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    labels = MiniBatchKMeans(CLASSES, random_state=seed, n_init=3, batch_size=2048).fit(vectors).labels_
    return {_key(word): int(label) for word, label in zip(words, labels, strict=True)}
