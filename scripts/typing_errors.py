"""Measures what typing errors cost: questions as they are, with an error, and with the error corrected.

    python scripts/typing_errors.py dev-a-v1.1.json.gz

Each question of a SQuAD file gets one error in one of its content words of four letters or more: a letter changed,
lost, or swapped with the next one, each as likely, at any place, the first included. A word that became another word is
kept. The paragraphs are pooled and each question is asked of all of them, without a threshold. ``quote`` is the share
of the questions whose cited quote holds a gold answer, ``R@1`` and ``R@5`` that of those for which a passage that holds
one is ranked so high. First come the questions that are corrected as they are: people made errors of their own. Same
seed, same errors.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import qa.engine
from corpus.english.function_words import STOP_WORDS
from index.building.build import build_index
from index.ranking.search import Index
from index.terms.analysis import Analyzer
from index.wording.known import is_english
from index.wording.understanding import Understood, understand
from qa.evaluation.datasets import Dataset, read_dataset
from qa.evaluation.evaluation import EvaluationSettings, evaluate
from qa.evaluation.figures import Evaluation
from qa.labelled import LabelledQuestion

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 4
_CHECKED = 1000  # questions as they are, that none of them is corrected


def mistyped(word: str, generator: random.Random) -> str:
    """The word with one letter changed, lost, or swapped with the next one; its capitals stay where they are."""
    low = typed = word.lower()
    while typed == low:
        kind, place = generator.choice(("changed", "lost", "swapped")), generator.randrange(len(low))
        before, sign, after = low[:place], low[place], low[place + 1 :]
        if kind == "changed":
            typed = before + generator.choice(_LETTERS) + after
        elif kind == "lost":
            typed = before + after
        else:
            typed = before + after[:1] + sign + after[1:]
    if word.isupper():
        return typed.upper()
    return typed[:1].upper() + typed[1:] if word[0].isupper() else typed


def with_errors(questions: Sequence[LabelledQuestion], generator: random.Random) -> list[tuple[LabelledQuestion, str]]:
    """Each question that has a word to mistype, with an error, and the word that was mistyped."""
    analyzer = Analyzer()
    found = []
    for question in questions:
        text = question.question
        words = [(token.start, token.end) for token in analyzer.tokens(text)]
        words = [
            (start, end)
            for start, end in words
            if text[start:end].isalpha() and end - start >= _SHORTEST and text[start:end].lower() not in STOP_WORDS
        ]
        if words:
            start, end = generator.choice(words)
            typed = mistyped(text[start:end], generator)
            found.append((replace(question, question=text[:start] + typed + text[end:]), text[start:end]))
    return found


def mistyped_at(clean: str, typed: str) -> tuple[int, str]:
    """Where the mistyped word of a question begins, and the word that was meant."""
    words = Analyzer().tokens(clean)
    for one, other in zip(words, Analyzer().tokens(typed), strict=True):
        if clean[one.start : one.end] != typed[other.start : other.end]:
            return other.start, clean[one.start : one.end]
    raise ValueError(f"{typed!r} has no word that differs from {clean!r}")


def measured(dataset: Dataset, questions: Sequence[LabelledQuestion], reader: str | None, *, right: bool) -> Evaluation:
    """The figures of some questions of a dataset, with typing errors put right or not."""
    qa.engine.understand = understand if right else _as_typed
    try:
        return evaluate(replace(dataset, questions=tuple(questions)), settings=EvaluationSettings(reader=reader))
    finally:
        qa.engine.understand = understand


def _as_typed(question: str, _: Index) -> Understood:
    return Understood(question, question)


def outcomes(dataset: Dataset, wrong: Sequence[tuple[LabelledQuestion, str]]) -> dict[str, int]:
    """What became of the mistyped words: put right, made another word, or left as typed, and why."""
    index = build_index(dataset.documents)
    term, words = index.analyzer.term, index.analyzer.words
    names = ("right", "made another word", "left: in the documents", "left: an English word", "left: not clear")
    counts = dict.fromkeys(names, 0)
    originals = {question.id: words(question.question) for question in dataset.questions}
    for question, _ in wrong:
        meant = words(understand(question.question, index).question)
        place = next(at for at, word in enumerate(words(question.question)) if word != originals[question.id][at])
        typed, original = words(question.question)[place], originals[question.id][place]
        if term(meant[place]) == term(original):
            name = "right"
        elif meant[place] != typed:
            name = "made another word"
        elif index.holds(term(typed)):
            name = "left: in the documents"
        else:
            name = "left: an English word" if is_english(typed) else "left: not clear"
        counts[name] += 1
    return counts


def corrected(dataset: Dataset, questions: Sequence[LabelledQuestion]) -> list[str]:
    """The questions that are taken for mistyped as they are, as they are understood."""
    index = build_index(dataset.documents)
    found = [(each.question, understand(each.question, index).did_you_mean) for each in questions]
    return [f"{question} -> {meant}" for question, meant in found if meant is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", metavar="FILE", help="SQuAD 1.1 (JSON, may be .gz)")
    parser.add_argument("--questions", type=int, default=600, help="questions to ask, 0 for all (default: %(default)s)")
    parser.add_argument("--articles", choices=("all", "even", "odd"), default="all", help="whose questions are asked")
    parser.add_argument("--seed", type=int, default=13, help="seed of the sample and the errors (default: %(default)s)")
    parser.add_argument("--reader", help="the reader (default: the neural one)")
    options = parser.parse_args()
    dataset = read_dataset(options.file)
    titles = {title: place for place, title in enumerate(sorted({each.title for each in dataset.documents}))}
    places = {each.id: titles[each.title] for each in dataset.documents}
    kept = {"all": (0, 1), "even": (0,), "odd": (1,)}[options.articles]
    asked = [each for each in dataset.questions if each.answers and places[each.document or ""] % 2 in kept]
    generator = random.Random(options.seed)
    generator.shuffle(asked)
    wrong = with_errors(asked, generator)[: options.questions or None]
    names = {question.id for question, _ in wrong}
    clean = sorted((each for each in asked if each.id in names), key=lambda each: each.id)
    typed = sorted((question for question, _ in wrong), key=lambda each: each.id)
    print(f"{len(clean):,} questions, {len(dataset.documents):,} paragraphs pooled")
    for changed in corrected(dataset, asked[: max(len(clean), _CHECKED)]):
        print(f"corrected as it is: {changed}")
    print("mistyped words: " + ", ".join(f"{n:,} {name}" for name, n in outcomes(dataset, wrong).items()), flush=True)
    print(f"{'questions':32}{'quote':>8}{'F1':>8}{'R@1':>8}{'R@5':>8}{'p50 ms':>8}")
    for name, questions, right in (
        ("as they are, not corrected", clean, False),
        ("as they are", clean, True),
        ("with an error, not corrected", typed, False),
        ("with an error", typed, True),
    ):
        found = measured(dataset, questions, options.reader, right=right)
        figures = (found.quote_holds_gold, found.forced_f1, found.recall_at_1, found.recall_at_5)
        print(
            f"{name:32}" + "".join(f"{100 * (value or 0):8.1f}" for value in figures) + f"{found.p50_ms:8.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
