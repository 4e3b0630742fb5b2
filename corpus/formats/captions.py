"""Subtitles (SRT, WebVTT): what is said, as prose; the time of each cue is the position of its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise

from corpus.documents import Document, Dropped
from corpus.encodings import decode
from corpus.errors import EmptySourceError
from corpus.formats.base import id_of, title_of
from corpus.marks import Mark
from corpus.sections import split_sections
from corpus.skipped import OnSkip, SkippedFile
from corpus.whitespace import BYTE_ORDER_MARK

_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
_TIMING = re.compile(rf"{_TIME}[ \t]{{0,40}}-{{1,2}}>[ \t]{{0,40}}{_TIME}(?P<settings>[^\n]*)")
_BLOCK_END = re.compile(r"\n[ \t]*\n\s*")
_SPEAKER = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^<>]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:[a-z][^<>]*|\d[\d:.]*)>|\{\\?[a-z][^{}]*\}", re.IGNORECASE)
_DASH = re.compile(r"[-–—][ \t]*(?=\S)")
_ENDED = re.compile("[.!?…♪。！？][\"'”’»)\\]]*\\Z")
_ASIDES = {"NOTE": "note", "STYLE": "style", "REGION": "region"}
# Seconds of silence after a sentence that begin another paragraph, and words after which one ends anyway. By hand.
_SILENCE = 3.0
_LONGEST_PARAGRAPH = 120
# Seconds between cues that follow each other directly, and the share of the cues whose words roll on from the one
# before for the file to be a rolling one. By hand.
_NO_GAP = 0.2
_ROLLING = 0.3
_MOST_ROLLING = 60  # words


@dataclass(frozen=True, slots=True)
class _Cue:
    """What is shown from ``start`` to ``end``, in seconds, by whom (if that is said); ``anew`` where another speaks."""

    start: float
    end: float
    text: str
    speaker: str = ""
    anew: bool = False


def read(data: bytes, source: str, on_skip: OnSkip) -> Iterator[Document]:
    """Yield the document of a file of subtitles."""
    text = decode(data, source, on_skip=on_skip).removeprefix(BYTE_ORDER_MARK)
    dropped: list[Dropped] = []
    cues = list(_cues(re.sub("\r\n?", "\n", text), source, on_skip, dropped))
    if not cues:
        raise EmptySourceError(
            f"{source}: is empty: no line of subtitles with its time (00:00:01,000 --> 00:00:02,000)"
        )
    pieces: list[str] = []
    marks: list[Mark] = []
    length = words = 0
    last: _Cue | None = None
    speaker = ""
    for cue in _without_rolling(cues, dropped):
        joint = _joint(last, cue, speaker, words)
        said = f"{cue.speaker}: {cue.text}" if cue.speaker and cue.speaker != speaker else cue.text
        words = len(said.split()) + (0 if "\n" in joint else words)
        pieces += [joint, said]
        length += len(joint)
        marks.append(Mark(length, time=_clock(cue.start)))
        length += len(said)
        last, speaker = cue, cue.speaker or speaker
    whole = "".join(pieces)
    yield Document(
        id=id_of(source),
        title=title_of(source),
        text=whole,
        sections=split_sections(whole, ()),
        source=source,
        dropped=tuple(dropped),
        marks=tuple(marks),
    )


def _joint(last: _Cue | None, cue: _Cue, speaker: str, words: int) -> str:
    """What stands between two cues: a space in a paragraph, else a line end or a blank line."""
    if last is None:
        return ""
    if cue.speaker and cue.speaker != speaker:
        return "\n\n"
    ended = _ENDED.search(last.text) is not None
    if ended and (cue.start - last.end >= _SILENCE or words >= _LONGEST_PARAGRAPH):
        return "\n\n"
    return "\n\n" if cue.anew else " "


def _cues(text: str, source: str, on_skip: OnSkip, dropped: list[Dropped]) -> Iterator[_Cue]:
    """The cues of a file in order; what is none is dropped or, where it may be a damaged one, named."""
    number = 0
    for block in _BLOCK_END.split(text.strip("\n")):
        head, _, _ = block.strip().partition("\n")
        kind = _ASIDES.get(head.split(maxsplit=1)[0].rstrip(":")) if head else None
        timings = list(_TIMING.finditer(block))
        if not block.strip() or head.startswith("WEBVTT"):
            if timings:
                kind = None
            else:
                continue
        if kind is not None and not head.count("-->"):
            dropped.append(Dropped.of(kind, block))
            continue
        number += 1
        if not timings:
            on_skip(SkippedFile(f"{source}:{number}", "is a cue without its time (00:00:01,000 --> 00:00:02,000)"))
            continue
        for place, timing in enumerate(timings):
            end = timings[place + 1].start() if place + 1 < len(timings) else len(block)
            body = block[timing.end() : end]
            if place + 1 < len(timings):  # without a blank line between them: the next one's number
                body = re.sub(r"\n[ \t]*\d+[ \t]*\n?\Z", "", body)
            yield from _said(timing, body)


def _said(timing: re.Match[str], body: str) -> Iterator[_Cue]:
    """What is said in one cue: one text, or one for each who speaks."""
    start, end = (_seconds(timing.groups()[place : place + 4]) for place in (0, 4))
    spoken: list[tuple[str, str, bool]] = []
    speaker = ""
    for line in body.split("\n"):
        pieces = _SPEAKER.split(line)
        for place in range(0, len(pieces), 2):
            if place:
                speaker = " ".join(unescape(pieces[place - 1]).split())
            words = " ".join(unescape(_TAG.sub("", pieces[place])).replace("\\N", " ").split())
            dash = _DASH.match(words)
            words = words[dash.end() :] if dash else words
            if not words:
                continue
            if spoken and not dash and spoken[-1][0] == speaker:
                spoken[-1] = speaker, f"{spoken[-1][1]} {words}", spoken[-1][2]
            else:
                spoken.append((speaker, words, dash is not None))
    for name, words, anew in spoken:
        yield _Cue(start, end, words, name, anew)


def _without_rolling(cues: list[_Cue], dropped: list[Dropped]) -> Iterator[_Cue]:
    """The cues without words that roll on from the one before, as automatic subtitles write them."""
    rolling = sum(_rolled(before, cue) > 0 for before, cue in pairwise(cues))
    if rolling < max(2, _ROLLING * len(cues)):
        yield from cues
        return
    last: _Cue | None = None
    for cue in cues:
        rolled = _rolled(last, cue) if last is not None else 0
        if rolled:
            dropped.append(Dropped.of("repeated", cue.text[:rolled]))
        if last is not None and rolled == len(cue.text):
            last = replace(last, end=cue.end)
            continue
        yield replace(cue, text=cue.text[rolled:].lstrip())
        last = cue


def _rolled(before: _Cue, cue: _Cue) -> int:
    """How many characters of a cue's text still stand there from the one before."""
    if cue.start > before.end + _NO_GAP:
        return 0
    words = cue.text.split(" ", _MOST_ROLLING)
    for count in range(min(len(words), _MOST_ROLLING), 0, -1):
        start = " ".join(words[:count])
        if before.text == start or before.text.endswith(f" {start}"):
            return len(start)
    return 0


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")


def _clock(seconds: float) -> str:
    """A time as hours, minutes and seconds with thousandths.

    >>> _clock(3725.5)
    '01:02:05.500'
    """
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"
