"""Trials as reports: JUnit XML, which every build service reads, SARIF 2.1.0, and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from corpus.errors import SettingError
from qa.audit.reports.sarif import SCHEMA, address
from qa.audit.reports.words import where
from qa.audit.trials import Trial, Trials, failures

# XML 1.0 has no other characters, not even escaped.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(trials: Trials) -> str:
    """The trials as JUnit XML, one test case each."""
    cases = "".join(_case(trial, trials.source) for trial in trials.trials)
    counts = f'tests="{len(trials.trials)}" failures="{trials.failed}" errors="0" skipped="0"'
    suite = f"<testsuite name={_attribute(trials.source or 'qa test')} {counts}>\n{cases}</testsuite>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n{suite}</testsuites>\n'


def sarif_of_trials(trials: Trials) -> str:
    """The trials that failed as SARIF, each on its line of the file of expectations."""
    from qa.version import __version__

    rule = {"id": "expectation", "shortDescription": {"text": "The documents no longer say what is expected."}}
    run = {
        "tool": {"driver": {"name": "citespan", "version": __version__, "rules": [rule]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(trial, trials.source) for trial in failures(trials)],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1) + "\n"


def _json(trials: Trials) -> str:
    return json.dumps(trials.to_dict(), ensure_ascii=False, indent=1) + "\n"


TRIAL_REPORTS: Final[dict[str, Callable[[Trials], str]]] = {".json": _json, ".sarif": sarif_of_trials, ".xml": junit}
"""Each takes trials; a file's suffix chooses."""


def trial_format(path: str) -> str:
    """The suffix that says in which format trials are to be written; raises SettingError where none is known.

    >>> trial_format("junit.xml")
    '.xml'
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in TRIAL_REPORTS:
        raise SettingError(f"{path}: name the report *.xml (JUnit), *.sarif or *.json")
    return suffix


def _case(trial: Trial, source: str) -> str:
    name = _attribute(trial.expectation.text)
    inner = ""
    if trial.cause is not None:
        quotes = "\n".join(f"“{' '.join(one.quote.split())}” {where(one)}" for one in trial.citations)
        inner = f"<failure message={_attribute(trial.cause)}>{escape(_NO_XML.sub('�', quotes))}</failure>"
    return f"<testcase name={name} classname={_attribute(source or 'qa test')}>{inner}</testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_NO_XML.sub("\ufffd", " ".join(text.split())))


def _result(trial: Trial, source: str) -> dict[str, Any]:
    quotes = " ".join(f"“{' '.join(one.quote.split())}” ({where(one)})" for one in trial.citations[:1])
    return {
        "ruleId": "expectation",
        "level": "error",
        "message": {"text": f"{trial.expectation.text} — {trial.cause}. {quotes}".strip()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": address(source)},
                    "region": {"startLine": max(1, trial.expectation.line)},
                }
            }
        ],
    }
