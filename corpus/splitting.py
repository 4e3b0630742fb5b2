"""The passages of many documents at once, as arrays: what ``split_passages`` gives one by one, several times faster.

The texts are laid end to end and looked through as arrays of bytes. What is plain there (a stop between a long word
and a capital, a line that is no list item) is decided for all of them together; whatever could be an exception goes
through the rules of ``corpus.sentences`` and ``corpus.passages`` themselves, so both ways give the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus import passages as blockwise
from corpus import sentences as rules
from corpus.characters import WORDLIKE, among, characters, table_of
from corpus.documents import Document
from corpus.english.abbreviations import BEFORE_LABELS, IN_BRACKETS, MAY_BE_LAST, NEVER_LAST
from corpus.english.function_words import GOES_ON
from corpus.pages import BAR, DIGITS, ENDING, IN_WORD, INSIDE, LETTER, UPPER, Flags, Page, Places, merged
from corpus.passages import PassageSettings

# What may follow a stop that ends a sentence, directly: white space, more stops, what closes, references.
_FOLLOWS = np.frombuffer(
    table_of({1: b"\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f .!?\"')]*_[" + bytes(range(128, 256))}), np.bool_
)
_IN_WORD = np.frombuffer(table_of({1: INSIDE}), np.bool_)
_BEFORE_TOKEN = np.frombuffer(table_of({1: b" -('\"/[*_"}), np.bool_)
_ROMAN = np.frombuffer(table_of({1: b"ivxlcIVXLC"}), np.bool_)
_DIGIT = np.frombuffer(table_of({1: DIGITS}), np.bool_)
# What may follow a line's first sign, or the digits there, unless the line is a list item.
_NO_NUMBERING = ~np.frombuffer(table_of({1: b".)" + bytes(range(128, 256))}), np.bool_)
_ONE_SPACE = np.frombuffer(table_of({1: b" \n"}), np.bool_)
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_LOWER_CASE = np.uint64(0x2020202020202020)
_LONGEST_KNOWN = 7  # of the abbreviations and numberings; a longer word before a full stop is none of them


def _key(word: str) -> int:
    return int.from_bytes(word.encode("ascii"), "little") | ((1 << 8 * len(word)) - 1) & int(_LOWER_CASE)


_HELD_OPEN = np.array(
    sorted(
        _key(word)
        for word in NEVER_LAST | MAY_BE_LAST | BEFORE_LABELS | IN_BRACKETS
        if word.isascii() and len(word) <= _LONGEST_KNOWN
    ),
    np.uint64,
)
_GOES_ON = np.array(sorted(int.from_bytes(word.encode("ascii"), "little") for word in GOES_ON), np.uint64)
_LONGEST_GOING_ON = max(map(len, GOES_ON))


@dataclass(frozen=True, slots=True)
class Split:
    """The passages of many documents; positions are those of ``text``, in which the texts lie end to end.

    ``low``: the bytes of ``text``, as ``corpus.characters`` gives them. ``sections``: each section with text, in
    order, as the number of its document, its number there, and what to add to a position to get the
    document's own. ``sentences`` (sentences, 2): ascending, never overlapping. ``passages`` (passages, 3): the
    section, the first sentence, and the one after the last.
    """

    text: str
    low: NDArray[np.uint8]
    sections: Places
    sentences: Places
    passages: Places


def split_many(documents: Sequence[Document], settings: PassageSettings, *, more: Sequence[str] = ()) -> Split:
    """The passages of all documents, in order; ``more`` are texts to lay behind theirs, which are not split.

    >>> from corpus.documents import Section
    >>> tea = Document("tea", "Tea", "Tea is hot. Ice is cold.", (Section((), 0, 24),), "tea.txt")
    >>> split_many([tea, tea], PassageSettings()).sentences.tolist()
    [[0, 11], [12, 24], [25, 36], [37, 49]]
    """
    sheets, sections = _lay_out(documents)
    text = "\n".join([*sheets, *more, ""]) if sheets or more else "\n"
    low = characters(text)
    rows = np.array(sections, np.int64).reshape(-1, 5)
    rows = rows[rows[:, 3] < rows[:, 4]]
    page = Page(text, low, len(text))
    starts, ends = np.ascontiguousarray(rows[:, 3]), np.ascontiguousarray(rows[:, 4])
    plain = page.is_plain([len(sheet) for sheet in sheets])
    if plain:
        stretches = _stretches(page, starts, ends)
        sentences = _sentences(page, *stretches)
    else:
        found = [
            pair
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
            for pair in rules.split_sentences(text, start, end)
        ]
        sentences = np.array(found, np.int64).reshape(-1, 2)
    words = page.words(sentences) if plain else _count_words(text, sentences)
    leads = [not documents[document].sections[section].path for document, section in rows[:, :2].tolist()]
    passages = _passages(page, starts, sentences, words, np.array(leads, np.bool_), settings)
    return Split(text, low, rows[:, :3], sentences, passages)


def _lay_out(documents: Sequence[Document]) -> tuple[list[str], list[tuple[int, int, int, int, int]]]:
    """The texts to lay end to end, and each section: document, number, shift, start and end.

    A text whose sections overlap or are out of order is laid out once for each of them.
    """
    sheets: list[str] = []
    sections: list[tuple[int, int, int, int, int]] = []
    origin = 0
    for number, document in enumerate(documents):
        text, reached = document.text, 0
        origin_of_next = origin + len(text) + 1
        sheets.append(text)
        for place, section in enumerate(document.sections):
            start, end = max(0, section.start), min(section.end, len(text))
            if start >= end:
                continue
            if start < reached:
                sheets.append(text)
                origin, origin_of_next = origin_of_next, origin_of_next + len(text) + 1
            sections.append((number, place, -origin, origin + start, origin + end))
            reached = end
        origin = origin_of_next
    return sheets, sections


def _stretches(page: Page, sections: Places, section_ends: Places) -> tuple[Places, Places]:
    """The windows between the line breaks that end a sentence whatever stands there."""
    breaks = page.line_ends
    owners = np.searchsorted(sections, breaks, side="right") - 1
    breaks = breaks[(owners >= 0) & (breaks < section_ends[owners])] if len(sections) else breaks[:0]
    starts, ends = page.trim(merged(sections, breaks + 1), merged(section_ends, breaks))
    owners = np.searchsorted(sections, starts, side="right") - 1
    new = np.ones(len(starts), np.bool_)  # whether a line begins a paragraph, then: a stretch
    new[1:] = (owners[1:] != owners[:-1]) | page.blank_between(ends[:-1], starts[1:])
    firsts = np.flatnonzero(new)
    sizes = np.diff(np.append(firsts, len(new)))
    if (sizes > 1).any():
        plain = _plain_lines(page, starts, ends)
        widths = np.repeat(np.maximum(np.maximum.reduceat(ends - starts, firsts), rules.NARROWEST), sizes)
        regular = np.repeat(np.logical_and.reduceat(plain, firsts), sizes)
        pairs = np.flatnonzero(~new[1:] & regular[1:])
        new[pairs + 1] = _stand_alone(page, starts, ends, widths, pairs)
        for first, size in zip(firsts.tolist(), sizes.tolist(), strict=True):
            if size > 1 and not regular[first]:
                lines = list(zip(*(side[first : first + size].tolist() for side in (starts, ends)), strict=True))
                floor = int(sections[owners[first]])
                begins = [begin for begin, _ in rules.paragraph_stretches(page.text, lines, floor)]
                new[first + np.searchsorted(starts[first : first + size], begins)] = True
    places = np.flatnonzero(new)
    return starts[places], ends[np.append(places[1:], len(new)) - 1] if len(new) else ends


def _plain_lines(page: Page, starts: Places, ends: Places) -> Flags:
    """Whether a line is sure to be no list item and no table row."""
    low, kinds = page.low, page.kinds
    bars = np.flatnonzero((kinds & BAR) != 0)
    free: Flags = np.searchsorted(bars, starts) == np.searchsorted(bars, ends)
    first, second, third, fourth = (low[starts + place] for place in range(4))
    numbered = ~_NO_NUMBERING[second]
    numbered |= _DIGIT[second] & (~_NO_NUMBERING[third] | (_DIGIT[third] & ~_NO_NUMBERING[fourth]))
    plain: Flags = (kinds[starts] & LETTER > 0) & (second != ord(".")) & (second != ord(")"))
    plain |= _DIGIT[first] & ~numbered
    quoted = ((first == ord('"')) | (first == ord("'"))) & (ends - starts > 1)
    plain |= quoted & (kinds[starts + 1] & LETTER > 0)
    return plain & free


def _stand_alone(page: Page, starts: Places, ends: Places, widths: Places, pairs: Places) -> Flags:
    """Whether the lines of those numbers were ended on purpose (``stands_alone``), the lines after them plain."""
    low, text = page.low, page.text
    following = starts[pairs + 1]
    last = low[ends[pairs] - 1]
    lower = (page.kinds[following] & (LETTER | UPPER)) == LETTER
    size = ends[pairs] - starts[pairs]
    next_stop = page.stops[np.searchsorted(page.stops, following, side="right")]
    next_size = np.minimum(next_stop, ends[pairs + 1]) - following
    full = (size <= rules.WIDEST) & (size + 1 + next_size > widths[pairs])
    alone: Flags = ~(lower | full | np.isin(last, np.frombuffer(b",;-(", np.uint8)))
    last_word = np.maximum(page.begins[np.searchsorted(page.begins, ends[pairs]) - 1], starts[pairs])
    last_size = ends[pairs] - last_word
    alone &= (last_size > _LONGEST_GOING_ON) | ~among(page.eights(last_word) & _MASKS[last_size.clip(0, 8)], _GOES_ON)
    for place in np.flatnonzero(alone & (last > 127) & (last != WORDLIKE)).tolist():
        line, width = int(pairs[place]), int(widths[pairs[place]])
        one, other = [(int(starts[at]), int(ends[at])) for at in (line, line + 1)]
        alone[place] = rules.stands_alone(text, one, other, width)
    return alone


def _sentences(page: Page, begins: Places, ends: Places) -> Places:
    """The sentences of the stretches."""
    low, kinds = page.low, page.kinds
    stops = np.flatnonzero((kinds & ENDING) != 0)
    owners = np.searchsorted(begins, stops, side="right") - 1
    limits = ends[owners] if len(ends) else owners
    spaced = low[stops] < 128  # white space follows, unless it ends no sentence
    kept = (owners >= 0) & (stops + 1 + spaced < limits) & (_FOLLOWS[low[stops + 1]] | ~spaced)
    kept &= ~(spaced & _goes_on(page, stops))
    stops, owners, limits = stops[kept], owners[kept], limits[kept]
    sure = _sure(page, stops, begins[owners], limits)
    cuts = stops[sure] + 1
    nexts = cuts + 1
    doubtful = zip(stops[~sure].tolist(), begins[owners[~sure]].tolist(), limits[~sure].tolist(), strict=True)
    more_cuts, more_nexts, cancelled = _judge(page.text, doubtful, stops[sure].tolist())
    if cancelled:
        left = np.ones(len(cuts), np.bool_)
        left[cancelled] = False
        cuts, nexts = cuts[left], nexts[left]
    first = merged(begins, nexts, np.array(more_nexts, np.int64))
    last = merged(ends, cuts, np.array(more_cuts, np.int64))
    pairs = np.stack([first, last], axis=1)
    long = np.flatnonzero(last - first > rules.LONGEST_SENTENCE)
    if not len(long):
        return pairs
    parts, done = [], 0
    for number in long.tolist():
        pieces: list[tuple[int, int]] = []
        rules.add_sentence(pieces, page.text, int(first[number]), int(last[number]))
        parts += [pairs[done:number], np.array(pieces, np.int64)]
        done = number + 1
    return np.concatenate([*parts, pairs[done:]])


def _goes_on(page: Page, stops: Places) -> Flags:
    """Whether one space and a word in lower case after a stop make sure that its sentence goes on."""
    low, kinds = page.low, page.kinds
    second = kinds.take(stops + 3, mode="clip")
    lower: Flags = (kinds.take(stops + 2, mode="clip") & (LETTER | UPPER)) == LETTER
    lower &= _ONE_SPACE[low[stops + 1]] & (second & UPPER == 0) & (low[stops + 3] < 128)
    return lower


def _sure(page: Page, stops: Places, begins: Places, limits: Places) -> Flags:
    """Whether a stop ends its sentence for sure: one space and a capital after it, no short word before it."""
    low, kinds = page.low, page.kinds
    after = np.minimum(stops + 2, limits - 1)
    sure: Flags = _ONE_SPACE[low[stops + 1]] & (stops + 2 < limits) & (kinds[after] & UPPER > 0) & (low[stops] < 128)
    before = kinds[stops - 1]
    sure &= (stops > begins) & (before & ENDING == 0)
    at = np.flatnonzero(sure & (low[stops] == ord(".")) & (before & IN_WORD > 0))
    sure[at] = _no_abbreviation(page, stops[at], begins[at])
    return sure


def _no_abbreviation(page: Page, stops: Places, begins: Places) -> Flags:
    """Whether the word before a full stop is sure to be no abbreviation, initial or numbering."""
    low = page.low
    eight = np.maximum(stops - 8, 0)
    signs = page.eights(eight).view(np.uint8).reshape(-1, 8)
    word = _IN_WORD[signs]
    size = np.where(word.all(axis=1), 8, word[:, ::-1].argmin(axis=1))
    start = stops - size
    key = page.eights(eight) >> (64 - 8 * size).astype(np.uint64)
    short = (size > 1) & ~among(key | (_LOWER_CASE & _MASKS[size]), _HELD_OPEN)
    short &= (key & np.uint64(0x8080808080808080)) == 0
    short &= ~(_ROMAN[signs] | (np.arange(8) < 8 - size[:, None])).all(axis=1)
    short &= (low[start] > ord("9")) | (size > 3)
    short &= (start == begins) | _BEFORE_TOKEN[low[start - 1]]
    sure: Flags = (stops >= 8) & (start >= begins) & ((size > _LONGEST_KNOWN) | short)
    return sure


def _judge(
    text: str, doubtful: Iterable[tuple[int, int, int]], sure: list[int]
) -> tuple[list[int], list[int], list[int]]:
    """Where the doubtful stops end a sentence and where the next begins, and the sure ones that are part of them.

    A doubtful stop comes with the begin and end of its stretch.
    """
    cuts: list[int] = []
    nexts: list[int] = []
    cancelled: list[int] = []
    begin = resume = 0
    for place, stretch, limit in doubtful:
        if place < resume:
            continue
        stop = rules.STOP.match(text, place, limit)
        if stop is None:
            continue
        number = bisect_left(sure, place)
        if number and sure[number - 1] >= resume:
            begin = max(begin, sure[number - 1] + 2)
        begin, after = max(begin, stretch), stop.end()
        resume = after
        if number < len(sure) and sure[number] < after:
            cancelled += range(number, bisect_left(sure, after))
        if after < limit and (stop[1] is not None or rules.ends_sentence(text, stop, begin, limit)):
            cuts.append(stop.start(4))
            nexts.append(after)
            begin = after
    return cuts, nexts, cancelled


def _passages(
    page: Page, sections: Places, sentences: Places, words: Places, leads: Flags, settings: PassageSettings
) -> Places:
    """The passages as rows of section, first sentence and the one after the last."""
    starts, ends = np.ascontiguousarray(sentences[:, 0]), np.ascontiguousarray(sentences[:, 1])
    if not len(starts):
        return np.empty((0, 3), np.int64)
    owners = np.searchsorted(sections, starts, side="right") - 1
    new_section = np.ones(len(starts), np.bool_)
    new_section[1:] = owners[1:] != owners[:-1]
    new_block = new_section.copy()
    new_block[1:] |= page.blank_between(ends[:-1], starts[1:])
    firsts = np.flatnonzero(new_section)
    lasts = np.append(firsts[1:], len(starts))
    opening = page.low[starts]
    listed = leads[owners] & ((opening == ord("-")) | (opening == ord("*")) | (opening > 127))
    whole = np.add.reduceat(words, firsts) <= settings.max_words
    whole &= ~np.logical_or.reduceat(listed, firsts)
    if not settings.join_paragraphs:
        whole[:] = False
    rows = [np.stack([owners[firsts], firsts, lasts], axis=1)[whole]]
    block_starts = np.flatnonzero(new_block).tolist()
    counts = words.tolist()
    split = []
    for first, last in zip(firsts[~whole].tolist(), lasts[~whole].tolist(), strict=True):
        owner = int(owners[first])
        edges = [first, *block_starts[bisect_left(block_starts, first + 1) : bisect_left(block_starts, last)], last]
        blocks = []
        for begin, end in pairwise(edges):
            infobox = bool(listed[begin:end].any()) and blockwise.is_infobox(page.text, _pairs(sentences, begin, end))
            blocks.append(blockwise.Block(list(range(begin, end)), counts[begin:end], infobox))
        for window in blockwise.windows(blocks, settings):
            split.append((owner, window[0], window[-1] + 1))
    rows.append(np.array(split, np.int64).reshape(-1, 3))
    passages = np.concatenate(rows)
    return passages[np.argsort(passages[:, 2], kind="stable")]


def _count_words(text: str, sentences: Places) -> Places:
    return np.array([blockwise.count_words(text[start:end]) for start, end in sentences.tolist()], np.int64)


def _pairs(sentences: Places, first: int, last: int) -> list[tuple[int, int]]:
    return [(start, end) for start, end in sentences[first:last].tolist()]
