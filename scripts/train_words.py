"""Learn which words are English, so that a word that the documents lack is not taken for a typing error.

    python scripts/train_words.py --squad train-v1.1.json.gz --wiki simplewiki.jsonl.gz

A word is known by its stem: one that stands in the paragraphs of at least ``--articles`` articles of SQuAD 1.1 train
or in at least ``--pages`` pages of the Simple English Wikipedia. The stems are kept as a Bloom filter
(``index/wording/known.py``), which holds no text and takes a stem that was never seen for known once in ``--wrong``
times. Same files, same bytes. Prints what it does to words with one typing error, and to the words of questions from
elsewhere.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.terms.analysis import Analyzer
from index.wording.known import FILE, KnownWords
from qa.evaluation.datasets import read_dataset


def wiki_texts(path: Path) -> Iterator[str]:
    """The text of each page."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def squad_texts(path: Path) -> Iterable[str]:
    """The paragraphs of each article as one text; its questions are left out: people made typing errors there."""
    texts: dict[str, list[str]] = {}
    for document in read_dataset(path).documents:
        texts.setdefault(document.title, []).append(document.text)
    return map("\n".join, texts.values())


def frequent(texts: Iterable[str], least: int, analyzer: Analyzer) -> set[str]:
    """The stems of letters alone that at least so many texts hold."""
    counts = Counter(term for text in texts for term in set(analyzer.terms(text)) if term.isalpha())
    return {term for term, count in counts.items() if count >= least}


def report(words: KnownWords, questions: Iterable[str], analyzer: Analyzer, generator: random.Random) -> None:
    """Prints how many words of the questions are known, and how many of them with one letter lost or swapped."""
    asked = sorted({word.lower() for question in questions for word in analyzer.words(question)})
    asked = [word for word in asked if word.isalpha() and len(word) >= 4]
    wrong = []
    for word in asked:
        place = generator.randrange(len(word) - 1)
        lost, swapped = word[:place] + word[place + 1 :], f"{word[place + 1]}{word[place]}"
        wrong.append(generator.choice([lost, word[:place] + swapped + word[place + 2 :]]))
    wrong = [typed for word, typed in zip(asked, wrong, strict=True) if typed != word]
    for name, some in (("as asked", asked), ("with an error", wrong)):
        known = sum(words.holds(analyzer.term(word)) for word in some) / len(some)
        print(f"{len(some):6,} distinct words {name:14} {known:6.1%} known")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", required=True, type=Path, metavar="FILE", help="SQuAD 1.1 train (JSON, may be .gz)")
    parser.add_argument("--wiki", required=True, type=Path, metavar="FILE", help="JSON lines with 'text', gzipped")
    parser.add_argument("--articles", type=int, default=3, help="articles that hold a known word (default: 3)")
    parser.add_argument("--pages", type=int, default=10, help="pages that hold a known word (default: 10)")
    parser.add_argument("--wrong", type=int, default=100, help="one in so many unknown stems is let in (default: 100)")
    parser.add_argument("--ask", type=Path, metavar="FILE", help="a file of questions to report on, not learned from")
    options = parser.parse_args()
    analyzer = Analyzer()
    stems = frequent(squad_texts(options.squad), options.articles, analyzer)
    stems |= frequent(wiki_texts(options.wiki), options.pages, analyzer)
    words = KnownWords.of(sorted(stems), wrong=1 / options.wrong)
    FILE.parent.mkdir(exist_ok=True)
    np.save(FILE, words.bits, allow_pickle=False)
    print(f"{len(stems):,} stems in {FILE.stat().st_size:,} bytes: {FILE.name}")
    if options.ask:
        questions = [question.question for question in read_dataset(options.ask).questions]
        report(words, questions, analyzer, random.Random(13))


if __name__ == "__main__":
    main()
