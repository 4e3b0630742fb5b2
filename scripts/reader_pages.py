"""Documents under construction that know where each piece stands, and the ways people type a question."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from reader_words import Taste

__all__ = ["Asked", "Draft", "Page", "Span", "has_value", "lower_first", "typed", "upper_first"]

Span = tuple[int, int]

STOP_WORDS = (
    "a an the is are was were do does did be been being to of in on at for by with from and or it its this that there "
    "what which much i you we they can could would should my your our me please tell know have has had as"
)
STOP = frozenset(STOP_WORDS.split())
POLITE = [
    "hi, can you tell me {}",
    "Hello, {}",
    "Could you tell me: {}",
    "I would like to know {}",
    "Please tell me, {}",
    "do you know {}",
    "Quick question: {}",
    "Can you tell me {}",
    "I'm wondering: {}",
    "Excuse me, {}",
    "{} Thanks!",
    "{} please",
]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a page and the spans that answer it; no spans where the page does not answer.

    `plain` keeps the question from being cut down to keywords, where they would lose what is asked.
    """

    question: str
    spans: tuple[Span, ...] = ()
    plain: bool = False


@dataclass(slots=True)
class Page:
    """A text that grows by pieces and returns the span of each.

    >>> page = Page()
    >>> page.line("- ", "Bread", ": ", "£2")
    [(0, 2), (2, 7), (7, 9), (9, 11)]
    >>> page.text
    '- Bread: £2\\n'
    """

    pieces: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self.pieces)

    def add(self, piece: str) -> Span:
        """Write a piece and return its span."""
        start = self.length
        self.pieces.append(piece)
        self.length += len(piece)
        return start, self.length

    def line(self, *pieces: str) -> list[Span]:
        """Write a line and return the spans of its pieces."""
        spans = [self.add(piece) for piece in pieces]
        self.add("\n")
        return spans

    def blank(self) -> None:
        """Write an empty line, unless there is one."""
        if self.pieces and not (self.pieces[-1] == "\n" and (len(self.pieces) == 1 or self.pieces[-2].endswith("\n"))):
            self.add("\n")

    def heading(self, text: str, level: int = 2) -> Span:
        """Write a heading between empty lines and return the span of its text."""
        self.blank()
        span = self.line("#" * level + " ", text)[1]
        self.add("\n")
        return span


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished page with all that may be asked about it."""

    title: str
    page: Page
    asked: list[Asked]
    kind: str


def has_value(text: str, value: str) -> int:
    """How often a value stands in a text as a whole, whatever its case.

    >>> has_value("£56 and £5", "£5")
    1
    """
    pattern = r"(?<![\w.,:/-])" + re.escape(value.lower()) + r"(?![\w]|[.,:/-]\w)"
    return len(re.findall(pattern, text.lower()))


def lower_first(text: str) -> str:
    """The text with its first letter small, unless the word is an abbreviation or a name in form.

    >>> lower_first("What is it?"), lower_first("MOT test")
    ('what is it?', 'MOT test')
    """
    return (
        text
        if len(text) > 1 and (text[1].isupper() or text[1].isdigit() or text[1] == "-")
        else text[:1].lower() + text[1:]
    )


def upper_first(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def keywords(question: str) -> str:
    """The words of a question that a person would type into a search box."""
    short = re.sub(r"\bhow much\b", "", question, flags=re.I).rstrip("?. ")
    found = [word for word in short.split() if word.lower().strip(",:'\"") not in STOP]
    return " ".join(found).lower()


def mistyped(taste: Taste, question: str) -> str:
    """The question with one letter of one longer word lost, doubled or swapped."""
    places = [match for match in re.finditer(r"[A-Za-z]{5,}", question)]
    if not places:
        return question
    match = taste.pick(places)
    at = taste.number(match.start() + 1, match.end() - 2)
    a, b = question[at], question[at + 1]
    return question[:at] + taste.pick([b, b + a, a + a + b]) + question[at + 2 :]


def typed(taste: Taste, asked: Asked) -> str:
    """The question as one of many people would type it."""
    question, draw = upper_first(asked.question.strip()), taste.rng.random()
    if draw < 0.15 and not asked.plain:
        short = keywords(question)
        question = short if len(short.split()) > 1 else question
    elif draw < 0.25:
        question = question.lower().rstrip("?").strip()
    elif draw < 0.33:
        frame = taste.pick(POLITE)
        if frame == "{} please":
            question = question.rstrip("?")
        question = frame.format(question if frame.startswith("{}") else lower_first(question))
    elif draw < 0.36:
        question = question.rstrip("?").strip()
    return mistyped(taste, question) if taste.chance(0.03) else question


def choose(taste: Taste, asked: Iterable[Asked], count: int, refused: float) -> list[Asked]:
    """Some of the questions, about that share of them without an answer."""
    answered, unanswered = [], []
    seen: set[str] = set()
    for one in asked:
        if one.question.lower() not in seen:
            seen.add(one.question.lower())
            (answered if one.spans else unanswered).append(one)
    answered, unanswered = taste.sample(answered, len(answered)), taste.sample(unanswered, len(unanswered))
    chosen = []
    for _ in range(count):
        pool = unanswered if taste.chance(refused) else answered
        if pool:
            chosen.append(pool.pop())
    return chosen
