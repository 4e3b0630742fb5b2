"""Turn a question and its answer into a statement, a denial and a yes/no question, by patterns that are sure.

No parser: where a pattern is not sure where the subject ends or what the verb is, there is no statement.

    >>> said = Statements({"build"}).of("Who did the Normans fight in 1066?", "Harold")
    >>> said is None, Statements({"fight"}).of("Who did the Normans fight in 1066?", "Harold").statement
    (True, 'The Normans fought Harold in 1066.')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from claims_verbs import (
    BE,
    DETERMINERS,
    DO,
    MODAL,
    PREPOSITIONS,
    TIMED,
    is_participle,
    past_of,
    placed,
    third_of,
    timed,
)

__all__ = ["Said", "Statements"]

_STRANDED = re.compile(
    r"\b(?:on|in|of|for|by|to|with|from|at|as|into|about)"
    r"(?: (?:in|on|by|during|to|after|before|at|of|as|for|when|since)\b|,)"
)
_TIMES = frozenset(["year", "date", "month", "day", "century", "decade", "time"])
_UNSURE = re.compile(
    r"\b(?:not|n't|never|else|besides|other than|aside|example|one of|some|two|both|following|except|likely)\b"
    r"|n't|\"\?$"
)


_NAMED = frozenset(["called", "named", "titled", "termed", "nicknamed", "considered"])
_AFTER_WHO = frozenset(["responsible", "the", "a", "an", "in", "considered", "able", "among"])
_FORMS: dict[str, Callable[[str], str]] = {"past": past_of, "third": third_of, "base": str}


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in parts: subject, finite verb, the rest; and the helping verb and base that a question takes."""

    subject: str
    verb: str
    rest: str
    helper: str = ""
    base: str = ""

    @property
    def statement(self) -> str:
        """The statement, with a full stop."""
        return _sentence(f"{self.subject} {self.verb} {self.rest}") + "."

    @property
    def denial(self) -> str | None:
        """The statement denied; None where the verb takes no denial here."""
        if not self.helper:
            return None
        return _sentence(f"{self.subject} {self.helper} not {self.base} {self.rest}") + "."

    @property
    def question(self) -> str | None:
        """The yes/no question that the statement answers with yes."""
        if not self.helper or "," in self.subject:
            return None
        subject = self.subject
        if re.match(r"(?:The|A|An|His|Her|Its|Their)\b", subject):
            subject = subject[0].lower() + subject[1:]
        return _sentence(f"{self.helper} {subject} {self.base} {self.rest}") + "?"


def _sentence(text: str) -> str:
    text = re.sub(r"\s+([,.;:?!%)])", r"\1", " ".join(text.split()))
    return text[:1].upper() + text[1:]


def _participles(words: list[str]) -> list[int]:
    """Return the places of the participles that end a subject: after the first word, not after small words."""
    small = DETERMINERS | PREPOSITIONS
    return [at for at, word in enumerate(words) if at and is_participle(word) and words[at - 1].lower() not in small]


class Statements:
    """Makes statements, with the bases of verbs as ``verbs_of`` finds them."""

    def __init__(self, verbs: Collection[str]) -> None:
        self._verbs = frozenset(verbs)
        self._forms = frozenset(form for verb in self._verbs for form in (past_of(verb), third_of(verb)))

    def of(self, question: str, answer: str) -> Said | None:
        """Return what is said with the answer in the question's place; None where no pattern is sure."""
        question, answer = " ".join(question.split()), answer.strip(" .,;:")
        unfit = (
            not answer
            or len(answer.split()) > 10
            or re.search(r"[?;\n|]|\b(?:is|was|are|were|has|had)\b", answer)
            or answer.count('"') % 2
            or answer.count("(") != answer.count(")")
        )
        if unfit or not question.endswith("?") or _UNSURE.search(question) or question.count("?") > 1:
            return None
        if re.match(
            r"(?:The|A|An|In|On|By|At|From|During|Almost|About|Around|Over|More|Nearly|Approximately)\b", answer
        ):
            answer = answer[0].lower() + answer[1:]
        words = question[:-1].strip().split(" ")
        if len(words) < 3 or re.search(
            r"\b(?:term|name|role|title|nickname)s? (?:is|was|are|were|did|does|do|has)\b", question
        ):
            return None
        return self._asked(words, answer)

    def _asked(self, words: list[str], answer: str) -> Said | None:
        first, second = words[0].lower(), words[1].lower()
        if first in PREPOSITIONS and second in ("what", "which", "whom"):
            return self._prepositional(first, second, words[2:], answer)
        if first in ("who", "whom"):
            return self._who(words[1:], answer)
        if first == "what" and (second in BE or second in DO or second in MODAL or second in self._forms):
            return self._what(words[1:], answer)
        if first in ("what", "which"):
            return self._what_noun(words[1:], answer)
        if first in ("when", "where"):
            place = timed(answer) if first == "when" else placed(answer)
            return self._inverted(words[1:], place) if place else None
        if first == "how":
            return self._how(second, words[2:], answer)
        return self._last(words, answer)

    def _who(self, words: list[str], answer: str) -> Said | None:
        verb, rest = words[0].lower(), words[1:]
        if verb in BE and rest and (is_participle(rest[0]) or rest[0] in _AFTER_WHO):
            if self._ends_open(rest):
                return self._be(verb, rest, answer)
            return Said(answer, verb, " ".join(rest), verb)
        return self._what(words, answer)

    def _what(self, words: list[str], answer: str) -> Said | None:
        verb, rest = words[0].lower(), words[1:]
        if not rest:
            return None
        if verb in DO:
            return self._inverted(words, answer, bare=True)
        if verb in BE and not is_participle(rest[0]):
            return self._be(verb, rest, answer)
        if self._ends_open(rest):
            return None
        if verb in MODAL and not (is_participle(rest[0]) or rest[0] in self._verbs or rest[0] in ("been", "be")):
            return None
        if verb in BE or verb in MODAL:
            return Said(answer, verb, " ".join(rest), verb)
        return Said(answer, verb, " ".join(rest)) if verb in self._forms else None

    def _ends_open(self, rest: list[str]) -> bool:
        return rest[-1].lower() in PREPOSITIONS or _STRANDED.search(" ".join(rest)) is not None

    def _be(self, verb: str, rest: list[str], answer: str) -> Said | None:
        """Of "was X called" and "is the capital of X": the answer goes to the end."""
        if _STRANDED.search(" ".join(rest)) or is_participle(rest[0]) or rest[0].lower() in ("there", "it"):
            return None
        low = [word.lower() for word in rest]
        at = max(_participles(rest), default=0)
        # "called" is followed by the answer, "made of" too; "located" is not.
        named = at == len(rest) - 1 and low[-1] in _NAMED
        if at and (named or (at >= len(rest) - 2 and low[-1] in PREPOSITIONS)):
            return Said(" ".join(rest[:at]), verb, " ".join([*rest[at:], answer]), verb)
        if low[-1] in PREPOSITIONS or is_participle(rest[-1]):
            return None
        if low[0] in ("the", "a", "an") or rest[0][0].isupper() or "'s" in " ".join(rest[:4]):
            # "What was the city called in 1900": what comes after the participle is no part of the subject.
            called = any(word in ("called", "named", "known", "used", "made") for word in low[1:])
            return None if called else Said(" ".join(rest), verb, answer, verb)
        return None

    def _with(self, words: list[str], answer: str, bare: bool) -> str | None:
        """Return what follows the verb with the answer: after a stranded preposition, before others, or at the end."""
        text = " ".join(words)
        stranded = _STRANDED.search(text)
        if not bare:
            return None if stranded or (words and words[-1].lower() in PREPOSITIONS) else f"{text} {answer}"
        if stranded:
            at = stranded.start() + len(re.split(r"[ ,]", stranded[0])[0])
            return f"{text[:at]} {answer}{text[at:]}"
        if len(words) > 1 and words[0].lower() in PREPOSITIONS and words[-1].lower() not in PREPOSITIONS:
            return f"{answer} {text}"
        return f"{text} {answer}"

    def _inverted(self, words: list[str], answer: str, *, bare: bool = False) -> Said | None:
        """Of "did X build Y", "was X built in Y": the answer goes to the end; ``bare`` where it has no preposition."""
        helper, rest = words[0].lower(), words[1:]
        if helper in BE:
            return self._inverted_be(helper, rest, answer)
        if helper not in DO:
            return None
        low = [word.lower() for word in rest]
        blocked = DETERMINERS | PREPOSITIONS | {"'s"}
        places = [
            at for at, word in enumerate(rest)
            if at and word in self._verbs and low[at - 1] not in blocked and not low[at - 1].endswith(("'s", "'", ","))
        ]  # fmt: skip
        if not places or places[0] > 8 or (len(places) > 1 and places[1] - places[0] < 4):
            return None
        at = places[0]
        subject, base = " ".join(rest[:at]), rest[at]
        tail = self._with(rest[at + 1 :], answer, bare)
        if tail is None or "do" in low or low[at - 1].endswith("ly") or not self._is_subject(rest[:at]):
            return None
        verb = _FORMS[DO[helper]](base)
        return Said(subject, verb, tail, helper, base)

    def _is_subject(self, words: list[str]) -> bool:
        return words[0].lower() in DETERMINERS or words[0][0].isupper() or len(words) == 1 or "'s" in words[0]

    def _inverted_be(self, helper: str, rest: list[str], answer: str) -> Said | None:
        if not rest or rest[0].lower() in ("there", "it") or not self._is_subject(rest):
            return None
        low = [word.lower() for word in rest]
        parts = _participles(rest)
        if len(parts) > 1:
            return None
        if parts:
            return Said(" ".join(rest[: parts[0]]), helper, " ".join([*rest[parts[0] :], answer]), helper)
        if low[-1] in PREPOSITIONS or len(rest) > 6 or {"a", "an"} & set(low[1:]):
            return None
        return Said(" ".join(rest), helper, answer, helper)

    def _prepositional(self, preposition: str, asked: str, words: list[str], answer: str) -> Said | None:
        start = answer if TIMED.match(answer) or answer.lower().startswith(preposition) else f"{preposition} {answer}"
        for at, word in enumerate(words[:4]):
            if word.lower() in BE or word.lower() in DO:
                noun = words[:at]
                return (
                    None if (asked == "whom") != (not noun) and asked == "whom" else self._inverted(words[at:], start)
                )
        return None

    def _what_noun(self, words: list[str], answer: str) -> Said | None:
        for at, word in enumerate(words[:5]):
            low = word.lower()
            if low.endswith(("'s", "s'")):
                return None
            if at and (low in BE or low in DO):
                return self._of_noun([w.lower() for w in words[:at]], words[at:], answer)
            if at and (low in MODAL or word in PREPOSITIONS):
                return None
            if at and word in self._forms:
                rest = words[at + 1 :]
                return Said(answer, word, " ".join(rest)) if rest and not self._ends_open(rest) else None
        return None

    def _of_noun(self, noun: list[str], words: list[str], answer: str) -> Said | None:
        helper, rest = words[0].lower(), words[1:]
        if not rest:
            return None
        if noun[-1] in _TIMES:
            if rest[-1].lower() in PREPOSITIONS:
                return None
            place = timed(answer)
            return self._inverted(words, place) if place else None
        if helper in DO:
            return self._inverted(words, answer, bare=True)
        if is_participle(rest[0]):
            return None if self._ends_open(rest) else Said(answer, helper, " ".join(rest), helper)
        if rest[-1] in PREPOSITIONS and not _STRANDED.search(" ".join(rest[:-1])):
            if len(rest) > 2 and is_participle(rest[-2]):
                return self._inverted_be(helper, rest, answer)
            if self._is_subject(rest) and len(rest) < 7:
                return Said(" ".join(rest[:-1]), helper, f"{rest[-1]} {answer}", helper)
        return None

    def _how(self, kind: str, words: list[str], answer: str) -> Said | None:
        if not words:
            return None
        helper = words[0].lower()
        if kind in ("much", "long", "old", "tall", "high", "far", "big", "large", "deep", "wide", "heavy", "loud"):
            if helper in BE and kind != "far":
                # "How long is the notice period?", not "How long was X kept in Y?"
                if (
                    any(is_participle(word) for word in words[1:])
                    or not self._is_subject(words[1:])
                    or self._ends_open(words[1:])
                ):
                    return None
                return Said(" ".join(words[1:]), helper, answer, helper)
            if helper in DO and kind in ("much", "long", "far"):
                return self._inverted(words, answer, bare=True) if words[-1] in self._verbs else None
        if kind == "many":
            return self._how_many(words, answer)
        return None

    def _how_many(self, words: list[str], answer: str) -> Said | None:
        for at, word in enumerate(words[:4]):
            if not at or (word.lower() not in BE and word.lower() not in DO):
                continue
            noun, rest = " ".join(words[:at]), words[at + 1 :]
            count = answer if any(part.lower() in answer.lower() for part in words[:at]) else f"{answer} {noun}"
            if not rest:
                return None
            if rest[0] == "there":
                return Said("there", word, " ".join([count, *rest[1:]]), word)
            if word.lower() in DO:
                said = self._inverted(words[at:], count, bare=True)
                return said if said and not said.rest.replace(count, "").strip() else None
            if is_participle(rest[0]) or rest[0] in PREPOSITIONS:
                return None if self._ends_open(rest) else Said(count, word, " ".join(rest), word)
            return None
        helped = any(word.lower() in BE | MODAL | DO.keys() for word in words)
        if len(words) > 2 and not helped and words[1] in self._verbs | self._forms:
            return Said(f"{answer} {words[0]}", words[1], " ".join(words[2:]))
        return None

    def _last(self, words: list[str], answer: str) -> Said | None:
        """Of "The visas were abolished in what year": the answer takes the place of the last words."""
        for back in (1, 2, 3):
            at = len(words) - back
            if at > 3 and words[at].lower() in ("what", "which", "who", "whom", "when", "where"):
                asked, before, after = words[at].lower(), words[:at], words[at + 1 :]
                after = after if after and after[0].lower() in PREPOSITIONS else []
                if back > 1 and words[-1].lower() in PREPOSITIONS:
                    return None
                if asked in ("when", "where") and before[-1].lower() not in PREPOSITIONS:
                    place = timed(answer) if asked == "when" else placed(answer)
                    answer = place or ""
                elif before[-1].lower() in PREPOSITIONS and answer.lower().startswith(before[-1].lower() + " "):
                    before = before[:-1]
                for number, word in enumerate(before[1:], 1):
                    if word in BE:
                        return (
                            Said(
                                " ".join(before[:number]), word, " ".join([*before[number + 1 :], answer, *after]), word
                            )
                            if answer
                            else None
                        )
                return Said(" ".join(before), "", " ".join([answer, *after])) if answer else None
        return None
