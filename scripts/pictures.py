"""Makes the pictures of the README: the page, the widget and an audit's report, each from the running program.

    python scripts/pictures.py

It serves the default article, opens it in a headless Chromium (``apt-get install chromium``, and the extra [test]), and
writes PNG files to ``qa/docs/images``.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Page, sync_playwright

import qa
from qa.audit.reports import render
from qa.server import Settings
from tests.qa.server.conftest import BROWSERS, hosting, serving

QUESTION = "Who was the first Russian consul in Serbia?"
SITE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Handbook</title><link rel="icon" href="data:,">
<style>body{font:17px/1.6 Georgia,serif;margin:40px 56px;color:#333;max-width:420px}</style>
<h1>Our handbook</h1><p>Everything that people ask us about, on one page. Read on, or ask.</p>
<script src="SERVICE/widget.js" data-title="Ask the handbook"></script>"""
DRAFT = """Visas between Russia and Serbia were abolished in 2012.
The first Russian consul in Serbia was Gerasim Vashchenko.
In 2023 the trade between the two countries amounted to almost $3 billion.
"""


def picture_page(page: Page, address: str, out: Path) -> None:
    """The page at / with one answer."""
    page.set_viewport_size({"width": 900, "height": 640})
    page.goto(address)
    page.locator("#question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.locator("mark").first.wait_for()
    page.screenshot(path=out / "page.png")


def picture_widget(page: Page, address: str, out: Path) -> None:
    """The widget on another site, open, with one answer."""
    page.set_viewport_size({"width": 900, "height": 560})
    page.goto(address)
    page.get_by_role("button", name="Ask the handbook").click()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    page.screenshot(path=out / "widget.png")


def picture_audit(page: Page, out: Path) -> None:
    """The report of an audit, its first finding open."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.html")
        judged = replace(qa.default().audit(DRAFT), source="draft.md")
        report.write_text(render(judged, DRAFT, ".html"), encoding="utf-8")
        page.set_viewport_size({"width": 900, "height": 560})
        page.goto(report.as_uri())
        page.locator("summary").first.click()
        page.screenshot(path=out / "audit.png")


def main() -> None:
    """Makes them all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("qa/docs/images"), help="the folder to write (%(default)s)")
    out = parser.parse_args().out
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        parser.error(f"no browser found (looked for {', '.join(BROWSERS)}); apt-get install chromium")
    out.mkdir(parents=True, exist_ok=True)
    pages: dict[str, tuple[str, str]] = {}
    with sync_playwright() as runner, hosting(pages) as site:
        chromium = runner.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page()
        with serving(qa.default(), Settings(cors=(site,))) as service:
            pages["/"] = ("", SITE.replace("SERVICE", service))
            picture_page(page, service, out)
            picture_widget(page, f"{site}/", out)
        picture_audit(page, out)
        chromium.close()
    for path in sorted(out.glob("*.png")):
        print(f"{path}  {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
