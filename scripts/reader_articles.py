"""Pages from SQuAD: its paragraphs as chapters or as lists of sentences, its questions as FAQ headings."""

import re
from collections.abc import Sequence

from reader_pages import Asked, Draft, Page, Span, has_value, lower_first
from reader_words import Taste

__all__ = ["Articles"]

END = re.compile(r"(?<=[.!?])[\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])")
ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|No|vs|Jr|Sr|ca|c|Prof|Gen|Col|Rev|Sgt|Capt|Inc|Ltd|Co|Mt|Ft|approx|etc|al"
    r"|e\.g|i\.e|U\.S|U\.K))\.$"
)
REWORDED = [
    (re.compile(r"^What year (did|was|were) "), r"In what year \1 "),
    (re.compile(r"^In what year (did|was|were) "), r"When \1 "),
    (re.compile(r"^In which year (did|was|were) "), r"What year \1 "),
    (re.compile(r"^What is the name of "), "What is the name given to "),
    (re.compile(r"^Who was (?!the )"), "Which person was "),
    (re.compile(r"^Where (was|is|are|were) "), r"In what place \1 "),
    (re.compile(r"^When did "), "At what time did "),
    (re.compile(r"^How many "), "What number of "),
    (re.compile(r"^What (kind|type|sort) of "), "Which kind of "),
    (re.compile(r"^Why (did|was|were|is|do|does) "), r"For what reason \1 "),
]
YEAR = re.compile(r"\b1[5-9]\d\d\b|\b20[01]\d\b")
TOPICS = [
    "History", "Early history", "Origins", "Background", "Overview", "Description", "Structure", "Legacy", "Reception",
    "Later years", "Modern era", "Post-war period", "Recent developments", "Economy", "Politics", "Society", "Culture",
    "People", "Notable figures", "Geography", "Relations", "Influence", "Criticism", "Career", "Aftermath", "See also",
]  # fmt: skip


def sentences(text: str) -> list[Span]:
    """The spans of a paragraph's sentences.

    >>> sentences("It rose. Dr. Hale left.")
    [(0, 8), (9, 23)]
    """
    found, start = [], 0
    for match in END.finditer(text):
        if not ABBREVIATED.search(text[start : match.start()]):
            end = match.start() + len(match.group().rstrip())
            found.append((start, end))
            start = match.end()
    return [*found, (start, len(text))]


def reworded(taste: Taste, question: str) -> str:
    """The question in slightly other words, where a rule fits; else as it is."""
    for pattern, other in REWORDED:
        if pattern.match(question) and taste.chance(0.7):
            return pattern.sub(other, question)
    return question


def width(answer: str) -> int:
    """The length of an answer without the stop that ends its sentence.

    >>> width("in 1911."), width("the U.S.")
    (7, 8)
    """
    return len(answer) - (answer.endswith(".") and not ABBREVIATED.search(answer))


def heading_over(taste: Taste, context: str) -> str:
    """A heading for a paragraph: its century, its decade, a span of its years, or a topic."""
    years = [int(match.group()) for match in YEAR.finditer(context)]
    draw = taste.rng.random()
    if not years or draw < 0.4:
        return str(taste.pick(TOPICS))
    year = taste.pick(years)
    if draw < 0.6:
        century = year // 100 + 1
        return f"{century}{'st' if century == 21 else 'th'} century"
    if draw < 0.7:
        return f"{year // 10 * 10}s"
    first, last = year - taste.number(0, 12), year + taste.number(1, 25)
    if draw < 0.85:
        return f"{first}{taste.pick(['–', '-'])}{last}"
    if draw < 0.93:
        return f"{taste.pick(TOPICS)} ({first}–{last})"
    return str(taste.pick([f"Since {first}", f"After {year}", f"Before {last}", f"The {year // 10 * 10}s and after"]))


class Articles:
    """Makers of pages from the articles of a file."""

    def __init__(self, articles: Sequence[dict]) -> None:
        self.articles = [article for article in articles if len(article["paragraphs"]) > 2]

    def elsewhere(self, taste: Taste, article: dict, text: str, count: int) -> list[Asked]:
        """Questions on other paragraphs of the article whose answers this page does not hold."""
        found = []
        for _ in range(count * 3):
            paragraph = taste.pick(article["paragraphs"])
            if paragraph["context"][:60] in text or not paragraph["qas"]:
                continue
            qa = taste.pick(paragraph["qas"])
            if not has_value(text, qa["answers"][0]["text"]) and qa["question"] not in text:
                found.append(Asked(qa["question"].strip(), plain=True))
        return found[:count]

    def chapters(self, taste: Taste) -> Draft | None:
        """Paragraphs under headings that name a time or a topic: what answers stands in the prose, not above it."""
        article = taste.pick(self.articles)
        page, title = Page(), article["title"].replace("_", " ")
        page.heading(title, 1)
        asked: list[Asked] = []
        for paragraph in taste.sample(article["paragraphs"], taste.number(2, 4)):
            context = paragraph["context"]
            if "\n" in context or context != context.strip():
                continue
            page.heading(heading_over(taste, context), 2)
            if taste.chance(0.25):
                page.heading(heading_over(taste, context), 3)
            at = page.add(context)[0]
            page.line()
            for qa in paragraph["qas"]:
                answer = qa["answers"][0]
                if answer["text"] == answer["text"].strip():
                    begin = at + answer["answer_start"]
                    asked.append(Asked(qa["question"].strip(), ((begin, begin + width(answer["text"])),), plain=True))
        return Draft(title, page, asked + self.elsewhere(taste, article, page.text, 5), "chapters") if asked else None

    def listed(self, taste: Taste) -> Draft | None:
        """A paragraph's sentences as the items of a list."""
        article = taste.pick(self.articles)
        paragraph = taste.pick(article["paragraphs"])
        context = paragraph["context"]
        spans = sentences(context)
        if not 3 <= len(spans) <= 10 or len(context) > 1300 or "\n" in context or context != context.strip():
            return None
        page, title = Page(), article["title"].replace("_", " ")
        if taste.chance(0.6):
            page.heading(title, 1)
        if taste.chance(0.2):
            page.heading(taste.pick(["Facts", "Notes", "Key points", "Summary", "Background"]))
        mark, stop = taste.pick(["- ", "- ", "* ", "1. "]), taste.chance(0.3)
        moved: list[tuple[Span, int]] = []
        for number, (start, end) in enumerate(spans, 1):
            sentence = context[start:end]
            if stop and sentence.endswith(".") and not ABBREVIATED.search(sentence):
                sentence = sentence[:-1]
            page.add(f"{number}. " if mark == "1. " else mark)
            moved.append(((start, start + len(sentence)), page.add(sentence)[0]))
            page.line()
        asked = []
        for qa in paragraph["qas"]:
            answer = qa["answers"][0]
            begin, finish = answer["answer_start"], answer["answer_start"] + width(answer["text"])
            for (start, end), at in moved:
                if start <= begin and finish <= end and answer["text"] == answer["text"].strip():
                    asked.append(
                        Asked(qa["question"].strip(), ((at + begin - start, at + finish - start),), plain=True)
                    )
        return Draft(title, page, asked + self.elsewhere(taste, article, page.text, 5), "prose_list")

    def faq(self, taste: Taste) -> Draft | None:
        """Questions as headings, the sentences with their answers under them."""
        article = taste.pick(self.articles)
        page, title = Page(), article["title"].replace("_", " ")
        page.heading(
            taste.pick([title, f"{title}: questions and answers", f"FAQ: {title}", "Frequently asked questions"]), 1
        )
        level, form = taste.pick([2, 2, 3]), taste.pick(["heading"] * 6 + ["bold", "Q", "bold"])
        asked: list[Asked] = []
        used: list[str] = []
        for paragraph in taste.sample(article["paragraphs"], taste.number(2, 4)):
            if not paragraph["qas"] or "\n" in paragraph["context"]:
                continue
            qa = taste.pick(paragraph["qas"])
            question = qa["question"].strip()
            spans = sentences(paragraph["context"])
            answer = qa["answers"][0]
            begin, finish = answer["answer_start"], answer["answer_start"] + width(answer["text"])
            held = [place for place, (start, end) in enumerate(spans) if start <= begin and finish <= end]
            if not held or answer["text"] != answer["text"].strip() or not question.endswith("?"):
                continue
            low, high = max(0, held[0] - taste.pick([0, 0, 0, 1])), held[0] + taste.pick([1, 1, 2])
            start, end = spans[low][0], spans[min(high, len(spans)) - 1][1]
            if form == "heading":
                page.heading(question, level)
            else:
                page.blank()
                page.line(f"**{question}**" if form == "bold" else f"Q: {question}")
                page.add("\n" if form == "bold" else "A: ")
            at = page.add(paragraph["context"][start:end])[0] + begin - start
            page.line()
            span = (at, at + width(answer["text"]))
            asked += [Asked(question, (span,), plain=True), Asked(reworded(taste, question), (span,), plain=True)]
            asked.append(
                Asked(
                    f"{taste.pick(['Can someone say: ', 'Here is my question: ', 'hello. '])}{lower_first(question)}",
                    (span,),
                    plain=True,
                )
            )
            used.append(question)
        if len(used) < 2:
            return None
        return Draft(title, page, asked + self.strange(taste, article, page.text, used), "faq")

    def strange(self, taste: Taste, article: dict, text: str, used: list[str]) -> list[Asked]:
        """Headings asked of another year, and questions that the page does not treat."""
        found = self.elsewhere(taste, article, text, 4)
        for question in used:
            year = YEAR.search(question)
            if year:
                other = str(int(year.group()) + taste.pick([-11, -3, 4, 9, 17]))
                if other not in text:
                    found.append(Asked(question.replace(year.group(), other), plain=True))
        return found
