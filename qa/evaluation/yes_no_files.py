"""Files of yes/no questions that come with their articles, each question naming the one that it is about.

``{"articles": {key: text}, "questions": [{"article": key, "question": "...", "answers": ["Yes."]}]}``: an article may
also be an object with "title" and "text", and a question may name it by "article_file" or "document".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from corpus.documents import Document, Section
from corpus.english.function_words import DEMONSTRATIVES, SUBJECTS, THERE
from corpus.errors import DataError
from qa.labelled import LabelledQuestion, SkippedQuestion
from qa.wording import counted

NAMED_BY = ("article", "article_file", "document")
"""The fields by which a question names its article, in the order in which they are looked for."""

# "No letters survive" is no No; "No it did not" is one.
_SAID = re.compile(
    rf"\W*(?P<said>yes\b|no(?=\s*[^\w\s]|\s*$|\s+(?:{'|'.join(sorted(SUBJECTS | DEMONSTRATIVES | THERE))})\b))",
    re.IGNORECASE,
)


def is_yes_no(content: Any) -> bool:
    """Whether the JSON of a file has the form of yes/no questions with their articles.

    >>> is_yes_no({"articles": {}, "questions": []}), is_yes_no({"data": []})
    (True, False)
    """
    return isinstance(content, dict) and "articles" in content and "questions" in content


def yes_no_parts(
    path: Path, content: Mapping[str, Any]
) -> tuple[tuple[LabelledQuestion, ...], tuple[Document, ...], tuple[SkippedQuestion, ...], int]:
    """The yes/no questions of a file's JSON, its articles, the questions that cannot be used, and how many are others.

    A question whose answers begin with neither yes nor no is of another kind. Raises DataError where the file is not in
    its form or no question of it can be asked.
    """
    articles, items = content["articles"], content["questions"]
    if not isinstance(articles, dict) or not articles:
        raise DataError(
            f"{path}: 'articles' is {articles!r:.40}; expected texts by key, or objects with 'title' and 'text'"
        )
    if not isinstance(items, list):
        raise DataError(f"{path}: 'questions' is {items!r:.40}; expected a list of objects")
    texts = {key: _text(article) for key, article in articles.items()}
    asked: list[LabelledQuestion] = []
    skipped: list[SkippedQuestion] = []
    titles: dict[str, str] = {}
    left_out = 0
    for number, item in enumerate(items, 1):
        try:
            question = _question(number, item, texts)
        except ValueError as error:
            skipped.append(SkippedQuestion(f"{path}, questions, item {number}", str(error)))
            continue
        if question.document is not None and isinstance(item.get("title"), str):
            titles.setdefault(question.document, item["title"])
        if question.answers:
            asked.append(question)
        else:
            left_out += 1
    if not asked:
        causes = "".join(f"; {each.place}: {each.cause}" for each in skipped[:3])
        raise DataError(
            f"{path}: {counted(len(items), 'question')} and no yes/no question that can be asked{causes}; "
            "expected objects with 'question', 'answers' that begin with yes or no, and 'article'"
        )
    documents = [
        _document(key, _title(articles[key]) or titles.get(key) or key, text, str(path))
        for key, text in texts.items()
        if text is not None
    ]
    return tuple(asked), tuple(documents), tuple(skipped), left_out


def yes_or_no(answers: list[str]) -> str | None:
    """What answers say that begin with yes or no, in lower case; None where none of them does.

    Raises ValueError where they disagree.

    >>> yes_or_no(["Yes.", "yes, it is"]), yes_or_no(["It is not clear.", "No."]), yes_or_no(["No one knows."])
    ('yes', 'no', None)
    """
    found = {match["said"].lower() for answer in answers if (match := _SAID.match(answer))}
    if len(found) > 1:
        raise ValueError("its answers say both yes and no; one of them was expected")
    return found.pop() if found else None


def _question(number: int, item: Any, texts: Mapping[str, str | None]) -> LabelledQuestion:
    """The question of an item, without answers where it is no yes/no question; raises ValueError where it is broken."""
    if not isinstance(item, dict):
        raise ValueError(f"{item!r:.40} was read; expected an object with 'question', 'answers' and 'article'")
    question, answers = item.get("question"), item.get("answers")
    if not isinstance(question, str) or not question.strip():
        raise ValueError(f"'question' is {question!r:.40}; a text was expected")
    if not isinstance(answers, list) or not all(isinstance(answer, str) for answer in answers):
        raise ValueError(f"'answers' is {answers!r:.40}; a list of texts was expected")
    answer = yes_or_no(answers)
    named = next((name for name in NAMED_BY if item.get(name) is not None), None)
    if named is None:
        raise ValueError(f"it names no article; expected {', '.join(map(repr, NAMED_BY[:-1]))} or {NAMED_BY[-1]!r}")
    key = str(item[named])
    if key not in texts:
        raise ValueError(f"{named!r} is {key!r:.40}; expected a key of 'articles'")
    if texts[key] is None:
        raise ValueError(f"its article {key!r:.40} has no text")
    return LabelledQuestion(str(item.get("id", number)), question, (answer,) if answer else (), document=key)


def _text(article: Any) -> str | None:
    text = article.get("text") if isinstance(article, dict) else article
    return text if isinstance(text, str) and text.strip() else None


def _title(article: Any) -> str | None:
    title = article.get("title") if isinstance(article, dict) else None
    return title if isinstance(title, str) and title.strip() else None


def _document(key: str, title: str, text: str, source: str) -> Document:
    readable = " ".join(title.replace("_", " ").split())
    return Document(key, readable, text, (Section((), 0, len(text)),), source)
