"""Make questions whose answers are several spans, and others beside them, for training the reader's tagger.

Each is a JSON line like those of ``reader_structures.py``, but ``answers`` are all of them together, not one as good as
another:

    listed   SQuAD answers that are enumerations, split where the question asks for several
    whole    those that people labelled as one answer (``list_labels.json``)
    named    enumerations of SQuAD's paragraphs, asked for by their own sentence: what is left once they are taken out
    several  two SQuAD questions that differ by "one" and "another"
    apart    invented documents in which the answers stand apart (``list_examples.py``, ``list_prose.py``)
    single   SQuAD questions with one answer, some of which is an item of an enumeration
    none     the questions that people wrote for SQuAD 2.0 and that their paragraph does not answer

    python scripts/tag_examples.py --squad train-v1.1.json.gz --written train-v2.0-unanswerable.json.gz -o tags.jsonl.gz

Every eighth article is marked ``kept``: the tagger does not see it and is measured on it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
sys.path.insert(0, str(Path(__file__).parent))

from list_examples import draw
from list_prose import draw_prose

from qa.enumerations import Bounds, is_separator, items_of
from qa.lists import shape
from qa.plurality import plurality
from qa.questions import analyse_question

LABELS = Path(__file__).parent / "list_labels.json"
KEPT = 8
LONGEST = 12  # words of an item
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s+[A-Z\"“])|\Z)", re.DOTALL)
_CAPITAL = r"[A-Z][\w'’.\-]*"
_NAME = rf"(?:[Tt]he )?{_CAPITAL}(?:(?: (?:of|the|de|la|von|van|du|del|di|for|&))* {_CAPITAL})*"
_NAMES = re.compile(rf"(?P<run>{_NAME}(?:, {_NAME})*,? (?:and|or) {_NAME})(?![\w-])")
_CUE = re.compile(
    r"(?P<head>[^,;:()]*?),?(?P<cue> (?:such as|including|include|includes|included|consists? of|comprises?|"
    r"(?:are|were|are called|were called|namely|as follows)(?: the)?(?: following)?):?|:) (?P<run>[^.;:()]+)[.;]"
)
_VERB = re.compile(
    r" (?:all |both |also |then )?(?!and\b|or\b|of\b|in\b|at\b|as\b|for\b|to\b|with\b|on\b|from\b)[a-z]+"
)
_ANOTHER = re.compile(r"\b(?:one|another|other|else|also|example)\b")
_OTHER = re.compile(
    r"\b(?:what|which|who|is|was|were|are|the|a|an|one|another|other|also|else|of|some|example|name|besides)\b"
)


def main() -> None:
    """Writes the examples and prints how many of each kind there are."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 1.1 train, JSON in gzip")
    parser.add_argument("--written", type=Path, required=True, help="unanswerable questions, SQuAD form in gzip")
    parser.add_argument("--singles", type=int, default=5000)
    parser.add_argument("--named", type=int, default=3500)
    parser.add_argument("--drawn", type=int, default=2500)
    parser.add_argument("--none", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    articles, written = _articles(options.squad), _articles(options.written)
    found = [*listed(articles), *several(articles)]
    found += _some(rng, list(named(articles, rng)), options.named)
    found += _some(rng, list(singles(articles)), options.singles)
    found += _some(rng, list(unanswered(written)), options.none)
    found += list(apart(options.drawn, options.seed))
    found = [{**row, "question": _retyped(rng, row["question"])} for row in found]
    rng.shuffle(found)
    counts: Counter[str] = Counter()
    with gzip.open(options.output, "wt", encoding="utf-8") as file:
        for row in found:
            check(row)
            counts[row["kind"] + (" kept" if row["kept"] else "")] += 1
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    for kind, count in sorted(counts.items()):
        print(f"{count:7,} {kind}")


def check(row: dict[str, Any]) -> None:
    """Raise ValueError where an answer is no clean span of its text."""
    for start, end in row["answers"]:
        answer = row["text"][start:end]
        if not answer or answer != answer.strip():
            raise ValueError(f"{row['kind']}: span {start}:{end} of {row['title']!r} is {answer!r}, not a clean answer")


def listed(articles: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """SQuAD's enumerations, split where that is what the question asks for."""
    labels: dict[str, bool] = json.loads(LABELS.read_text(encoding="utf-8"))
    for article, paragraph, asked in _questions(articles):
        start, gold = _answer(asked)
        bounds = items_of(gold, before=paragraph["context"][max(0, start - 12) : start])
        if not bounds:
            continue
        says = labels.get(asked["id"], _is_list(asked["question"], gold, bounds))
        if says:
            spans = [(start + first, start + last) for first, last in bounds]
            yield _row(article, paragraph, asked["question"], spans, "listed")
        elif says is False and asked["id"] in labels:
            yield _row(article, paragraph, asked["question"], [(start, start + len(gold))], "whole")


def _is_list(question: str, gold: str, bounds: Sequence[Bounds]) -> bool | None:
    """Whether an enumeration is several answers, by the question and by how alike the items are; None: who knows."""
    items = [gold[start:end] for start, end in bounds]
    lengths = [len(_WORD.findall(item)) for item in items]
    if max(lengths) > LONGEST or min(lengths) < 1:
        return None
    asked = plurality(analyse_question(question))
    alike = len({shape(item) for item in items}) == 1
    if asked["one"] or re.search(r"\bone\b|\bbetween\b|\bwhy\b|\bhow\b", question.lower()):
        return None
    if asked["counted"] or asked["plural"] or asked["listing"]:
        return (alike or len(items) > 2) or None
    return (alike and (len(items) > 2 or max(lengths) <= 3)) or None


def named(articles: Sequence[dict[str, Any]], rng: random.Random) -> Iterator[dict[str, Any]]:
    """Enumerations of names or after a cue, asked for by the words around them."""
    for article in articles:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            for sentence in _SENTENCE.finditer(text):
                made = _of_names(sentence[0], rng) or _of_cue(sentence[0], rng)
                if made is None:
                    continue
                question, start, run = made
                spans = [(sentence.start() + start + first, sentence.start() + start + last) for first, last in run]
                if 3 <= len(question.split()) <= 22:
                    yield _row(article, paragraph, question, spans, "named")


def _of_names(sentence: str, rng: random.Random) -> tuple[str, int, Sequence[Bounds]] | None:
    for found in _NAMES.finditer(sentence):
        bounds = items_of(found["run"], before=sentence[: found.start()])
        items = [found["run"][start:end] for start, end in bounds]
        if len(items) < 2 or (len(items) == 2 and min(map(len, map(str.split, items))) < 2):
            continue
        before, after = sentence[: found.start()], sentence[found.end() :].rstrip(".!? ")
        people = all(len(item.split()) in (2, 3) and not item.lower().startswith("the ") for item in items)
        asking = rng.choice(("who", "who", "which people") if people else ("what", "which ones", "what places"))
        if not before.strip() and _VERB.match(after):
            return f"{asking}{_cut(after)}?", found.start(), bounds
        last = before.rstrip()
        if last.endswith((",", "(", ";")) or not last:
            continue
        cloze = f"{_tail(last)} {asking}{_head(after)}?"
        words = " ".join(word for word in _WORD.findall(_tail(last) + _head(after)) if len(word) > 2)
        return rng.choice((cloze, cloze, words)), found.start(), bounds
    return None


def _of_cue(sentence: str, rng: random.Random) -> tuple[str, int, Sequence[Bounds]] | None:
    for found in _CUE.finditer(sentence):
        bounds = items_of(found["run"])
        items = [found["run"][start:end] for start, end in bounds]
        if len(items) < 3 or max(len(item.split()) for item in items) > 6 or not found["head"].strip():
            continue
        head, cue = found["head"].strip(), found["cue"].strip(" :")
        short = " ".join(head.split()[-rng.choice((2, 3, 4)) :])
        asked = [f"what are {short}?", f"what are the {short}?", f"which {short}?", short, f"list of {short}", head]
        if cue.startswith("inclu") or cue.startswith("co"):
            asked += [f"what does {_tail(head)} {cue.split()[0].rstrip('s')}?", f"{_tail(head)} {cue} what?"]
        return rng.choice(asked), found.start("run"), bounds
    return None


def _tail(text: str) -> str:
    """The last words of a text, those after its last comma where they are enough."""
    words = text.rsplit(",", 1)[-1].split()
    words = words if len(words) > 3 else text.split()
    return " ".join(words[-9:])


def _head(text: str) -> str:
    return " ".join(re.split(r"[,;(]", text)[0].split(" ")[:7])


def _cut(text: str) -> str:
    kept = re.split(r"[;(]|, (?:which|who|while|but|and)\b", text)[0]
    return " ".join(kept.split(" ")[:14]).rstrip(",")


def several(articles: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Questions of one paragraph that ask for one and for another of the same."""
    for article in articles:
        for paragraph in article["paragraphs"]:
            groups = defaultdict(list)
            for asked in paragraph["qas"]:
                lower = asked["question"].lower()
                key = frozenset(word.rstrip("s") for word in _WORD.findall(_OTHER.sub(" ", lower)))
                groups[key].append(asked)
            for key, group in groups.items():
                spans = sorted({(start, start + len(text)) for start, text in map(_answer, group)})
                apart = all(one[1] <= other[0] for one, other in pairwise(spans))
                other = any(_ANOTHER.search(asked["question"].lower()) for asked in group)
                if len(key) > 1 and len(spans) > 1 and apart and other:
                    yield _row(article, paragraph, group[0]["question"], spans, "several")


def singles(articles: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Questions with one answer; those whose answer is an item of an enumeration come twice as often."""
    for article, paragraph, asked in _questions(articles):
        start, gold = _answer(asked)
        if items_of(gold):
            continue
        end, text = start + len(gold), paragraph["context"]
        row = _row(article, paragraph, asked["question"], [(start, end)], "single")
        yield row
        beside = (
            text[max(0, start - 2) : start],
            text[max(0, start - 5) : start],
            text[end : end + 2],
            text[end : end + 5],
        )
        if any(map(is_separator, beside)):
            yield row


def unanswered(articles: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Questions that their paragraph does not answer."""
    for article, paragraph, asked in _questions(articles):
        if asked.get("placed") != "doubtful":
            yield _row(article, paragraph, asked["question"], [], "none")


def apart(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Invented documents with several answers or one."""
    drawn = [*draw(count * 2 // 5, seed), *draw_prose(count - count * 2 // 5, seed)]
    for number, each in enumerate(drawn):
        spans = []
        for answer in each.answers:
            found = re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", each.text)
            if found:
                spans.append(found.span())
        yield {
            "title": "",
            "text": each.text,
            "question": each.question,
            "answers": sorted(set(spans)),
            "kind": "apart",
            "kept": number % KEPT == 0,
        }


def _retyped(rng: random.Random, question: str) -> str:
    """Some questions as people type them: no capitals, no question mark."""
    question = question.strip()
    if rng.random() < 0.35:
        question = question.rstrip("?. ")
    return question.lower() if rng.random() < 0.3 else question


def _articles(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(gzip.decompress(path.read_bytes()))["data"]
    return found


def _questions(articles: Sequence[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    for article in articles:
        for paragraph in article["paragraphs"]:
            for asked in paragraph["qas"]:
                yield article, paragraph, asked


def _answer(asked: dict[str, Any]) -> tuple[int, str]:
    answer = asked["answers"][0]
    text = answer["text"].strip()
    return int(answer["answer_start"]) + answer["text"].index(text), text


def _row(
    article: dict[str, Any], paragraph: dict[str, Any], question: str, spans: Sequence[Bounds], kind: str
) -> dict[str, Any]:
    title = str(article.get("title", "")).replace("_", " ")
    kept = sum(map(ord, title)) % KEPT == 0
    return {
        "title": title,
        "text": paragraph["context"],
        "question": question,
        "answers": [list(span) for span in spans],
        "kind": kind,
        "kept": kept,
    }


def _some(rng: random.Random, rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return rng.sample(rows, min(count, len(rows)))


if __name__ == "__main__":
    main()
