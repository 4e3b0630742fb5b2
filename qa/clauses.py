"""What the clause around an answer says of it: that it was so once, or that it is the condition that was given.

"The timeout is 90 seconds instead of 45" has two values; which one is meant, the question's "now" or "before" tells.
And who asks how long a warranty is "if I register" does not ask within how many days to register.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.patterns import pattern

if TYPE_CHECKING:
    from qa.questions import Question
    from qa.readers.readings import Span

_NOW = pattern(r"\b(?:now|nowadays|today|currently|at present|at the moment|these days)\b", re.IGNORECASE)
_ONCE = pattern(
    r"\b(?:before|previously|formerly|(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )used to|in the past|earlier)\b"
    r"(?! than)",
    re.IGNORECASE,
)
_MARKS = pattern(
    r"\b(?:(?P<once>instead of|rather than|formerly|previously|used to|no longer|originally|(?:up|down) from|was|were"
    r"|had|did|until|till|former)|is|are|be|now|today|currently|has|have|costs?|since|becomes?)\b",
    re.IGNORECASE,
)
_ENDED = pattern(
    r"[^,;.:]{0,30}?\b(?:until|till|before|up to) (?:the end of )?(?:\w+ )?(?:\d{4}|last)\b", re.IGNORECASE
)
_GIVEN = pattern(
    r"\b(?:if|unless|without|with|provided|in case|as long as|that (?:is|are|was|were))\b(?P<given>[^?]*)",
    re.IGNORECASE,
)
_CONDITION = pattern(r"\b(?:if|unless|provided|in case|as long as)\b[^,;.]*", re.IGNORECASE)
_WORD = pattern(r"[^\W\d_]{4,}")
_MEASURED = ("how_measure", "how_many", "how_much")
_STEM = 5  # letters by which register and registration are one
_APART = 10.0  # by hand, of the neural reader's scores: what is further behind is no answer to the question


def of_its_time(question: Question, spans: list[Span]) -> list[Span]:
    """The spans without those that hold at another time than a question asks about, where one of its time is near.

    Only a question that says "now" or "before" asks about a time, and only values and persons are held against it: of
    other answers more were lost than gained on SQuAD dev.
    """
    now, once = _NOW.search(question.text) is not None, _ONCE.search(question.text) is not None
    if now == once or len(spans) < 2:
        return spans
    wanted = [span for span in spans if was_once(span.statement, span.text) == once]
    if not wanted or wanted[0] is spans[0] or spans[0].score - wanted[0].score > _APART:
        return spans
    values = [_has_digit(span.text) for span in (spans[0], wanted[0])]
    return wanted if all(values) or (question.kind == "who" and not any(values)) else spans


def was_once(statement: str, text: str) -> bool:
    """Whether a statement says of what stands in it that it was so once.

    >>> [was_once("The limit is 17; it was 15 before.", text) for text in ("17", "15")]
    [False, True]
    >>> was_once("Until 2020 a seat cost £5.", "£5"), was_once("Ann led it until 2020.", "Ann")
    (True, True)
    """
    found = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", statement)
    if found is None:
        return False
    if _ENDED.match(statement, found.end()):
        return True
    marks = list(_MARKS.finditer(statement, 0, found.start()))
    last = next((mark for mark in reversed(marks) if mark.group().lower() not in ("cost", "be")), None)
    return last is not None and last["once"] is not None


def is_the_condition(question: Question, span: Span) -> bool:
    """Whether a span is a measure in the condition of its sentence, and the question itself gives that condition.

    >>> from qa.questions import analyse_question
    >>> from qa.readers.readings import Span
    >>> span = Span(0, 26, 28, (0, 35), 1.0, "30 days", "Two years, three if you register within 30 days.")
    >>> questions = [analyse_question(f"How long is it {given}?") for given in ("if I register", "in all")]
    >>> [is_the_condition(question, span) for question in questions]
    [True, False]
    """
    given = _GIVEN.search(question.text) if question.kind in _MEASURED else None
    if given is None:
        return False
    words, stands = _stems(given["given"]), re.compile(rf"(?<!\w){re.escape(span.text)}(?!\w)")
    return any(
        stands.search(clause.group()) and words & _stems(clause.group())
        for clause in _CONDITION.finditer(span.statement)
    )


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM].lower() for word in _WORD.findall(text))


def _has_digit(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def without(dropped: Iterable[Span], spans: Iterable[Span]) -> list[Span]:
    """The spans that overlap none of those dropped, as other places of the same sentences."""
    gone = [(span.passage, span.start, span.end) for span in dropped]
    return [
        span
        for span in spans
        if not any(span.passage == number and span.start < end and start < span.end for number, start, end in gone)
    ]
