"""What may have been meant by a word of a question, and how likely each is: a noisy channel.

Each word may be the one meant or a typing error for another (Kernighan, Church & Gale 1990, "A spelling correction
program based on a noisy channel model"). What a word weighs is how often English has it (``known``), how many passages
hold it, and above all whether it stands in the passages that the other words of the question find; what may
have been meant weighs that times how likely the typing error is.

The cost does not grow with the vocabulary: each word that one edit gives is looked up, and words two edits away are
looked for in a bounded stretch of the terms that begin alike. A word that is common enough is not looked at at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.terms.analysis import Token, fold
from index.wording.edits import distance, distances, likelihood, single_edits
from index.wording.known import KnownWords, known_words

if TYPE_CHECKING:
    from index.ranking.search import Hits, Index


@dataclass(frozen=True, slots=True)
class WordWeights:
    """What the evidence for a word weighs, fitted to words of SQuAD train with a typing error and without.

    ``index`` and ``context``: a word that stands in every passage, or in every one that the other words find, beside a
    word that is all of English. ``unseen``, ``unseen_name``: a word that is nowhere. ``error``: typing errors in each
    word. ``flat``: the power of an edit's likelihood. ``near``: the power of a passage's score beside the best one's.
    """

    index: float = 2.56e-3
    context: float = 1.05e-2
    unseen: float = 6.14e-10
    unseen_name: float = 9.04e-8
    error: float = 0.028
    flat: float = 0.819
    near: float = 4.0


AROUND = 50  # passages that the other words of the question find: as many as ranking looks at twice
_SMALL = 20  # passages by which an index is taken for larger: of few, each holds too much
_NO_NAME = 0.1  # how much a word that is no name counts for one that is written like a name
_TWICE = 0.01  # how likely two edits are, beside a swap of two letters
_SHORT, _TWO_FROM = 3, 8  # letters
_SURE = 0.5  # how likely an edit of a short word must be, a letter lost or two swapped: too many words are as near
_TRIED, _READ = 3, 4  # candidates of which it is seen how they are written, and passages read for each
_TELLS = 0.1  # how likely a word must be beside the one that was typed, to be looked at
_SETTLED, _SEEN = 0.95, 0.05  # how likely a word must be, and in how much of what the others find, to be the only one
_CONTENT = 2e-6  # of an English word that is seldom typed for a function word
_SCANNED = 30_000  # terms that are compared with a word
_SUFFIX = 5  # letters that the stemmer may have left at the end of a mistyped word


class Meant(NamedTuple):
    """A word that may have been meant, the term it gives, and how likely it is, from 0 to 1.

    ``known``: English has it; ``held``: the documents have the term.
    """

    word: str
    term: str
    likely: float
    known: bool
    held: bool


class Option(NamedTuple):
    """A word that may have been meant: its term, how likely the edit is, and its share of all English words.

    The edit is 0 for the word that was typed.
    """

    word: str
    term: str
    edit: float
    share: float


class WordEvidence(NamedTuple):
    """What speaks for a word, of which ``size`` letters were typed.

    ``spread`` and ``context`` are the shares, from 0 to 1, of all passages that hold it and of those that the other
    words of the question find.
    """

    option: Option
    size: int
    spread: float = 0.0
    context: float = 0.0


class Around(NamedTuple):
    """The passages that some words find, int64 (passages,), and the share that each has, float64 (passages,)."""

    numbers: NDArray[np.int64]
    shares: NDArray[np.float64]


class Channel:
    """What one question tells of each of its words."""

    def __init__(
        self, question: str, index: Index, *, weights: WordWeights | None = None, words: KnownWords | None = None
    ) -> None:
        self._question = question
        self._index = index
        self._passages = len(index) + _SMALL
        self._words = words if words is not None else known_words()
        self._weights = weights if weights is not None else WordWeights()
        self._found: dict[str, Around] = {}
        self.hits: Hits | None = None  # the first AROUND for the whole question, once they were needed

    def ranked(self, token: Token, *, named: bool) -> list[Meant]:
        """What may have been meant by a word, the likeliest first, the word itself among them (with its own term).

        Nothing where it is plain that the word itself was. ``named``: it is written like a name.
        """
        weighed = [(self._weight(each, named=named), each) for each in self.evidence(token, named=named)]
        if not weighed:
            return []
        (plain, itself), *others = weighed
        word = itself.option.word
        others = self.written(word, others)
        if self._may_be_two(itself) and sum(weight for weight, _ in others) < plain:
            two = self._told(self._two_edits(word), self.around(None), len(word))
            others += self.written(word, [(self._weight(each, named=named), each) for each in two])
        whole = plain + sum(weight for weight, _ in others)
        found = [
            Meant(option.word, option.term, weight / whole, option.share > 0, self._index.holds(option.term))
            for weight, (option, *_) in [weighed[0], *others]
            if weight
        ]
        return sorted(found, key=lambda each: (-each.likely, each.word))

    def evidence(self, token: Token, *, named: bool) -> list[WordEvidence]:
        """What speaks for a word as it was typed, and for each that may have been meant instead.

        Nothing where the typed one is so common that no other can be likelier, or where there is no other.
        """
        word, held = fold(self._question[token.start : token.end]), self._index.holds(token.term)
        itself = WordEvidence(Option(word, token.term, 0.0, float(self._words.shares([word])[0])), len(word))
        itself = itself._replace(spread=self._spread(token.term))
        if self._weight(itself, named=named) > self._weights.context * self._weights.error / len(word):
            return []
        known = self._known_options(word, token.term, content=itself.option.share >= _CONTENT)
        # None can be as likely as would tell, whatever passages it stands in.
        least = self._weight(itself, named=named) * _TELLS
        told = self._told(known, None, len(word))
        known = [each.option for each in told if self._weight(each, named=named) >= least]
        if held and not any(self.context(option.term, self.around(None)) for option in known):
            return []
        around = self.around(token if held else None)
        itself = itself._replace(context=self.context(token.term, around))
        found = [itself, *self._told(known, around, len(word))]
        if not held and (named or not self._is_settled(found)):
            found += self._told(self._held_options(word, token.term, known), around, len(word))
        if named or itself.option.share:  # what another word stands in says little where all passages are found
            damp = len(self._index) / self._passages
            found = [each._replace(context=each.context * damp) for each in found]
        return found if len(found) > 1 or self._may_be_two(itself) else []

    def as_written(self, meant: Meant) -> str:
        """A word as the documents write it: with its capitals where it is a name."""
        if meant.known and not self._words.is_name(meant.word):
            return meant.word
        forms, capitals = self._forms(meant.term)
        if capitals <= 0:
            return meant.word
        same = [form for form in forms if fold(form) == meant.word]
        return max(same, key=lambda form: (forms[form], form)) if same else meant.word.capitalize()

    def around(self, but: Token | None) -> Around:
        """The passages that the question finds, without one of its words where it is given."""
        question = self._question
        if but is not None:
            question = question[: but.start] + " " * (but.end - but.start) + question[but.end :]
        if question not in self._found:
            hits = self._index.search(question, AROUND)
            self.hits = hits if but is None else self.hits
            shares = (
                (hits.scores / hits.scores[0]).astype(np.float64) ** self._weights.near if len(hits) else np.ones(0)
            )
            self._found[question] = Around(hits.numbers, shares / max(float(shares.sum()), 1e-9))
        return self._found[question]

    def context(self, term: str, around: Around) -> float:
        """How much of some passages holds a term, from 0 to 1."""
        return float(around.shares @ self._index.held_in(term, around.numbers))

    def _spread(self, term: str) -> float:
        number = self._index.vocabulary.find(term)
        frequency = 0 if number is None else int(self._index.statistics.document_frequencies[number])
        return float(frequency / self._passages)

    def _told(self, options: Sequence[Option], around: Around | None, size: int) -> list[WordEvidence]:
        """What speaks for some words; in every passage around, where none are given."""
        return [
            WordEvidence(each, size, self._spread(each.term), self.context(each.term, around) if around else 1.0)
            for each in options
        ]

    def _weight(self, evidence: WordEvidence, *, named: bool) -> float:
        option, size, spread, context = evidence
        weights = self._weights
        weight: float = option.share + weights.index * spread + weights.context * context
        if not option.edit:
            return weight + (weights.unseen_name if named else weights.unseen)
        if named and option.share and not self._is_name(option):
            weight *= _NO_NAME
        return float(weight * option.edit**weights.flat * weights.error / size)

    def _is_name(self, option: Option) -> bool:
        """Whether a word is written like a name, in English or in the documents."""
        return self._words.is_name(option.word) or (self._index.holds(option.term) and self._forms(option.term)[1] > 0)

    def _is_settled(self, found: Sequence[WordEvidence]) -> bool:
        """Whether one English word is so likely that those of the documents alone need not be looked for."""
        weighed = [self._weight(each, named=False) for each in found]
        best = int(np.argmax(weighed))
        return best > 0 and weighed[best] >= _SETTLED * sum(weighed) and found[best].context >= _SEEN

    def _known_options(self, word: str, own: str, *, content: bool) -> list[Option]:
        """English words that one edit gives, the likeliest of each term.

        ``content``: the word is no typing error for a function word.
        """
        term = self._index.analyzer.term
        near = self._words.neighbours(word).items()
        found = [Option(meant, term(meant), likelihood(word, meant), share) for meant, share in near]
        return [
            each
            for each in _likeliest(found)
            if each.term != own
            and (len(word) > _SHORT or each.edit >= _SURE)
            and not (content and each.term in self._index.analyzer.stop_terms)
        ]

    def _held_options(self, word: str, own: str, known: Sequence[Option]) -> list[Option]:
        """Words that one edit gives of which the index has the term, the likeliest of each, besides those known."""
        edits = [meant for meant, edit in single_edits(word).items() if len(word) > _SHORT or edit >= _SURE]
        stems = self._stems(edits)
        but = {own, *(each.term for each in known)} | self._index.analyzer.stop_terms
        held = self._index.vocabulary.find_many(set(stems) - but)
        pairs = zip(edits, stems, strict=True)
        return _likeliest([Option(meant, stem, likelihood(word, meant), 0.0) for meant, stem in pairs if stem in held])

    def _stems(self, words: list[str]) -> list[str]:
        analyzer = self._index.analyzer
        return analyzer.plain_terms(words) if all(map(str.isascii, words)) else list(map(analyzer.term, words))

    @staticmethod
    def _may_be_two(itself: WordEvidence) -> bool:
        word = itself.option.word
        return len(word) >= _TWO_FROM and word.isascii() and not itself.spread and not itself.option.share

    def _two_edits(self, word: str) -> list[Option]:
        """The terms of the index that may be two edits away, whatever the stemmer did to either."""
        vocabulary = self._index.vocabulary
        first = last = 0
        for size in (1, 2, 3):
            first, last = vocabulary.beginning(word[:size])
            if last - first <= _SCANNED:
                break
        last = min(last, first + _SCANNED)
        numbers, terms = vocabulary.matrix(first, last, range(len(word) - _SUFFIX, len(word) + 3))
        if not len(numbers):
            return []
        near = distances(word.encode("ascii"), terms)[len(word) - _SUFFIX :].min(axis=0) <= 2
        found = [vocabulary.term(number) for number in numbers[near].tolist()]
        return [Option("", term, _TWICE, 0.0) for term in found if term not in self._index.analyzer.stop_terms]

    def written(self, word: str, weighed: Sequence[tuple[float, WordEvidence]]) -> list[tuple[float, WordEvidence]]:
        """The weighed words without those of which the documents turn out to have no near form.

        Of words that English does not have only the first few are looked at, and kept.
        """
        found = []
        tried = 0
        least = _TELLS * max((weight for weight, _ in weighed), default=0.0)
        for weight, evidence in sorted(weighed, key=lambda each: (-each[0], each[1].option.term)):
            option = evidence.option
            if option.share > 0:
                found.append((weight, evidence))
                continue
            tried += 1
            forms = (
                {fold(form) for form in self._forms(option.term)[0]} if tried <= _TRIED and weight >= least else set()
            )
            if option.word in forms:
                found.append((weight, evidence))
                continue
            tries = [(likelihood(word, form) or _TWICE * (distance(word, form) == 2), form) for form in forms]
            edit, form = max(tries, default=(0.0, ""))
            if edit and (len(word) >= _TWO_FROM or edit > _TWICE):
                scale = (edit / option.edit) ** self._weights.flat
                found.append((weight * scale, evidence._replace(option=option._replace(word=form, edit=edit))))
        return found

    def _forms(self, term: str) -> tuple[Counter[str], int]:
        """The words that give a term in a few passages, and how many more have a capital there than have none.

        At the start of a sentence a capital says nothing.
        """
        index, around = self._index, self.around(None)
        near = around.numbers[index.held_in(term, around.numbers)][:_READ]
        forms: Counter[str] = Counter()
        capitals = 0
        for number in list(dict.fromkeys([*near.tolist(), *index.holding(term, _READ).tolist()]))[:_READ]:
            text = index.passage(number).with_headings()
            held = [
                word
                for word in index.analyzer.words(text)
                if (word[0].lower() == term[0] or not word[0].isascii()) and index.analyzer.term(word) == term
            ]
            forms.update(held)
            capitals -= sum(word[0].islower() for word in held)
            capitals += sum(
                len(re.findall(rf"[\w,;)]\s+{re.escape(word)}\b", text)) for word in set(held) if word[0].isupper()
            )
        return forms, capitals


def _likeliest(options: Sequence[Option]) -> list[Option]:
    """The likeliest option of each term, in the order of the terms."""
    ordered = sorted(options, key=lambda each: (each.edit * (each.share + 1e-9), each.edit, each.word))
    best = {each.term: each for each in ordered}
    return [best[term] for term in sorted(best)]
