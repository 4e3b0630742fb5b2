"""Verification: whether a saved answer is still what the sources say, checked without asking anything again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from corpus.records import Record
from qa.answers import Answer, Citation
from qa.audit.receipts import Saved, citation_of, index_hash, saved_answer

if TYPE_CHECKING:
    from qa.asker import Asker

Status = Literal["verified", "moved", "changed", "missing", "altered", "damaged", "newer_format", "nothing"]

SAME_CONFIDENCE = 0.005  # 8-bit products are rounded a little otherwise from processor to processor


@dataclass(frozen=True, slots=True)
class Check(Record):
    """What became of one citation: ``place`` says where in the answer it stands ("citation", "nearest.0").

    ``status`` is ``verified``; ``moved`` (the document has changed, the quote stands at ``start``, ``end``);
    ``changed`` (the document has changed and the quote is gone); ``missing`` (no such document); ``altered`` (the
    document is the same, the citation is not what it says); or ``damaged`` (no citation). ``cause`` tells it in
    words, but for what is verified. ``start`` and ``end`` are where the quote stands now, None where it does not.
    """

    place: str
    document: str
    status: Status
    cause: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Replay(Record):
    """The question asked again: whether the same came out, what differs, and what is answered now."""

    same: bool
    differences: tuple[str, ...]
    text: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Verification(Record):
    """Whether a saved answer holds: ``ok``, the worst ``status`` of its citations, and each check.

    ``line`` is where it stands in its file. ``status`` ``nothing`` (a line that tells of an error, and has no
    answer) is no failure. ``notes`` tell what has changed without any citation failing: another index, another
    reader.
    """

    line: int
    question: str
    ok: bool
    status: Status
    cause: str | None = None
    checks: tuple[Check, ...] = ()
    replay: Replay | None = None
    notes: tuple[str, ...] = ()

    @property
    def only_moved(self) -> bool:
        """Whether all that is wrong is that the document has changed around the quote, which still stands."""
        return self.status == "moved" and (self.replay is None or self.replay.same)


def verify(engine: Asker, answer: Answer | Mapping[str, Any], *, replay: bool = False) -> Verification:
    """Whether a saved answer, refusal, receipt or audit report still holds against an engine's documents.

    With ``replay`` the question is asked again as well, and must give the same.

    >>> import qa
    >>> engine = qa.default(reader="lexical")
    >>> verify(engine, engine.ask("When were visas abolished?")).status
    'verified'
    """
    item = answer.to_dict() if isinstance(answer, Answer) else answer
    return verify_saved(engine, saved_answer(item), replay=replay)


def verify_saved(engine: Asker, saved: Saved, *, replay: bool = False) -> Verification:
    """``verify`` of a line of a file."""
    item = saved.answer
    if saved.kind not in ("answer", "audit"):
        status: Status = saved.kind  # type: ignore[assignment]
        return Verification(saved.line, "", saved.kind == "nothing", status, saved.fault)
    checks = [_check(engine, place, value) for place, value in _cited(item)]
    fault = _fault(item) if saved.kind == "answer" else None
    if fault is not None:
        checks.append(Check("answer", "", "altered", fault))
    worst = max(checks, key=lambda check: _SEVERITY.index(check.status), default=None)
    again = _replay(engine, item, saved.receipt) if replay and saved.kind == "answer" else None
    if worst is not None and worst.status != "verified":
        status, cause = worst.status, f"{worst.place}: {worst.cause}"
    else:
        status, cause = "verified", None
    ok = status == "verified" and (again is None or again.same)
    if again is not None and not again.same and cause is None:
        cause = f"asked again: {'; '.join(again.differences)}"
    question = str(item.get("question") or item.get("source") or "")
    return Verification(saved.line, question, ok, status, cause, tuple(checks), again, _notes(engine, saved.receipt))


_SEVERITY = ("verified", "moved", "changed", "missing", "altered", "damaged")


def _cited(item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The citations of an answer or a report as JSON, each with its place."""
    if item.get("citation") is not None:
        yield "citation", item["citation"]
    for name in ("alternatives", "spans", "nearest", "claims"):
        listed = item.get(name)
        if listed is None:
            continue
        if not isinstance(listed, list):
            yield name, listed
            continue
        for number, one in enumerate(listed):
            place = f"{name}.{number}"
            if name == "nearest":
                yield place, one
            elif name == "claims":
                yield from _of_claim(place, one)
            else:
                yield place, one.get("citation") if isinstance(one, dict) else one


def _of_claim(place: str, claim: Any) -> Iterator[tuple[str, Any]]:
    """The citations of one claim of an audit report."""
    if not isinstance(claim, dict):
        yield place, claim
        return
    for name in ("evidence", "nearest"):
        for number, one in enumerate(claim.get(name) or ()):
            cited = one.get("citation", one) if isinstance(one, dict) else one
            yield f"{place}.{name}.{number}", cited


def _fault(item: Mapping[str, Any]) -> str | None:
    """What is wrong with an answer that no citation shows, or None."""
    text, citation = item.get("text"), item.get("citation")
    if not item["answered"]:
        return None if text is None and citation is None else "a refusal has neither text nor citation"
    if not isinstance(text, str) or citation is None:
        return "an answer needs its text and its citation"
    given: list[tuple[Any, Any]] = [(text, citation)] if item.get("kind", "span") in ("span", "list") else []
    for name in ("alternatives", "spans"):
        listed = item.get(name)
        given += [(one.get("text"), one.get("citation")) for one in listed or () if isinstance(one, dict)]
    for said, cited in given:
        try:
            found = citation_of(cited).text
        except ValueError:
            continue  # told by its own check
        if said != found:
            return f"the text is {said!r:.80}, the citation's span {found!r:.80}"
    return None


def _check(engine: Asker, place: str, value: Any) -> Check:
    try:
        citation = citation_of(value)
    except ValueError as error:
        return Check(place, "", "damaged", str(error))
    name = citation.document
    try:
        facts = engine.index.facts(name)
    except KeyError:
        return Check(place, name, "missing", f"no document {name!r} is in the sources")
    if facts.sha256 != citation.sha256:
        return _in_changed(engine, place, citation)
    if citation.quote_start < 0 or citation.quote_end > facts.length:
        told = f"the document has {facts.length} code points; the quote's place ends at {citation.quote_end}"
        return Check(place, name, "altered", told)
    own = engine.index.text(name, citation.quote_start, citation.quote_end)
    if own != citation.quote:
        told = f"the quote is {citation.quote!r:.80}, but {own!r:.80} stands at its place"
        found = _find(engine, citation)
        return Check(place, name, "altered", told, *(found or ()))
    if not _in_section(engine, citation):
        told = f"the quote does not stand in the section {' > '.join(citation.section) or '(lead)'!r}"
        return Check(place, name, "altered", told, citation.quote_start, citation.quote_end)
    fragment = _fragment_fault(engine, name, value)
    if fragment is not None:
        return Check(place, name, "altered", fragment, citation.quote_start, citation.quote_end)
    return Check(place, name, "verified", None, citation.quote_start, citation.quote_end)


def _in_section(engine: Asker, citation: Citation) -> bool:
    """Whether the section of that path holds the beginning of the span; a heading stands in none, and may name any."""
    sections = engine.document(citation.document).sections
    holding = [each.path for each in sections if each.start <= citation.start < max(each.end, each.start + 1)]
    if holding:
        return citation.section in holding
    known = {each.path[:depth] for each in sections for depth in range(len(each.path) + 1)}
    return not citation.section or citation.section in known


def _fragment_fault(engine: Asker, name: str, value: Any) -> str | None:
    """What is wrong with the fragments that a citation says were read with it, or None."""
    fragments = value.get("context") if isinstance(value, dict) else None
    for fragment in fragments if isinstance(fragments, list) else []:
        try:
            text, start, end = (fragment[field] for field in ("text", "start", "end"))
            own = engine.index.text(name, start, end)
        except (TypeError, KeyError, ValueError, IndexError):
            return f"context holds {fragment!r:.80}, which is no stretch of the document"
        if own != text:
            return f"context has {text!r:.80}, but {own!r:.80} stands there"
    return None


def _in_changed(engine: Asker, place: str, citation: Citation) -> Check:
    found = _find(engine, citation)
    if found is None:
        return Check(place, citation.document, "changed", "the document has changed, and the quote is no longer in it")
    told = f"the document has changed; the quote stands at {found[0]} to {found[1]} now"
    return Check(place, citation.document, "moved", told, *found)


def _find(engine: Asker, citation: Citation) -> tuple[int, int] | None:
    """Where the quote stands in the document now: the place nearest to the old one."""
    text, quote = engine.document(citation.document).text, citation.quote
    if not quote:
        return None
    before = text.rfind(quote, 0, max(0, citation.quote_start) + len(quote))
    after = text.find(quote, max(0, citation.quote_start))
    places = [start for start in (before, after) if start >= 0]
    if not places:
        return None
    start = min(places, key=lambda start: abs(start - citation.quote_start))
    return start, start + len(quote)


def _replay(engine: Asker, item: Mapping[str, Any], receipt: Mapping[str, Any] | None) -> Replay:
    settings = (receipt or {}).get("settings")
    threshold = settings.get("min_confidence") if isinstance(settings, dict) else None
    if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not 0 <= threshold <= 1:
        threshold = None
    now = engine.ask(item["question"], min_confidence=threshold)
    differences = []
    if now.answered != item["answered"]:
        differences.append(f"{_said(item['answered'], item.get('text'))} then, {_said(now.answered, now.text)} now")
    elif now.text != item.get("text"):
        differences.append(f"{item.get('text')!r:.80} then, {now.text!r:.80} now")
    elif now.reason != item.get("reason"):
        differences.append(f"refused for {item.get('reason')} then, for {now.reason} now")
    elif now.citation is not None and isinstance(item.get("citation"), dict):
        then = tuple(item["citation"].get(name) for name in ("document", "start", "end"))
        if then != (now.citation.document, now.citation.start, now.citation.end):
            differences.append(f"cited from {then} then, from another place now")
    given = item.get("confidence")
    known = isinstance(given, int | float) and not isinstance(given, bool)
    if not differences and known and abs(float(given or 0) - now.confidence) > SAME_CONFIDENCE:
        differences.append(f"confidence {given} then, {now.confidence} now")
    return Replay(not differences, tuple(differences), now.text, now.confidence)


def _said(answered: bool, text: Any) -> str:
    return f"answered {text!r:.80}" if answered else "refused"


def _notes(engine: Asker, receipt: Mapping[str, Any] | None) -> tuple[str, ...]:
    if receipt is None:
        return ()
    notes = []
    index = receipt.get("index")
    if isinstance(index, dict) and index.get("sha256") not in (None, index_hash(engine)):
        notes.append("the index is not the one that was asked: documents came, went or changed")
    reader = receipt.get("reader")
    if reader is not None and reader != engine.reader_name:
        notes.append(f"the reader was {reader!r:.40}, it is {engine.reader_name!r} now")
    return tuple(notes)
