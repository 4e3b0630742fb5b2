"""Whether two texts agree as answers: exact match and F1 as SQuAD defines them.

Rajpurkar et al. 2016; the no-answer rules of 2018. Every share is between 0 and 1.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence

from corpus.patterns import pattern

_PUNCTUATION = str.maketrans("", "", string.punctuation)


_ARTICLES = pattern(r"\b(?:an?|the)\b")


_Score = Callable[[str, str], float]


def normalise_answer(text: str) -> str:
    """The text as SQuAD compares answers: lower case, no ASCII punctuation, no a/an/the, single spaces.

    >>> normalise_answer("The  U.S. Army, a force")
    'us army force'
    """
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(prediction: str | None, golds: Sequence[str]) -> float:
    """1.0 when the prediction equals any gold answer after normalisation, else 0.0.

    ``None`` is a refusal, and no golds mean that nothing is to be answered: refusing is then right.

    >>> exact_match("the Army", ["army", "the armed forces"]), exact_match(None, []), exact_match("Army", [])
    (1.0, 1.0, 0.0)
    """
    return _best(prediction, golds, lambda guess, gold: float(guess == gold))


def f1(prediction: str | None, golds: Sequence[str]) -> float:
    """The best token F1 of the prediction over the gold answers; refusals are judged as by exact_match.

    F1 is the harmonic mean of the shares of predicted and of gold tokens that are common, counted with
    repetition, after normalisation.

    >>> round(f1("in the year 1816", ["1816"]), 3)
    0.5
    """
    return _best(prediction, golds, _token_f1)


def holds(text: str, answer: str) -> bool:
    """Whether the text contains the answer as whole words, as written or after SQuAD's normalisation.

    >>> holds("Visas were abolished in 2009–2010.", "2009"), holds("Founded in 1956.", "56")
    (True, False)
    """
    words = " ".join(answer.casefold().split())
    if words and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", " ".join(text.casefold().split())):
        return True
    normalised = normalise_answer(answer)
    return bool(normalised) and f" {normalised} " in f" {normalise_answer(text)} "


def _best(prediction: str | None, golds: Sequence[str], score: _Score) -> float:
    """The best score over the golds; of a refusal, whether there was nothing to answer."""
    if prediction is None or not golds:
        return float(prediction is None and not golds)
    guess = normalise_answer(prediction)
    return max(score(guess, normalise_answer(gold)) for gold in golds)


def _token_f1(guess: str, gold: str) -> float:
    """F1 of two normalised texts; a text without tokens equals only its like, as in SQuAD 2.0."""
    ours, theirs = guess.split(), gold.split()
    if not ours or not theirs:
        return float(ours == theirs)
    return 2 * sum((Counter(ours) & Counter(theirs)).values()) / (len(ours) + len(theirs))
