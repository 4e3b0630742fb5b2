import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest

from corpus.errors import DataError, SettingError
from qa.audit.baseline import read_baseline, with_baseline
from qa.audit.report import AuditReport
from qa.audit.reports import REPORTS, render, report_format, table_lines
from tests.qa.audit.conftest import DRAFT


def test_the_table_says_what_differs_and_ends_with_the_summary(report: AuditReport) -> None:
    lines = [click.unstyle(line) for line in table_lines(report)]
    assert "    1990; the source says 1987 (another date)" in lines
    assert not any("Hello" in line for line in lines)
    assert lines[-1] == "4 sentences: 3 claims, 1 supported, 1 contradicted, 1 not found; 1 not claims"
    assert any("Hello" in line for line in table_lines(report, everything=True))


def test_json_is_the_contract(report: AuditReport) -> None:
    record = json.loads(render(report, DRAFT, ".json"))
    assert record["source"] == "notes/draft 1.md"
    assert list(record["summary"]) == ["sentences", "claims", "supported", "contradicted", "not_found", "not_a_claim"]
    claim = record["claims"][1]
    assert {"text", "start", "end", "sentence", "verdict", "confidence", "evidence", "differs"} <= set(claim)
    assert DRAFT[claim["start"] : claim["end"]] == claim["text"]
    assert claim["evidence"][0]["stance"] == "against"
    assert claim["differs"] == [{"claim": "1990", "source": "1987", "kind": "date"}]


def test_sarif_points_at_the_line_and_column_of_each_finding(report: AuditReport) -> None:
    run = json.loads(render(report, DRAFT, ".sarif"))["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == ["contradicted", "not_found"]
    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert [(region["startLine"], region["startColumn"]) for region in regions] == [(3, 1), (4, 1)]
    lines = re.split("\r\n|\n", DRAFT)
    for region, result in zip(regions, run["results"], strict=True):
        line = lines[region["startLine"] - 1]
        assert line[region["startColumn"] - 1 : region["endColumn"] - 1] in result["message"]["text"]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "notes/draft%201.md"


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not {name for name, _ in attrs} & {"src", "onclick", "onerror"}
        assert all(not (name == "href" and value) for name, value in attrs)


def test_html_holds_the_whole_text_and_nothing_of_it_is_markup(report: AuditReport) -> None:
    page = render(report, DRAFT, ".html")
    parsed = _Page()
    parsed.feed(page)
    assert {"script", "link", "img", "b"}.isdisjoint(parsed.tags)
    assert parsed.tags.count("details") == 3
    shown = page[page.index('<div class="text">') :]
    shown = unescape(re.sub(r"<span class=\"evidence\">.*?</span>|<[^>]+>", "", shown)).strip()
    assert shown.split() == DRAFT.split()


def test_markdown_escapes_what_would_be_markup(report: AuditReport) -> None:
    text = render(report, DRAFT, ".md")
    assert "\\<b\\>opened" in text
    assert "**4 sentences: 3 claims" in text
    assert "2 nearest" not in text


def test_a_report_is_chosen_by_its_suffix() -> None:
    assert [report_format(f"a/b.c{suffix.upper()}") for suffix in REPORTS] == list(REPORTS)
    with pytest.raises(SettingError, match=r"\*\.html, \*\.json, \*\.md or \*\.sarif"):
        report_format("report.pdf")


def test_a_baseline_makes_the_same_findings_known_wherever_they_stand(report: AuditReport, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(render(report, DRAFT, ".json"), encoding="utf-8")
    moved = replace(report, claims=tuple(replace(claim, start=claim.start + 1) for claim in report.claims))
    assert all(claim.known for claim in with_baseline(moved, read_baseline(path)).claims)
    changed = replace(report, claims=tuple(replace(claim, verdict="not_found") for claim in report.claims))
    known = [claim.known for claim in with_baseline(changed, read_baseline(path)).claims]
    assert known == [False, False, False, True]


@pytest.mark.parametrize("content", ["", "[]", '{"claims": [{}]}', '{"claims": 3}'])
def test_a_baseline_that_is_no_report_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match="no report of an audit"):
        read_baseline(path)
