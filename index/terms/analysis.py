"""From text to terms: tokens with their offsets, folded, lower-cased and stemmed.

A token is a run of letters and digits of any script. An apostrophe inside a word belongs to it, except that
of a possessive ``'s``. A hyphen separates, and so does the step from a letter to a digit: "Mi-35", "Mi35" and
"mi 35" give the same terms, and the infobox key "Envoy1" is found by "envoy"; "1990s" stays one. The dots of an
abbreviation ("U.S.") and the points and commas inside a number ("1.7", "10,486") belong to it. A Chinese
character and a kana are each a token, and so are raised and lowered digits: "10⁶" is no 106, and "m²" is "m2". A word
hyphenated over a line end gives its two parts and then the whole. Folding works on one token at a time, so offsets
are the text's own.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import cache, cached_property
from typing import Any, NamedTuple

from corpus.english.function_words import QUESTION_WORDS, STOP_WORDS
from corpus.errors import SettingError
from corpus.patterns import pattern
from index.settings import AnalysisSettings

# Signs that stand inside a word although Python's \w leaves them out: the combining marks of the scripts
# whose words need them, soft hyphen, zero-width characters.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0df3\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f\ufeff"
)
# Hiragana, katakana and Han: written without spaces, so each character is a token of its own.
_IDEOGRAPHS = (
    "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)


# Raised and lowered digits, which Python takes for letters.
_SMALL = "²³¹⁰⁴-⁹₀-₉"
BROKEN_LINE = "[-\u2010\u00ad][ \t]{0,20}(?:\r\n|[\n\r])[ \t]{0,40}"
"""The end of a line inside a word, with blanks before it and the indent of the next line, as a pattern."""
_BROKEN = pattern(f"(?<=[^\\W\\d_{_IDEOGRAPHS}{_SMALL}]){BROKEN_LINE}(?=[^\\W\\d_{_IDEOGRAPHS}{_SMALL}])")
_HYPHEN_LAST = pattern("[-\u2010\u00ad][ \t]{0,20}[\n\r]")


def _token_pattern(letter: str, word: str, rest: str) -> re.Pattern[str]:
    return pattern(
        rf"({letter}(?:\.{letter})+(?![^\W_])\.?"  # U.S., e.g., J.R.R
        rf"|{word}(?:(?:(?<=\d)[.,](?=\d)|['’](?![sS](?![^\W_]))){word})*{rest})"  # O'Brien, 10,486
        r"(?:['’][sS](?![^\W_]))?"
    )


_PLAIN = _token_pattern(r"[^\W\d_]", r"(?:[^\W\d_]+|\d[^\W_]*)", "")


@cache
def _special() -> re.Pattern[str]:
    return re.compile(f"[{_MARKS}{_IDEOGRAPHS}{_SMALL}]")


@cache
def _full() -> re.Pattern[str]:
    apart = _IDEOGRAPHS + _SMALL
    return _token_pattern(
        rf"[^\W\d_{apart}]",
        rf"(?:[^\W\d_{apart}](?:[^\W\d_{apart}]|[{_MARKS}])*"
        rf"|\d(?:[^\W_{apart}]|[{_MARKS}])*)",
        rf"|[{_SMALL}]+[{_MARKS}]*|[{_IDEOGRAPHS}][{_MARKS}]*",
    )


# Of ASCII text: each letter is itself, what may stand inside a term besides is unsure, the rest separates.
_UNSURE = "\0"
_LETTERS_ALONE = str.maketrans(
    {sign: _UNSURE if sign in ".,'" or sign.isdigit() else " " for sign in map(chr, range(128)) if not sign.isalpha()}
)


def _pattern(text: str) -> re.Pattern[str]:
    """The faster pattern, unless the text has characters that need the full one; both agree where they can."""
    return _PLAIN if text.isascii() or not _special().search(text) else _full()


def _parts(text: str) -> list[tuple[str, int, int]]:
    """The words of a text with their places; after the halves of one hyphenated over a line end follows the whole."""
    parts: list[tuple[str, int, int]] = []
    # A soft hyphen belongs to the word before it.
    breaks = {match.end(): (match.start(), match.start() + 1) for match in _BROKEN.finditer(text)}
    for match in _pattern(text).finditer(text):
        start, end = match.span(1)
        before = parts[-1] if parts else None
        parts.append((match[1], start, end))
        if before is not None and before[2] in breaks.get(start, ()):
            parts.append((before[0] + match[1], before[1], end))
    return parts


# Dropped by folding: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs, zero-width signs.
_DROPPED = pattern("[\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670\u200b-\u200d\u2060\ufe00-\ufe0f\ufeff]")
_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ı": "i", "ŧ": "t"}
)
_THOUSANDS = pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")

_CACHE_LIMIT = 1_000_000  # distinct words kept; at about 150 bytes a word that is 150 MB, reached by huge builds alone

_QUESTIONS = 64  # the last ones, of which an analyzer keeps the terms

_cache_limit = _CACHE_LIMIT


def remember_words(count: int) -> None:
    """Bounds how many distinct words each analyzer of this process remembers, from now on.

    A build gains by remembering all; a service that runs for months must not grow with what it is asked.

    >>> remember_words(10_000)
    >>> remember_words(_CACHE_LIMIT)
    """
    global _cache_limit
    _cache_limit = count


class Token(NamedTuple):
    """A term with the place in the text where its word stands."""

    term: str
    start: int
    end: int


def fold(text: str) -> str:
    """The text lower-cased, with its diacritics dropped and compatible characters made one.

    >>> fold("Đoković, Straße, Łódź")
    'dokovic, strasse, lodz'
    """
    if text.isascii():
        return text.lower()
    decomposed = _DROPPED.sub("", unicodedata.normalize("NFKD", text.lower()))
    return unicodedata.normalize("NFC", decomposed.translate(_LETTERS)).lower()


class Analyzer:
    """Turns text into terms, each distinct word folded and stemmed once; safe to share between threads.

    >>> Analyzer().terms("Serbia's Mi-35s cost $1.7 billion in the U.S.")
    ['serbia', 'mi', '35s', 'cost', '1.7', 'billion', 'in', 'the', 'us']
    """

    def __init__(self, settings: AnalysisSettings | None = None) -> None:
        self.settings = settings if settings is not None else AnalysisSettings()
        self._terms = _TermCache(self.settings.stemmer)
        self.stop_terms = frozenset(self._terms[word] for word in STOP_WORDS)
        self.asking_terms = frozenset(self._terms[word] for word in QUESTION_WORDS)
        self._questions: dict[str, QuestionTerms] = {}

    def terms(self, text: str) -> list[str]:
        """The terms of a text in reading order.

        >>> Analyzer().terms("Visas were abolished.")
        ['visa', 'were', 'abolish']
        """
        return list(map(self._terms.__getitem__, self.words(text)))

    def words(self, text: str) -> list[str]:
        """The words of a text as they are written, one for each term.

        >>> Analyzer().words("Serbia's Mi-35s")
        ['Serbia', 'Mi', '35s']
        """
        if _HYPHEN_LAST.search(text):
            return [word for word, _, _ in _parts(text)]
        if text.isascii():  # most questions are of letters alone
            letters = text.translate(_LETTERS_ALONE)
            if _UNSURE not in letters:
                return letters.split()
        words: list[str] = _pattern(text).findall(text)
        return words

    def tokens(self, text: str) -> list[Token]:
        """The terms of a text with the place of each, as code points of the text.

        >>> Analyzer().tokens("Belgrade's river")
        [Token(term='belgrad', start=0, end=8), Token(term='river', start=11, end=16)]
        """
        cache = self._terms
        if _HYPHEN_LAST.search(text):
            return [Token(cache[word], start, end) for word, start, end in _parts(text)]
        return [Token(cache[match[1]], *match.span(1)) for match in _pattern(text).finditer(text)]

    def term(self, word: str) -> str:
        """The term that one word stands for.

        >>> Analyzer().term("Visas")
        'visa'
        """
        return self._terms[word]

    def plain_terms(self, words: list[str]) -> list[str]:
        """The terms of words of lower-case ASCII letters and digits, for many distinct words at once.

        >>> Analyzer().plain_terms(["visas", "tea"])
        ['visa', 'tea']
        """
        return self._terms.stems(words)

    def content_terms(self, text: str) -> list[str]:
        """The terms of a text that are no function words.

        >>> Analyzer().content_terms("When were the visas abolished?")
        ['visa', 'abolish']
        """
        return [term for term in self.terms(text) if term not in self.stop_terms]

    def question(self, text: str) -> QuestionTerms:
        """The terms of a question. All that understands, ranks and reads it shares them: the last few are kept.

        >>> analyzer = Analyzer()
        >>> question = analyzer.question("When were the visas abolished?")
        >>> question.ranking, question.content, analyzer.question(question.text) is question
        (['were', 'the', 'visa', 'abolish'], ['visa', 'abolish'], True)
        """
        found = self._questions.get(text)
        if found is None:
            if len(self._questions) >= _QUESTIONS:
                self._questions.clear()
            found = self._questions[text] = QuestionTerms(text, self)
        return found


class QuestionTerms:
    """A question's terms: ``tokens`` with their places, those it ranks with, and those that are no function words.

    Each is made when it is first asked for.
    """

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self.text = text
        self._analyzer = analyzer

    @cached_property
    def tokens(self) -> list[Token]:
        """All its terms, each with its place."""
        return self._analyzer.tokens(self.text)

    @cached_property
    def ranking(self) -> list[str]:
        """The terms by which it ranks passages: those that do not only ask, or all if there are no others."""
        return [term for term in self._terms if term not in self._analyzer.asking_terms] or self._terms

    @cached_property
    def content(self) -> list[str]:
        """The terms that are no function words."""
        return [term for term in self._terms if term not in self._analyzer.stop_terms]

    @cached_property
    def _terms(self) -> list[str]:
        return self._analyzer.terms(self.text)


class _TermCache(dict[str, str]):
    """Each word seen with its term; a missing word is folded and stemmed when it is asked for."""

    def __init__(self, stemmer: str | None) -> None:
        super().__init__()
        self._stemmer = _open_stemmer(stemmer)
        self._lock = threading.Lock()  # a Snowball stemmer keeps state while it works

    def stems(self, words: list[str]) -> list[str]:
        if self._stemmer is None:
            return words
        with self._lock:
            stems: list[str] = self._stemmer.stemWords(words)
        return stems

    def __missing__(self, word: str) -> str:
        term = fold(_BROKEN.sub("", word) if "\n" in word or "\r" in word else word)
        if "." in term and not term[0].isdigit():
            term = term.replace(".", "")
        elif _THOUSANDS.fullmatch(term):
            term = term.replace(",", "")
        term = term.replace("’", "'")
        if self._stemmer is not None:
            with self._lock:
                term = self._stemmer.stemWord(term)
        if len(self) >= _cache_limit:
            self.clear()
        self[word] = term
        return term


def _open_stemmer(name: str | None) -> Any:
    if name is None:
        return None
    import Stemmer  # type: ignore[import-not-found]

    if name not in Stemmer.algorithms():
        known = ", ".join(sorted(Stemmer.algorithms()))
        raise SettingError(f"stemmer {name!r} is not known; expected None or one of: {known}")
    stemmer = Stemmer.Stemmer(name)
    stemmer.maxCacheSize = 0  # a cache of its own is slower than stemming, and each word comes here once
    return stemmer
