"""English is listed in one room, and each of its closed classes once."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.english import calendar, function_words, numerals

ROOT = Path(__file__).parent.parent
ENGLISH = ROOT / "corpus" / "english"
# A rule may name this many words of its own, and this many of the months, pronouns and other closed classes.
MOST, MOST_CLOSED = 12, 6
CLOSED = {
    "months": {*calendar.MONTHS, *calendar.SHORT_MONTHS},
    "weekdays": {*calendar.WEEKDAYS, *calendar.SHORT_WEEKDAYS},
    "numbers": {*numerals.CARDINALS},
    "ordinals": {*numerals.ORDINAL_WORDS},
    "auxiliaries": set(function_words.AUXILIARIES),
    "pronouns": set(function_words.PERSONAL | function_words.POSSESSIVES),
    "denials": set(function_words.DENIALS),
}
# What formats, file names and protocols call their parts is no English, although its words are English ones.
NOT_ENGLISH = {
    "corpus/encodings.py": "names of encodings",
    "corpus/formats": "names of elements, commands, templates and styles, some of other languages",
    "qa/__init__.py": "names of what the package offers",
    "qa/audit/claim_files.py": "names of verdicts in files",
    "qa/calibration/records.py": "names of fields",
    "qa/conversation/carrying.py": "names of what a model weighs",
    "qa/readers/lexical.py": "names of what a model weighs",
    "qa/readers/overlap.py": "names of what a model weighs",
    "qa/readers/words.py": "names of what a model weighs",
    "qa/server": "names of fields and paths, and what clients ask in their own words",
}
SOURCES = sorted(
    path
    for package in ("corpus", "index", "qa")
    for path in (ROOT / package).rglob("*.py")
    if not path.is_relative_to(ENGLISH)
)


def lists(tree: ast.Module) -> Iterator[tuple[int, list[str], bool]]:
    """The lists of words in a module: their line, their words, and whether they are written as prose or a pattern."""
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
            # Words that only spaces part, and the alternatives of a pattern.
            if re.fullmatch(r"\s*(?:[^\W\d_][\w'’-]*\s+){3,}[\w'’-]+\s*", node.value):
                yield node.lineno, node.value.split(), True
            for found in re.finditer(r"(?:[^\W\d_][\w'’? -]*\|){2,}[^\W\d_][\w'’? -]*", node.value):
                yield node.lineno, found[0].split("|"), True
        elif isinstance(node, ast.Set | ast.List | ast.Tuple | ast.Dict):
            elements = node.keys if isinstance(node, ast.Dict) else node.elts
            said = [each.value for each in elements if isinstance(each, ast.Constant) and isinstance(each.value, str)]
            yield node.lineno, said, False


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_a_list_of_english_stands_in_its_room(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    named = any(place == other or place.startswith(f"{other}/") for other in NOT_ENGLISH)
    for line, words, _ in lists(ast.parse(path.read_text(encoding="utf-8"))):
        lower = {word.lower().rstrip("?") for word in words}
        for name, members in CLOSED.items():
            assert len(lower & members) <= MOST_CLOSED, f"{place}:{line} lists {name}, which corpus/english has"
        english = [word for word in words if re.fullmatch(r"[^\W\d_][a-z'’]+\??", word)]
        if not named:
            assert len(english) <= MOST, f"{place}:{line} lists {len(english)} words: corpus/english is their place"


def test_no_word_is_listed_twice_in_a_closed_class() -> None:
    for name, members in CLOSED.items():
        holding = {
            path.name
            for path in ENGLISH.glob("*.py")
            for _, words, written in lists(ast.parse(path.read_text(encoding="utf-8")))
            if written and len({word.rstrip("?") for word in words} & members) > len(members) // 2
        }
        assert len(holding) <= 1, f"{name} are listed in {sorted(holding)}"


def test_what_is_exempt_is_there() -> None:
    assert [place for place in NOT_ENGLISH if not (ROOT / place).exists()] == []
