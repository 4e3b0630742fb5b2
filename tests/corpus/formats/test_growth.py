"""Readers take time in proportion to a file: what opens and never closes, or is long, is not looked through again."""

import json
import time
from contextlib import suppress
from xml.sax.saxutils import escape

import pytest

from corpus.errors import SourceError
from tests.corpus.formats.mutations import read

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


def seconds(suffix: str, sign: str, size: int) -> float:
    """The seconds of computing that a file takes which repeats a sign, the least of three."""
    body = f"Words. {sign * (size // len(sign))} end\n==="
    body = escape(body) if suffix == "xml" else json.dumps(body)[1:-1] if suffix == "ipynb" else body
    before, after = AROUND.get(suffix, ("", ""))
    data = f"{before}{body}{after}".encode()
    found = []
    for _ in range(3):
        start = time.process_time()
        with suppress(SourceError):
            read(data, f"a.{suffix}")
        found.append(time.process_time() - start)
        if found[-1] < UNNOTICED:
            break
    return min(found)


@pytest.mark.parametrize(("suffix", "sign"), [(suffix, sign) for suffix, signs in SIGNS.items() for sign in signs])
def test_a_file_of_four_times_the_size_takes_no_more_than_ten_times_as_long(suffix: str, sign: str) -> None:
    large = seconds(suffix, sign, SMALL * TIMES)
    assert large < UNNOTICED or large <= MOST_TIMES * max(seconds(suffix, sign, SMALL), UNNOTICED / TIMES)
