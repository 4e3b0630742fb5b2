"""Yes/no questions: the question as a statement, judged by what the documents say."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from corpus.english.function_words import DEMONSTRATIVES, SUBJECTS, WH
from corpus.errors import ModelError
from qa.answers import Answer
from qa.conversation.phrases import Parsed, parse
from qa.conversation.words import tokens
from qa.questions import MAX_ANALYSED, analyse_question, opening_of

if TYPE_CHECKING:
    from qa.asker import Asker
    from qa.candidates import Hit

THRESHOLD = 0.5  # measured on yes/no questions of other articles: see the judge's card

_OPENING = re.compile(r"^\s*(?:(?:and|but|so|then|well)\s*,?\s+)?", re.IGNORECASE)
_DENIED = re.compile(r"^(\w+)n[’']t\b\s*(.+)", re.IGNORECASE | re.DOTALL)
_WHOLE = {"ca": "can", "wo": "will", "sha": "shall"}
_THAT = re.compile(r"^is\s+it\s+(?:true|correct|right|so|the\s+case)\s+that\s+", re.IGNORECASE)
_STANDING_IN = re.compile(rf"\s*(?:there|{'|'.join(sorted(SUBJECTS | DEMONSTRATIVES))})\b", re.IGNORECASE)
_SAID = re.compile(r"[\s*_>\"“‘'-]*(?P<said>yes|no)\b(?!\s+(?:one|longer|more|less|later|matter)\b)", re.IGNORECASE)
ALIKE = 0.8  # by hand: of what two questions ask, for the answer of one to be that of the other
_SUREST = 0.97
_CHOICE = re.compile(r"\bor\b(?!\s+(?:more|less|fewer|not)\b)", re.IGNORECASE)


def is_yes_no(question: str) -> bool:
    """Whether a question asks for yes or no: it begins with an auxiliary and offers nothing to choose from.

    >>> [is_yes_no(text) for text in ("Did Serbia join?", "Who joined?", "Is it red or blue?", "Isn't it red?")]
    [True, False, False, True]
    """
    return as_statement(question) is not None and not _CHOICE.search(question)


def as_statement(question: str) -> str | None:
    """The statement that a yes/no question asks about; None for any other question.

    >>> as_statement("Did Serbia impose sanctions on Russia?")
    'Serbia did impose sanctions on Russia.'
    >>> as_statement("Was the library designed by Ada Brunner?")
    'The library was designed by Ada Brunner.'
    >>> as_statement("In May, however, is the tower open to people who have no ticket?")
    'In May, however, the tower is open to people who have no ticket.'
    """
    if len(question) > MAX_ANALYSED:
        return None
    text = question[_OPENING.match(question).end() :].strip().rstrip("?？ ")  # type: ignore[union-attr]
    said = _THAT.sub("", text)
    if said != text:
        return _sentence(said)
    words = tokens(text)
    opening = 0 if _DENIED.match(text) else opening_of([word.lower for word in words])
    if opening is None or (analyse_question(text).kind != "yes_no" and any(word.lower in WH for word in words)):
        return None
    before, text = text[: words[opening].start], text[words[opening].start :]
    stated = _stated(text)
    return None if stated is None else _sentence(f"{before}{stated}")


def _stated(text: str) -> str | None:
    """The statement of a question that begins with its auxiliary and has lost its mark; None where it is none."""
    denied = _DENIED.match(text)
    if denied is not None:
        stem = denied[1].lower()
        text = f"{_WHOLE.get(stem, stem).capitalize()} {denied[2]}"
    main = _main_clause(text)
    parsed = parse(f"{main}?")
    if parsed.auxiliary != 0 or parsed.wh:
        return None
    auxiliary = parsed.tokens[0]
    rest = text[auxiliary.end :].strip()
    end = _subject_end(text, auxiliary.end, parsed)
    if end is None or end >= len(main) < len(text):  # a clause after the subject hides where the subject ends
        return None
    subject, predicate = text[auxiliary.end : end].strip(), text[end:].strip()
    return f"{subject} {auxiliary.text.lower()} {predicate}" if predicate else rest


def _main_clause(text: str) -> str:
    """A yes/no question before its relative clause; all of it where it has none."""
    clause = next((word.start for word in tokens(text)[1:] if word.lower in WH), len(text))
    return text[:clause].rstrip(" ,")


def _subject_end(text: str, start: int, parsed: Parsed) -> int | None:
    """Where the subject of a question ends, which stands after its auxiliary."""
    there = _STANDING_IN.match(text, start)
    if there is not None:
        return there.end()
    subject = next((phrase for phrase in parsed.phrases if phrase.role == "subject"), None)
    if subject is None:
        return None
    if subject.end >= len(text):
        # The parser took all the rest: the predicate is its last word, as in "are turtles aquatic".
        cut = text.rstrip().rfind(" ")
        return cut if cut > subject.start else subject.end
    return subject.end


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:1].upper()}{text[1:]}."


def _told(engine: Asker, question: str, hits: Sequence[Hit]) -> Answer | None:
    """The answer that an FAQ gives in so many words: "No, just come by." under the same question; None without one.

    Its confidence is the share of either question's content, by idf, that the other has too.
    """
    from qa.audit.evidence import is_question
    from qa.citing import cite

    denied = analyse_question(question).denied
    best: tuple[float, Hit, re.Match[str], tuple[int, int]] | None = None
    for hit in hits:
        above = hit.passage.section[-1] if hit.passage.section else ""
        for place in hit.passage.sentences:
            said = hit.passage.slice(*place)
            found = _SAID.match(said)
            asked = found is not None and is_question(above) and is_yes_no(above)
            if found is not None and asked and analyse_question(above).denied == denied:
                alike = _alike(engine, question, above)
                if alike >= ALIKE and (best is None or alike > best[0]):
                    best = alike, hit, found, place
            above = said
    if best is None:
        return None
    alike, hit, found, (start, _) = best
    return Answer(
        question=question,
        answered=True,
        text=found["said"].capitalize(),
        confidence=round(min(alike, _SUREST), 4),
        score=0.0,
        citation=cite(hit.passage, start + found.start("said"), start + found.end("said"), engine.index),
        kind="yes_no",
    )


def _alike(engine: Asker, one: str, other: str) -> float:
    """The share of what two questions ask, by idf, that both do."""
    index = engine.index
    ours, theirs = (set(index.analyzer.question(text).content) for text in (one, other))
    told = sum(index.idf(term) for term in ours | theirs)
    return sum(index.idf(term) for term in ours & theirs) / told if told else 0.0


def ask_yes_no(
    engine: Asker,
    question: str,
    *,
    search: Callable[[str, int], Sequence[Hit]],
    min_confidence: float | None = None,
) -> Answer | None:
    """The answer "Yes" or "No" with the quote that decides it, or a refusal; None where the question asks for another.

    ``search`` gives the best passages for a statement, as many as it is told. Without ``min_confidence`` the
    threshold is THRESHOLD. Raises ModelError where the judge cannot be loaded; beside the lexical reader, for those who
    do without onnxruntime, the answer is None then: they get a span.
    """
    import numpy as np

    from qa.audit.auditing import Judged, cite_piece, nearest_of
    from qa.audit.calibration import CONTRADICTED, SUPPORTED, log_odds
    from qa.audit.evidence import PASSAGES, choose_pieces
    from qa.audit.judge import load_judge

    statement = as_statement(question)
    if statement is None or _CHOICE.search(question):
        return None
    hits = search(statement, PASSAGES)
    if not hits:
        return None
    told = _told(engine, question, hits)
    if told is not None:
        return told
    try:
        load_judge()
    except ModelError:
        if engine.reader_name == "lexical":
            return None
        raise
    pieces = choose_pieces(engine, statement, [hit.passage for hit in hits])
    judged = Judged(statement, pieces)
    verdict = int(np.argmax(judged.total[[SUPPORTED, CONTRADICTED]]))
    place = judged.best(verdict)
    confidence = round(float(judged.total[verdict]), 4)
    if place is None or confidence < (THRESHOLD if min_confidence is None else min_confidence):
        nearest = nearest_of(engine, statement, judged)
        return Answer.refusal(question, "low_confidence", confidence=confidence, nearest=nearest)
    return Answer(
        question=question,
        answered=True,
        text="Yes" if verdict == SUPPORTED else "No",
        confidence=confidence,
        score=round(log_odds(float(judged.pieces[place][verdict])), 4),
        citation=cite_piece(engine, statement, judged.found[place]),
        kind="yes_no",
    )
