"""A text's sentences, found by rule: a stop that ends one, a line break that ends one, and the exceptions.

The text is first cut into stretches at the line breaks that always end a sentence (a blank line, a list item, a table
row, a heading-like line); hard-wrapped prose stays together. In each stretch one compiled pattern finds every mark
that could end a sentence, and the word before it and the word after it decide.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus.english.abbreviations import (
    BEFORE_LABELS,
    BEFORE_NUMBERS,
    IN_BRACKETS,
    LETTERED,
    MAY_BE_LAST,
    NEVER_LAST,
    ORDINAL_MONTHS,
    STARTERS,
    UNITS,
)
from corpus.english.function_words import GOES_ON
from corpus.patterns import pattern
from corpus.whitespace import LINE_END, WHITE_SPACE, has_blank_line, trim

# A sentence longer than this is cut at a clause mark or a space, so that a quote stays readable. The longest
# unbroken sentence in the 25 SQuAD articles that it was measured on has 951 characters.
LONGEST_SENTENCE = 1000

_SPACE = r"[\s\ufeff]"  # WHITE_SPACE as a pattern
_SPACED = ".!?…‥‽"  # Stops that white space follows.
_UNSPACED = "。！？｡।॥۔؟።։။"  # Stops of scripts that write no space after them, or need none.
_CLOSERS = "[\"'”’″′)\\]»」』›*_\u200b\u200c\u200d\u2060]*"
_OPENERS = pattern("[\"'“‘″′(\\[«„‚¿¡「『‹*_\u200b\u2060]*")
STOP = pattern(
    # Any stop that is not inside a run of stops, which is tried once, from its start. (A set of characters at the
    # head of a pattern lets the engine leap to the next candidate.)
    f"[{_SPACED}{_UNSPACED}](?<![{_SPACED}][{_SPACED}])(?:"
    f"(?<=[{_UNSPACED}])([{_UNSPACED}]*){_CLOSERS}"
    # What closes with it, and bracketed references ("[1]", "[note 2]"), before white space.
    rf"|([{_SPACED}]*)({_CLOSERS})(?:\[[^\[\]\n]{{1,24}}\])*(?:[ \xa0]?\[\d{{1,3}}\])*(?={_SPACE})"
    rf")({_SPACE}*)"
)
_SPACES = pattern(f"{_SPACE}*")
_WORD = pattern(r"[^\W\d_]+")
# Before the abbreviation itself may stand what opens a quotation, or the rest of a compound ("Trinity-St. Paul's").
_LAST_PART = pattern("[\"'“‘″′(\\[{«„*_/–—-]")
_DOTTED = pattern(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}")
_ENUMERATOR = pattern(r"\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVXLC]{1,6}|[ivxlc]{1,6}")
# What names a room or a house: "C", "B12"; but not "A" and "I", which are words.
_LABEL = pattern(r"[A-Z][-–/]?\d|[B-HJ-Z](?![^\W_]|['’])")
_ANY_LABEL = pattern(r"[A-Z](?:[-–/]?\d|(?![^\W_]|['’]))")
# A word that nobody can say, such as "Bldg" or "Pltf"; in capitals it may be a name ("on TV").
_UNSAID = pattern("[^\\W\\d_aeiouyäöüáéíóúàèìòùâêîôûåæøAEIOUYÄÖÜÁÉÍÓÚ]{2,7}\\Z")
_INITIAL = pattern(r"[^\W\d_]\.")
_CLAUSE_MARK = pattern(rf"[;:,،؛，；、—–](?={_SPACE})|[，；、،؛](?!{_SPACE})|{_SPACE}")

_LINE = pattern("[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BULLET = pattern("[-*•‣◦▪●][ \t\xa0]+\\S")
_NUMBERING = pattern("(?:[+·–—]|\\(?\\d{1,3}[.)]|\\(?[a-z]\\)|[a-z]\\.|[A-Z]\\))[ \t\xa0]+\\S")
_FIRST_NUMBER = pattern("\\(?(?:1[.)]|a\\))[ \t]")
_TABLE_ROW = pattern("\\||\\S.* \\| |\\S.*\t")
_NO_WORDS = pattern(r"[\W_]+\Z")  # "---", "```"

# Prose is hard-wrapped at 120 columns or fewer; a longer line is a paragraph in one piece.
WIDEST = 120
# No prose is taken to be wrapped at fewer columns than this.
NARROWEST = 40


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The (start, end) of each sentence of text[start:end], in order, as positions in the text.

    Sentences are trimmed of white space, never overlap, and together hold every character that is not white space.

    >>> text = "Gen. Wrangel paid $1.7 billion. He left."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Gen. Wrangel paid $1.7 billion.', 'He left.']
    """
    if end is None:
        end = len(text)
    sentences: list[tuple[int, int]] = []
    for begin, stretch_end in _stretches(text, start, end):
        for stop in STOP.finditer(text, begin, stretch_end):
            after = stop.end()
            if after < stretch_end and (stop[1] is not None or ends_sentence(text, stop, begin, stretch_end)):
                add_sentence(sentences, text, begin, stop.start(4))
                begin = after
        add_sentence(sentences, text, begin, stretch_end)
    return sentences


def add_sentence(sentences: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append a trimmed window, cut into readable pieces where it is too long."""
    while end - start > LONGEST_SENTENCE:
        cut = _clause_cut(text, start)
        sentences.append(trim(text, start, cut))
        start = _SPACES.match(text, cut, end).end()  # type: ignore[union-attr]
    if end > start:
        sentences.append((start, end))


def _clause_cut(text: str, start: int) -> int:
    """The best place to cut a sentence that is too long: after the last clause mark in reach, else a space."""
    limit = start + LONGEST_SENTENCE
    mark = space = 0
    for match in _CLAUSE_MARK.finditer(text, start + LONGEST_SENTENCE // 2, limit):
        if match[0] in WHITE_SPACE:
            space = match.end()
        else:
            mark = match.end()
    if mark or space:
        return mark or space
    # Nothing to cut at (a very long link, say): anywhere but before a sign that belongs to the one before it.
    cut = limit
    while cut > start + 1 and (
        unicodedata.combining(text[cut]) or text[cut] in "\u200d\ufe0f" or text[cut - 1] == "\u200d"
    ):
        cut -= 1
    return cut if cut > start + 1 else limit


def ends_sentence(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    """Whether a stop that is followed by white space ends its sentence; begin is where that sentence begins."""
    mark_start = stop.start()
    next_start = _OPENERS.match(text, stop.end(), end).end()  # type: ignore[union-attr]
    if next_start >= end:
        return False
    following = text[next_start]
    if following.islower():
        # "eBay" and "iPhone" begin a sentence as they are.
        if not text[next_start + 1 : next_start + 2].isupper():
            return False
    elif following in ",;:)]}–—-−+×=<>&%/" or (following == "." and next_start == stop.end()):
        return False
    closers = stop[3]
    if mark_start > begin and text[mark_start - 1] in "([" and closers[:1] in (")", "]"):
        return False  # "[...]", "(!)"
    if stop[2] or text[mark_start] != ".":
        return True
    return not _is_open(text, text[max(begin, mark_start - 40) : mark_start], next_start, closers, begin, mark_start)


def _is_open(text: str, before: str, next_start: int, closers: str, begin: int, mark_start: int) -> bool:
    """Whether a single full stop belongs to an abbreviation, an initial or a numbering: the sentence goes on."""
    if not before or before[-1].isspace():
        return False
    words = before.split()
    token = words[-1] if words[-1].isalnum() else _LAST_PART.split(words[-1])[-1]
    lower = token.lower()
    if len(token) <= 7 and mark_start - len(token) == begin and _ENUMERATOR.fullmatch(token):
        return True  # "1. First item"
    if lower in NEVER_LAST:
        return lower not in BEFORE_NUMBERS or text[next_start].isdigit() or lower == "v"
    if text[next_start].isdigit() and (lower in BEFORE_NUMBERS or lower in MAY_BE_LAST or _is_unsaid(token)):
        return True
    if lower in BEFORE_LABELS and (_ANY_LABEL if token[0].isupper() else _LABEL).match(text, next_start):
        return True
    if lower in IN_BRACKETS and words[-1] in (f"({token}", f"[{token}"):
        return True
    if token.isdigit():
        following = _WORD.match(text, next_start)
        return len(token) <= 2 and following is not None and following[0] in ORDINAL_MONTHS
    initial = len(token) == 1 and token.isalpha()
    if initial and token.islower():
        # "(b. Vienna, d. 1960)" and "z. B.", but not "the function f. Consider"
        return words[-1].startswith("(") or _INITIAL.match(text, next_start) is not None
    if initial and len(words) > 1 and words[-2].lower() in LETTERED:
        return False
    if not (initial or lower in MAY_BE_LAST or ("." in token and _DOTTED.fullmatch(token))):
        return False
    if ")" in closers or "]" in closers:
        return True  # "(Gazprom Inc.) Serbia"
    return not _starts_sentence(text, next_start)


def _is_unsaid(token: str) -> bool:
    """Whether a word can only be an abbreviation: it has no vowel, and is neither in capitals nor a unit."""
    return _UNSAID.match(token) is not None and not token.isupper() and token.lower() not in UNITS


def _starts_sentence(text: str, position: int) -> bool:
    """Whether the word at a position is one that is capitalised only at the head of a sentence."""
    word = _WORD.match(text, position)
    return word is not None and word[0] in STARTERS and text[word.end() : word.end() + 1] not in (".", "-", "'", "’")


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The windows between line breaks that end a sentence whatever stands there."""
    if not LINE_END.search(text, start, end):
        yield trim(text, start, end)
        return
    paragraph: list[tuple[int, int]] = []
    for match in _LINE.finditer(text, start, end):
        line = trim(text, match.start(), match.end())
        if line[0] == line[1]:
            continue
        if paragraph and has_blank_line(text, paragraph[-1][1], line[0]):
            yield from paragraph_stretches(text, paragraph, start)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield from paragraph_stretches(text, paragraph, start)


def paragraph_stretches(text: str, lines: list[tuple[int, int]], floor: int) -> Iterator[tuple[int, int]]:
    """The stretches of one paragraph: its list items, table rows and short lines apart, its prose together."""
    width = max(NARROWEST, *(end - start for start, end in lines))
    begin = lines[0][0]
    previous = lines[0]
    in_list = _is_item(text, previous, first=True)
    in_row = _TABLE_ROW.match(text, *previous) is not None
    for line in lines[1:]:
        item = _is_item(text, line, first=in_list or text[previous[1] - 1] == ":")
        if item or in_row:
            goes_on = False
        elif in_list:
            # The hard-wrapped rest of a list item is indented more, or goes on in lower case.
            goes_on = text[line[0]].islower() or _indent(text, line[0], floor) > _indent(text, begin, floor)
        else:
            goes_on = not stands_alone(text, previous, line, width)
        if not goes_on:
            yield begin, previous[1]
            begin = line[0]
            in_list = item
            in_row = item and _TABLE_ROW.match(text, *line) is not None
        previous = line
    yield begin, previous[1]


def _is_item(text: str, line: tuple[int, int], *, first: bool) -> bool:
    """Whether a line is a list item, a table row or a line without words; first allows a numbering to be one."""
    start, end = line
    if _BULLET.match(text, start, end) or _TABLE_ROW.match(text, start, end) or _NO_WORDS.match(text, start, end):
        return True
    numbering = _NUMBERING if first else _FIRST_NUMBER
    return numbering.match(text, start, end) is not None


def _indent(text: str, position: int, floor: int) -> int:
    """How many blanks stand before a line's first character."""
    count = 0
    while position - count > floor and text[position - count - 1] in " \t\xa0":
        count += 1
    return count


def stands_alone(text: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether a line was ended on purpose: the next word would have fitted on it, and begins anew."""
    start, end = line
    if text[following[0]].islower() or text[end - 1] in ",;-–—(":
        return False
    next_word = text[following[0] : following[1]].split(None, 1)[0]
    if end - start <= WIDEST and end - start + 1 + len(next_word) > width:
        return False
    return text[start:end].rsplit(None, 1)[-1] not in GOES_ON
