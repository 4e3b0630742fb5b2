"""Readers take time in proportion to a file: what opens and never closes, or is long, is not looked through again."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from xml.sax.saxutils import escape

import pytest

from corpus.errors import SourceError
from tests.corpus.formats.mutations import read
from tests.corpus.formats.workbooks import xlsx

SMALL, TIMES = 12_000, 4
MOST_TIMES = 10  # a reader that looks through the rest for each sign takes 16 times as long
UNNOTICED = 0.05  # seconds of computing below which a ratio says nothing

SIGNS = {
    "md": ["[", "[[", "*", "`", "<a ", "{--", "<p hidden>", "> "],
    "html": ["<div>", "<b>", "<td>", "&", "<"],
    "wiki": ["<ref>", "<nowiki>", "<s>", "[[", "{{", "\n="],
    "xml": ["\n", " ", "\u00a0", "<s>", "<pre>", "<ref>", "{{", "[[", "{|\n|"],
    "tex": ["\\(", "$", "$$", "{", "\\emph{", "\\begin{a}", "%"],
    "rst": ["`", "*", "|", "_", "\n.. a", "::"],
    "adoc": ["`", "*", "_", "{", "<<", "\t", "a::\n", "|===\n"],
    "org": ["[[a]", "*", "=", "\n- ", "<2020"],
    "srt": ["\t", " ", "0", "00:00 ", "<v a", "{a", "<"],
    "vtt": ["\t", "<v a", "<c.a", "{a"],
    "csv": ['"', '",', "a,", "\t"],
    "rtf": ["{", "\\b ", "\\'e9", "{\\*\\a "],
    "eml": ["=?utf-8?q?", "> ", "=\n", "--a\n"],
    "ipynb": ["[", "*", "<a "],
}
AROUND = {
    "tex": ("\\documentclass{article}\n\\begin{document}\n", "\\end{document}"),
    "xml": ("<mediawiki><page><title>T</title><ns>0</ns><revision><text>", "</text></revision></page></mediawiki>"),
    "rtf": ("{\\rtf1 ", ""),
    "eml": ("From: a@example.org\nSubject: x\n\n", ""),
    "srt": ("1\n00:00:01,000 --> 00:00:02,000\n", ""),
    "vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n", ""),
    "ipynb": ('{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": ["', '"]}]}'),
}


def repeated(suffix: str, sign: str, size: int) -> bytes:
    """A file that repeats a sign."""
    body = f"Words. {sign * (size // len(sign))} end\n==="
    body = escape(body) if suffix == "xml" else json.dumps(body)[1:-1] if suffix == "ipynb" else body
    before, after = AROUND.get(suffix, ("", ""))
    return f"{before}{body}{after}".encode()


def swollen(sign: str, size: int) -> bytes:
    """A workbook with a sheet that repeats a sign."""
    row = "<row r='1'><c r='A1'><v>3</v></c></row>"
    return xlsx({"Tea": f"<sheetData>{row}{sign * (size // len(sign))}</sheetData>"})


def seconds(data: bytes, name: str) -> float:
    """The seconds of computing that a file takes, the least of three."""
    found = []
    for _ in range(3):
        start = time.process_time()
        with suppress(SourceError):
            read(data, name)
        found.append(time.process_time() - start)
        if found[-1] < UNNOTICED:
            break
    return min(found)


def grows_in_proportion(large: float, small: Callable[[], float]) -> bool:
    return large < UNNOTICED or large <= MOST_TIMES * max(small(), UNNOTICED / TIMES)


@pytest.mark.parametrize(("suffix", "sign"), [(suffix, sign) for suffix, signs in SIGNS.items() for sign in signs])
def test_a_file_of_four_times_the_size_takes_no_more_than_ten_times_as_long(suffix: str, sign: str) -> None:
    large, small = (repeated(suffix, sign, size) for size in (SMALL * TIMES, SMALL))
    name = f"a.{suffix}"
    assert grows_in_proportion(seconds(large, name), lambda: seconds(small, name))


@pytest.mark.parametrize("sign", ["<i", "<i>", "<row>", "&", "<row r='1'><c><v>1"])
def test_a_damaged_sheet_of_four_times_the_size_takes_no_more_than_ten_times_as_long(sign: str) -> None:
    large, small = (swollen(sign, size) for size in (SMALL * TIMES, SMALL))
    assert grows_in_proportion(seconds(large, "a.xlsx"), lambda: seconds(small, "a.xlsx"))
