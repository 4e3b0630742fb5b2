"""Readers of evaluation files: SQuAD JSON, lists of questions, articles with yes/no questions, and BEIR folders.

Each gives a Dataset: the documents that the file brings with it (none for a list of questions) and the
questions with what is known about their answers. A file that is not in its format is a DataError that
names the file, the place, the value seen and what was expected; a single bad question among good ones
goes to ``skipped`` with its cause, and the rest is read.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from corpus.documents import Document, Section
from corpus.errors import DataError, SourceError
from qa.evaluation.yes_no_files import is_yes_no, yes_no_parts
from qa.labelled import LabelledQuestion, SkippedQuestion

Kind = Literal["squad", "questions", "beir", "multi-span", "yes-no"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is asked, of which documents: ``documents`` is empty for a list of questions.

    ``left_out`` counts the questions of the file that are of another kind than it measures.

    >>> Dataset("questions", "mine", (LabelledQuestion("1", "When?"),)).documents
    ()
    """

    kind: Kind
    name: str
    questions: tuple[LabelledQuestion, ...]
    documents: tuple[Document, ...] = ()
    skipped: tuple[SkippedQuestion, ...] = ()
    left_out: int = 0


class _UnusableError(Exception):
    """One question that cannot be used; its text is the cause."""


def read_dataset(paths: str | Path | Sequence[str | Path]) -> Dataset:
    """The questions of an evaluation file or folder, or of several SQuAD files pooled.

    A folder is read as BEIR, a JSON object with ``data`` as SQuAD 1.1 or 2.0, a JSON list or JSON lines
    as a list of questions, of which each may bring its own ``context``, all of whose ``answers`` are then to be given
    ("multi-span"); a JSON object with ``articles`` and ``questions`` as yes/no questions ("yes-no", see
    ``qa.evaluation.yes_no_files``). A name that ends in ``.gz`` is unpacked. Paragraphs that several SQuAD files
    share become one document.

    Raises SourceError where a path cannot be read and DataError where it is in none of these formats or
    holds no question.

    >>> import json, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "questions.json")
    ...     _ = path.write_text(json.dumps([{"question": "Who?", "answers": ["Ada"], "section": "Life > Youth"}]))
    ...     read_dataset(path).questions[0].section
    ('Life', 'Youth')
    """
    named = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    if not named:
        raise DataError("no evaluation file was named; give a SQuAD file, a list of questions or a BEIR folder")
    if len(named) == 1:
        dataset = _read_one(named[0])
    else:
        dataset = _squad({path: _squad_data(path, _json(path)) for path in named})
    if not dataset.questions:
        causes = "".join(f"; {skipped.place}: {skipped.cause}" for skipped in dataset.skipped[:3])
        raise DataError(f"{dataset.name}: holds no question that can be asked{causes}")
    return dataset


def _read_one(path: Path) -> Dataset:
    if path.is_dir():
        return _beir(path)
    if path.name.removesuffix(".gz").endswith(".jsonl"):
        return _question_list(path, "line", _lines(path))
    content = _json(path)
    if isinstance(content, dict) and "data" in content:
        return _squad({path: _squad_data(path, content)})
    if isinstance(content, list):
        return _question_list(path, "item", enumerate(content, 1))
    if is_yes_no(content):
        return Dataset("yes-no", str(path), *yes_no_parts(path, content))
    raise DataError(
        f"{path}: {_shown(content)} was read; expected an object with 'data' (SQuAD) or with 'articles' and "
        "'questions' (yes/no questions), or a list of objects with 'question', 'answers' and 'section'"
    )


def _question_list(path: Path, unit: str, items: Iterable[tuple[int, Any]]) -> Dataset:
    questions: list[LabelledQuestion] = []
    skipped: list[SkippedQuestion] = []
    documents: list[Document] = []
    for number, item in items:
        try:
            question = _listed(number, item)
            if isinstance(item, dict) and "context" in item:
                text = _required(item, "context", str, "the text that holds the answers")
                name = f"{unit}-{number}"
                documents.append(Document(name, name, text, (Section((), 0, len(text)),), str(path)))
                question = replace(question, document=name)
            questions.append(question)
        except _UnusableError as error:
            skipped.append(SkippedQuestion(f"{path}, {unit} {number}", str(error)))
    if not documents:
        return Dataset("questions", str(path), tuple(questions), skipped=tuple(skipped))
    alone = [question for question in questions if question.document is None]
    skipped += [SkippedQuestion(f"{path}, question {each.id}", "no 'context', which others have") for each in alone]
    asked = tuple(question for question in questions if question.document is not None)
    return Dataset("multi-span", str(path), asked, tuple(documents), tuple(skipped))


def _listed(number: int, item: Any) -> LabelledQuestion:
    """One item of a list of questions; a line that is not JSON comes as a ValueError."""
    if isinstance(item, ValueError):
        raise _UnusableError(f"not JSON ({item}); expected an object with 'question', 'answers' and 'section'")
    if not isinstance(item, dict):
        raise _UnusableError(f"{_shown(item)} was read; expected an object with 'question', 'answers' and 'section'")
    answers = _required(item, "answers", list, "a list of texts, [] where the documents do not say")
    for answer in answers:
        if not isinstance(answer, str) or not answer.strip():
            raise _UnusableError(f"'answers' holds {_shown(answer)}; expected texts that are not blank")
    return LabelledQuestion(
        id=str(item.get("id", number)),
        question=_required(item, "question", str, "a text"),
        answers=tuple(answers),
        section=_section_path(item.get("section")),
    )


def _section_path(value: Any) -> tuple[str, ...] | None:
    """A heading path from "A > B" or ["A", "B"]; "" is the lead, None is not labelled."""
    if value is None:
        return None
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(" > ")) if value.strip() else ()
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    raise _UnusableError(f"'section' is {_shown(value)}; expected headings joined by ' > ', '' for the lead, or null")


def _squad_data(path: Path, content: Any) -> list[Any]:
    if not isinstance(content, dict) or not isinstance(content.get("data"), list):
        raise DataError(f"{path}: no list 'data' was found; expected SQuAD 1.1 or 2.0 JSON")
    return list(content["data"])


def _squad(files: Mapping[Path, list[Any]]) -> Dataset:
    documents: dict[tuple[str, str], Document] = {}
    numbers: Counter[str] = Counter()
    questions: list[LabelledQuestion] = []
    skipped: list[SkippedQuestion] = []
    for path, articles in files.items():
        for place, title, paragraph in _paragraphs(path, articles):
            context = _string(paragraph, "context", place)
            if (title, context) not in documents:
                numbers[title] += 1
                documents[title, context] = _document(f"{title}-{numbers[title]}", title, context, str(path))
            document = documents[title, context]
            for number, item in enumerate(_list(paragraph, "qas", place)):
                try:
                    questions.append(_squad_question(item, document, len(questions) + len(skipped) + 1))
                except _UnusableError as error:
                    skipped.append(SkippedQuestion(f"{place}.qas[{number}]", str(error)))
    name = ", ".join(map(str, files))
    return Dataset("squad", name, tuple(questions), tuple(documents.values()), tuple(skipped))


def _paragraphs(path: Path, articles: list[Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The place, the article's title and the content of every paragraph."""
    for number, article in enumerate(articles):
        place = f"{path}, data[{number}]"
        title = _string(article, "title", place)
        for inner, paragraph in enumerate(_list(article, "paragraphs", place)):
            yield f"{place}.paragraphs[{inner}]", title, paragraph


def _document(name: str, title: str, text: str, source: str) -> Document:
    readable = " ".join(title.replace("_", " ").split())
    return Document(id=name, title=readable, text=text, sections=(Section((), 0, len(text)),), source=source)


def _squad_question(item: Any, document: Document, number: int) -> LabelledQuestion:
    if not isinstance(item, dict):
        raise _UnusableError(f"{_shown(item)} was read; expected an object with 'question' and 'answers'")
    answers = _required(item, "answers", list, "a list of objects with 'text' and 'answer_start'")
    impossible = item.get("is_impossible", not answers)
    if impossible is not (not answers):
        raise _UnusableError(f"'is_impossible' is {_shown(impossible)} with {len(answers)} answers; they contradict")
    spans = []
    for answer in answers:
        text = _required(answer, "text", str, "a text")
        start = _required(answer, "answer_start", int, "a position in the context")
        if not text or start < 0 or document.text[start : start + len(text)] != text:
            seen = document.text[max(start, 0) : start + len(text)]
            raise _UnusableError(f"the answer {text!r:.80} is not at position {start}, where {seen!r:.80} stands")
        spans.append((start, start + len(text)))
    return LabelledQuestion(
        id=str(item.get("id", number)),
        question=_required(item, "question", str, "a text"),
        answers=tuple(dict.fromkeys(document.text[start:end] for start, end in spans)),
        document=document.id,
        spans=tuple(dict.fromkeys(spans)),
    )


def _beir(folder: Path) -> Dataset:
    judgements = _judgements(_qrels(folder))
    source = _either(folder, "corpus.jsonl")
    documents = {}
    for place, item in _objects(source):
        name, title, text = (_string(item, key, place) for key in ("_id", "title", "text"))
        if name in documents:
            raise DataError(f"{place}: '_id' {name!r} stands twice; ids must be unique")
        documents[name] = _document(name, title, text if text.strip() else title, str(source))
    questions = [
        LabelledQuestion(id=name, question=_string(item, "text", place), judgements=judgements.pop(name))
        for place, item in _objects(_either(folder, "queries.jsonl"))
        if (name := _string(item, "_id", place)) in judgements
    ]
    skipped = [
        SkippedQuestion(f"{folder}, query {name!r}", "has judgements but no text in queries.jsonl")
        for name in sorted(judgements)
    ]
    return Dataset("beir", str(folder), tuple(questions), tuple(documents.values()), tuple(skipped))


def _qrels(folder: Path) -> Path:
    """The judgements to use: test.tsv where there is one, else the only file."""
    found = sorted((folder / "qrels").glob("*.tsv"))
    chosen = [path for path in found if path.name == "test.tsv"] or found
    if len(chosen) != 1:
        names = ", ".join(path.name for path in found) or "none"
        raise DataError(f"{folder / 'qrels'}: {names} found; expected test.tsv or a single .tsv with the judgements")
    return chosen[0]


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    """Query id to document id to grade, for queries with a document judged above 0."""
    grades: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_text(path).splitlines(), 1):
        fields = line.split("\t")
        if not line.strip() or (number == 1 and fields[-1].strip() == "score"):
            continue
        try:
            query, document, grade = fields
            grades.setdefault(query, {})[document] = int(grade)
        except ValueError:
            raise DataError(
                f"{path}, line {number}: {line!r:.120} was read; expected query-id, corpus-id and a whole-number "
                "score, separated by tabs"
            ) from None
    return {query: judged for query, judged in grades.items() if max(judged.values()) > 0}


def _either(folder: Path, name: str) -> Path:
    for path in (folder / name, folder / f"{name}.gz"):
        if path.is_file():
            return path
    raise DataError(f"{folder}: neither {name} nor {name}.gz is there; expected a BEIR folder")


def _objects(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The place and the content of every line of a JSONL file."""
    for number, item in _lines(path):
        if not isinstance(item, dict):
            raise DataError(f"{path}, line {number}: {_shown(item)} was read; expected a JSON object")
        yield f"{path}, line {number}", item


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The number and value of every line that is not blank; a ValueError stands for one that is not JSON."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as error:
                yield number, ValueError(str(error))


def _json(path: Path) -> Any:
    text = _text(path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise DataError(
            f"{path}: not JSON ({error}); expected SQuAD JSON, a list of questions, or articles with yes/no questions"
        ) from error


def _text(path: Path) -> str:
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save the file as UTF-8") from error
    except (OSError, EOFError, zlib.error) as error:
        cause = getattr(error, "strerror", None) or error
        raise SourceError(f"{path}: cannot be read ({cause}); give an evaluation file or a BEIR folder") from error


def _required(item: Any, key: str, kind: type, expected: str) -> Any:
    """A field of one question; a wrong one makes the question unusable."""
    value = item.get(key) if isinstance(item, dict) else None
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        seen = f"{key!r} is {_shown(value)}" if isinstance(item, dict) and key in item else f"no {key!r}"
        raise _UnusableError(f"{seen}; expected {expected}")
    return value


def _string(item: Any, key: str, place: str) -> str:
    """A field that the whole file depends on."""
    if not isinstance(item, dict) or not isinstance(item.get(key), str):
        raise DataError(f"{place}: {_missing(item, key)}; expected a text")
    return str(item[key])


def _list(item: Any, key: str, place: str) -> list[Any]:
    if not isinstance(item, dict) or not isinstance(item.get(key), list):
        raise DataError(f"{place}: {_missing(item, key)}; expected a list")
    return list(item[key])


def _missing(item: Any, key: str) -> str:
    return f"{key!r} is {_shown(item[key])}" if isinstance(item, dict) and key in item else f"no field {key!r}"


def _shown(value: Any) -> str:
    """A value as a message shows it: short."""
    if isinstance(value, dict):
        return f"an object with {', '.join(map(repr, list(value)[:5])) or 'nothing'}"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    return f"{value!r:.80}"
