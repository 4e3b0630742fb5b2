"""The rankings that are compared: citespan's index and the libraries that one could take instead, each used well.

All stem English words and drop stop words, but scikit-learn as it comes. The fewer words of a question are left,
the less there is to search: so tantivy, SQLite and rank_bm25 drop citespan's 161 stop words, and bm25s is there with
its own 33 and with those. The peers are given the title and the text of a passage as one text, and store only their
index of it. Nothing is imported before it is loaded: a process that opens an index imports what its ranking needs.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmark_words import read_stop_words, stop_words, words_of, write_stop_words

from index.processors import usable_processes

if TYPE_CHECKING:
    from corpus.documents import Document, Passage
    from index.ranking.search import Hits, Index

K1, B = 1.2, 0.75
_BATCH = 100  # questions whose sparse scores are held at once


def titled(passage: Passage) -> str:
    """The title and the text of a passage, for peers without fields."""
    return f"{passage.title}\n{passage.text}"


class Ranking:
    """A ranking of texts: built into a folder, opened from it, and searched.

    ``needs`` are the modules it is made of; ``kept`` is False where it has no form on disk, so that opening is
    building anew. ``cuts`` is True where it is given documents and cuts them into passages itself.
    """

    name = ""
    needs: tuple[str, ...] = ()
    kept = True
    cuts = False

    def missing(self) -> list[str]:
        """The modules that are needed and not installed."""
        return [name for name in self.needs if importlib.util.find_spec(name) is None]

    def load(self) -> None:
        """Imports what is needed, so that no clock sees it."""

    def build(self, texts: Iterable[Any], folder: Path) -> None:
        """Indexes texts (documents where it ``cuts``) into a new folder; TypeError where that makes no sense."""
        raise TypeError(f"{type(self).__name__} is not built (into {folder}, of {texts!r:.40})")

    def open(self, folder: Path) -> None:
        """Opens what was built; TypeError where nothing is kept."""
        raise TypeError(f"{type(self).__name__} keeps nothing to open in {folder}")

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best texts, best first."""
        return self.search_many([question], k, 1)[0]

    def search_many(self, questions: Sequence[str], k: int, threads: int) -> list[list[int]]:
        """The numbers of the best texts for each question; by default one by one, in threads."""
        return shared_out(lambda part: [self.search(question, k) for question in part], questions, threads)


def shared_out(
    answer: Callable[[Sequence[str]], list[list[int]]], questions: Sequence[str], threads: int
) -> list[list[int]]:
    """What is answered to all questions, of which each of the threads takes a part."""
    if threads == 1:
        return answer(questions)
    bounds = [number * len(questions) // threads for number in range(threads + 1)]
    parts = [questions[start:stop] for start, stop in pairwise(bounds)]
    with ThreadPoolExecutor(threads) as pool:
        return [found for part in pool.map(answer, parts) for found in part]


class Citespan(Ranking):
    """This project's index, with or without its evidence and its compiled search."""

    cuts = True

    def __init__(self, name: str = "citespan", *, evidence: bool = True, compiled: bool = True, weighting: str = ""):
        self.name = name
        self._evidence, self._compiled = evidence, compiled
        self._weighting = weighting
        self.index: Index

    def load(self) -> None:
        """Imports what opens an index."""
        import index.folder.storage  # noqa: F401

    def build(self, texts: Iterable[Document], folder: Path) -> None:
        """Indexes documents."""
        from index.building.build import build_index
        from index.folder.storage import save_index
        from index.settings import IndexSettings, WeightingSettings

        weighting = WeightingSettings(name=self._weighting) if self._weighting else WeightingSettings()
        save_index(build_index(texts, settings=IndexSettings(weighting=weighting)), folder)

    def open(self, folder: Path) -> None:
        """Opens the folder; compiled code is loaded by ``compile``."""
        from index.folder.storage import open_index
        from index.settings import EvidenceSettings

        self.index = open_index(folder)
        if not self._evidence:
            settings = self.index.settings
            self.index.settings = dataclasses.replace(settings, evidence=EvidenceSettings(depth=0))

    def compile(self) -> bool:
        """Whether the compiled search is in use from now on."""
        return self._compiled and self.index.load_compiled()

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best passages."""
        return _numbers(self.index.search(question, k))

    def search_many(self, questions: Sequence[str], k: int, threads: int) -> list[list[int]]:
        """The numbers of the best passages for each question."""
        return [_numbers(hits) for hits in self.index.search_many(questions, k, threads=threads)]


def _numbers(hits: Hits) -> list[int]:
    numbers: list[int] = hits.numbers.tolist()
    return numbers


class Bm25s(Ranking):
    """bm25s with its Lucene variant, its own tokens, its own stop words or citespan's, and Snowball stems."""

    def __init__(self, *, compiled: bool, stopped: bool = False) -> None:
        self.name = "bm25s" + (", numba" if compiled else "") + (", citespan's stop words" if stopped else "")
        self._stopped = stopped
        self.needs = ("bm25s", "Stemmer", *(["numba"] if compiled else []))
        self._compiled = compiled
        self._index: Any

    def load(self) -> None:
        """Imports bm25s and its stemmer."""
        import bm25s
        from Stemmer import Stemmer

        self._bm25s, self._stemmer = bm25s, Stemmer("english")
        self._stop_words = sorted(stop_words()) if self._stopped else "en"

    def build(self, texts: Iterable[str], folder: Path) -> None:
        """Indexes the texts."""
        index = self._bm25s.BM25(method="lucene", k1=K1, b=B, backend="numba" if self._compiled else "numpy")
        index.index(self._tokens(list(texts), ids=True), show_progress=False)
        index.save(folder, show_progress=False)

    def open(self, folder: Path) -> None:
        """Loads the index into memory."""
        self._index = self._bm25s.BM25.load(folder, load_corpus=False, show_progress=False)
        if self._compiled:
            self._index.backend = "numba"
            self._index.activate_numba_scorer()
        self._count = int(self._index.scores["num_docs"])

    def search_many(self, questions: Sequence[str], k: int, threads: int) -> list[list[int]]:
        """The numbers of the best texts for each question."""
        best = min(k, self._count)
        tokens = self._tokens(list(questions), ids=False)
        # 0 is the plain loop; 1 would be a pool of one thread. It takes no more threads than there are processors.
        some = 0 if threads == 1 else min(threads, usable_processes())
        numbers, scores = self._index.retrieve(tokens, k=best, show_progress=False, n_threads=some)
        if scores[:, -1].min() > 0:
            return list(numbers.tolist())
        return [row[held].tolist() for row, held in zip(numbers, scores > 0, strict=True)]

    def _tokens(self, texts: list[str], *, ids: bool) -> Any:
        return self._bm25s.tokenize(
            texts, stopwords=self._stop_words, stemmer=self._stemmer, return_ids=ids, show_progress=False
        )


class ScikitLearn(Ranking):
    """TfidfVectorizer, as it comes or with sublinear counts and Snowball stems."""

    def __init__(self, *, stems: bool) -> None:
        self.name = "scikit-learn TF-IDF" + (", sublinear, stems" if stems else "")
        self.needs = ("sklearn", "scipy", *(["Stemmer"] if stems else []))
        self._stems = stems
        self._matrix: Any

    def load(self) -> None:
        """Imports scikit-learn."""
        import scipy.sparse
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._sparse, self._maker = scipy.sparse, TfidfVectorizer

    def _vectorizer(self, vocabulary: dict[str, int] | None = None) -> Any:
        if not self._stems:
            return self._maker(vocabulary=vocabulary)
        from Stemmer import Stemmer

        words, stemmer = self._maker().build_analyzer(), Stemmer("english")
        return self._maker(
            sublinear_tf=True, analyzer=lambda text: stemmer.stemWords(words(text)), vocabulary=vocabulary
        )

    def build(self, texts: Iterable[str], folder: Path) -> None:
        """Indexes the texts; a row for each term, so that a search touches the terms of its question only."""
        vectorizer = self._vectorizer()
        matrix = vectorizer.fit_transform(texts).T.tocsr()
        folder.mkdir()
        self._sparse.save_npz(folder / "matrix.npz", matrix, compressed=False)
        learned = {
            "vocabulary": {t: int(n) for t, n in vectorizer.vocabulary_.items()},
            "idf": vectorizer.idf_.tolist(),
        }
        (folder / "learned.json").write_text(json.dumps(learned), encoding="utf-8")

    def open(self, folder: Path) -> None:
        """Loads the matrix and the vocabulary."""
        import numpy as np

        self._matrix = self._sparse.load_npz(folder / "matrix.npz")
        learned = json.loads((folder / "learned.json").read_text(encoding="utf-8"))
        self._learned = self._vectorizer(learned["vocabulary"])
        self._learned.idf_ = np.array(learned["idf"])

    def search_many(self, questions: Sequence[str], k: int, threads: int) -> list[list[int]]:
        """The numbers of the best texts for each question."""
        return shared_out(partial(self._search, k), questions, threads)

    def _search(self, k: int, questions: Sequence[str]) -> list[list[int]]:
        import numpy as np

        found = []
        for first in range(0, len(questions), _BATCH):
            product = self._learned.transform(questions[first : first + _BATCH]) @ self._matrix
            for start, stop in zip(product.indptr, product.indptr[1:], strict=False):
                scores = product.data[start:stop]
                best = np.argpartition(-scores, k)[:k] if k < len(scores) else np.arange(len(scores))
                best = best[np.argsort(-scores[best], kind="stable")]
                found.append(product.indices[start:stop][best].tolist())
        return found


class RankBm25(Ranking):
    """rank_bm25's BM25Okapi, over words without stop words, stemmed; it scores every text and keeps nothing on disk."""

    name = "rank_bm25"
    needs = ("rank_bm25", "Stemmer")
    kept = False

    def load(self) -> None:
        """Imports rank_bm25 and a stemmer."""
        from rank_bm25 import BM25Okapi
        from Stemmer import Stemmer

        self._maker, self._stemmer, self._stop_words = BM25Okapi, Stemmer("english"), stop_words()

    def build(self, texts: Iterable[str], folder: Path) -> None:
        """Indexes the texts."""
        folder.mkdir()
        self._index = self._maker([self._tokens(text) for text in texts], k1=K1, b=B)

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best texts."""
        import numpy as np

        scores = self._index.get_scores(self._tokens(question))
        best = np.argpartition(-scores, k)[:k] if k < len(scores) else np.arange(len(scores))
        return [int(number) for number in best[np.argsort(-scores[best], kind="stable")] if scores[number] > 0]

    def _tokens(self, text: str) -> list[str]:
        stems: list[str] = self._stemmer.stemWords(words_of(text, self._stop_words))
        return stems


class Tantivy(Ranking):
    """tantivy with stop words dropped and stems, term frequencies without positions, numbers in a fast field."""

    name = "tantivy"
    needs = ("tantivy",)

    def load(self) -> None:
        """Imports tantivy."""
        import tantivy

        self._tantivy: Any = tantivy

    def build(self, texts: Iterable[str], folder: Path) -> None:
        """Indexes the texts."""
        schema = self._tantivy.SchemaBuilder()
        schema.add_text_field("text", stored=False, tokenizer_name="stopped_stems", index_option="freq")
        schema.add_integer_field("number", stored=False, fast=True)
        write_stop_words(folder)
        (folder / "index").mkdir()
        index = self._tantivy.Index(schema.build(), path=str(folder / "index"))
        self._register(index, folder)
        writer = index.writer(heap_size=512_000_000)
        for number, text in enumerate(texts):
            writer.add_document(self._tantivy.Document(text=text, number=number))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Opens the folder."""
        self._index = self._tantivy.Index.open(str(folder / "index"))
        self._register(self._index, folder)
        self._searcher = self._index.searcher()

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best texts."""
        query = self._index.parse_query(" ".join(words_of(question)), ["text"])
        places = [place for _, place in self._searcher.search(query, k, count=False).hits]
        return list(self._searcher.fast_field_values("number", places)) if places else []

    def _register(self, index: Any, folder: Path) -> None:
        part = self._tantivy.Filter
        builder = self._tantivy.TextAnalyzerBuilder(self._tantivy.Tokenizer.simple()).filter(part.lowercase())
        builder = builder.filter(part.custom_stopword(sorted(read_stop_words(folder))))
        index.register_tokenizer("stopped_stems", builder.filter(part.stemmer("english")).build())


class Sqlite(Ranking):
    """SQLite's FTS5 with Porter stems, without the text; a question is any of its words but stop words."""

    name = "SQLite FTS5"
    needs = ("sqlite3",)

    def build(self, texts: Iterable[str], folder: Path) -> None:
        """Indexes the texts."""
        write_stop_words(folder)
        database = sqlite3.connect(folder / "index.sqlite")
        database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='porter unicode61')")
        database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", enumerate(texts))
        database.commit()
        database.close()

    def open(self, folder: Path) -> None:
        """Opens the database; each thread gets a connection of its own."""
        self._path, self._local = folder / "index.sqlite", threading.local()
        self._stop_words = read_stop_words(folder)
        self._connection()

    def search(self, question: str, k: int) -> list[int]:
        """The numbers of the best texts."""
        query = " OR ".join(f'"{word}"' for word in words_of(question, self._stop_words))
        if not query:
            return []
        ranked = "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"
        return [number for (number,) in self._connection().execute(ranked, (query, k))]

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = sqlite3.connect(self._path)
        connection: sqlite3.Connection = self._local.connection
        return connection


RANKINGS: dict[str, Callable[[], Ranking]] = {
    "citespan": Citespan,
    "bm25s-numba": partial(Bm25s, compiled=True),
    "bm25s-numba-stopped": partial(Bm25s, compiled=True, stopped=True),
    "bm25s": partial(Bm25s, compiled=False),
    "scikit-learn": partial(ScikitLearn, stems=False),
    "scikit-learn-stems": partial(ScikitLearn, stems=True),
    "tantivy": Tantivy,
    "sqlite": Sqlite,
    "rank-bm25": RankBm25,
}
"""Every ranking by the key that a child process is told."""
