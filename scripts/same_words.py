"""Measures what asking with words of one meaning (index/wording/words/same.txt) does to a ranking.

    python scripts/same_words.py train-v1.1.json.gz --sample 48
    python scripts/same_words.py scifact/

SQuAD: the rank of the first passage that holds a gold answer, all paragraphs pooled. BEIR: nDCG@10 and recall@100 of
documents by their best passage. ``asked`` counts the questions that were asked with further words; ``better`` and
``worse`` those whose figure changed. ``--sample`` takes so many articles of a SQuAD file, the same for the same seed;
the settings in ``index/wording/synonyms.py`` were chosen so, on SQuAD train.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmark_quality import first, holds
from train_ranking import sample

from index.building.build import build_index
from index.ranking.search import Hits
from index.wording.synonyms import others
from qa.evaluation import metrics
from qa.evaluation.datasets import Dataset, read_dataset
from qa.labelled import LabelledQuestion

DEPTH = 100
LITTLE = (0.5, 0.7, 0.9)
WEIGHTS = (0.2, 0.35, 0.5, 0.8)

Judge = Callable[[LabelledQuestion, Hits], float]


def judge_of(dataset: Dataset, documents: Sequence[str], passages: Sequence[object]) -> tuple[str, Judge]:
    """The name of a figure, and what gives it for the hits of one question."""
    if dataset.kind == "beir":

        def ndcg(question: LabelledQuestion, hits: Hits) -> float:
            names = dict.fromkeys(documents[number] for number in hits.numbers.tolist())
            return metrics.ndcg_at([name for name in names if name != question.id], question.judgements)

        return "nDCG@10", ndcg

    def reciprocal(question: LabelledQuestion, hits: Hits) -> float:
        rank = first(holds(passages[number], question) for number in hits.numbers.tolist())  # type: ignore[arg-type]
        return 1 / rank if rank else 0.0

    return "MRR", reciprocal


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", metavar="FILE", help="SQuAD JSON (may be .gz) or a BEIR folder")
    parser.add_argument("--sample", type=int, metavar="N", help="articles to take, with up to 1,200 questions")
    parser.add_argument("--seed", type=int, default=31, help="seed of the sample (default: %(default)s)")
    options = parser.parse_args()
    dataset = read_dataset(options.path)
    if options.sample:
        generator = random.Random(options.seed)
        dataset = sample(dataset, articles=options.sample, questions=1200, generator=generator)
    index = build_index(dataset.documents)
    passages = list(index.passages())
    name, judge = judge_of(dataset, [passage.document for passage in passages], passages)
    depth = DEPTH if dataset.kind == "squad" else 5 * DEPTH
    plain = [index.search(question.question, depth) for question in dataset.questions]
    before = [judge(question, hits) for question, hits in zip(dataset.questions, plain, strict=True)]
    print(f"{len(before):,} questions, {len(passages):,} passages; {name} {metrics.mean(before):.4f}")
    print(f"{'little':>8}{'weight':>8}{'asked':>8}{name:>10}{'better':>8}{'worse':>8}")
    for little in LITTLE:
        for weight in WEIGHTS:
            after, asked = [], 0
            for question, hits, value in zip(dataset.questions, plain, before, strict=True):
                also = others(question.question, hits, index, little=little, weight=weight)
                asked += bool(also)
                found = index.search(question.question, depth, also=also) if also else None
                after.append(judge(question, found) if found is not None else value)
            better = sum(new > old for old, new in zip(before, after, strict=True))
            worse = sum(new < old for old, new in zip(before, after, strict=True))
            print(f"{little:8}{weight:8}{asked:8}{metrics.mean(after):10.4f}{better:8}{worse:8}", flush=True)


if __name__ == "__main__":
    main()
