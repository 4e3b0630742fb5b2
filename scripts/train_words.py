"""Learn how often English words are written, which tells what a mistyped word was meant to be.

    python scripts/train_words.py --squad train-v1.1.json.gz --wiki simplewiki.jsonl.gz

Words of letters alone are counted, folded, in the pages of the Simple English Wikipedia and in the paragraphs and
questions of SQuAD 1.1 train. Those seen ``--least`` times or more are kept by a hash, with the logarithm of the count
and whether they are names (``index/wording/known.py``). The file holds no text. People's typing errors are in it, each
far more seldom than the word that was meant. ``--half`` leaves out the articles that ``scripts/fit_spelling.py``
tries the words on. Same files, same bytes. With ``--ask`` prints how many words of a file's questions are known.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from index.terms.analysis import Analyzer, fold
from index.wording.known import FILE, KnownWords, is_english
from qa.evaluation.datasets import read_dataset

_WORD = re.compile(r"[^\W\d_]+")
_LENGTHS = range(2, 31)  # letters
_NAME = 0.9  # the share of times that a name has a capital; no other word begins so many sentences


def wiki_texts(path: Path) -> Iterator[str]:
    """The text of each page."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def squad_texts(path: Path, *, half: bool) -> tuple[list[str], list[str]]:
    """The paragraphs, and the questions, of all articles or of every other one."""
    dataset = read_dataset(path)
    titles = sorted({each.title for each in dataset.documents})
    kept = set(titles[::2] if half else titles)
    names = {each.id for each in dataset.documents if each.title in kept}
    return (
        [each.text for each in dataset.documents if each.id in names],
        [each.question for each in dataset.questions if each.document in names],
    )


def counted(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in some texts, as it is written."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(_WORD.findall(text))
    return counts


def folded(counts: Counter[str]) -> Counter[str]:
    """How often each folded word was counted."""
    found: Counter[str] = Counter()
    for word, count in counts.items():
        found[fold(word)] += count
    return found


def report(questions: Iterable[str], analyzer: Analyzer, generator: random.Random) -> None:
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
        known = sum(map(is_english, some)) / len(some)
        print(f"{len(some):6,} distinct words {name:14} {known:6.1%} known")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", required=True, type=Path, metavar="FILE", help="SQuAD 1.1 train (JSON, may be .gz)")
    parser.add_argument("--wiki", required=True, type=Path, metavar="FILE", help="JSON lines with 'text', gzipped")
    parser.add_argument("--least", type=int, default=4, help="times that a kept word was seen (default: %(default)s)")
    parser.add_argument("--half", action="store_true", help="learn nothing from every other article of SQuAD")
    parser.add_argument("-o", "--output", type=Path, default=FILE, metavar="FILE", help="default: what is shipped")
    parser.add_argument("--ask", type=Path, metavar="FILE", help="a file of questions to report on, not learned from")
    options = parser.parse_args()
    paragraphs, questions = squad_texts(options.squad, half=options.half)
    prose = counted(wiki_texts(options.wiki)) + counted(paragraphs)
    written = folded(prose)
    large = folded(Counter({word: count for word, count in prose.items() if word[0].isupper()}))
    counts = written + folded(counted(questions))
    counts = Counter({word: n for word, n in counts.items() if n >= options.least and len(word) in _LENGTHS})
    words = KnownWords.of(counts, names={word for word in counts if large[word] >= _NAME * max(written[word], 1)})
    options.output.parent.mkdir(exist_ok=True)
    np.save(options.output, words.rows, allow_pickle=False)
    print(f"{len(words.rows):,} words in {options.output.stat().st_size:,} bytes: {options.output.name}")
    if options.ask:
        asked = [question.question for question in read_dataset(options.ask).questions]
        report(asked, Analyzer(), random.Random(13))


if __name__ == "__main__":
    main()
