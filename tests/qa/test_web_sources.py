"""Web pages from the command line and from Python: indexed, asked, updated, taken out, verified, followed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("httpx")
pytest.importorskip("protego")

import qa
from corpus.errors import SourceError
from qa.cli import main
from tests.corpus.web.site import Site, html, serving

ROOT = Path(__file__).parent.parent.parent
ALLOWED = qa.WebLimits(allow_private=True)
Shell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.setenv("QA_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("QA_INDEX", raising=False)
    with serving() as served:
        served.put("/tea", html("Tea", "Tea was first drunk in China."), headers={"ETag": '"1"'})
        served.put("/visas", html("Visas", "Visas were abolished in 2009."))
        listed = "".join(f"<url><loc>{served.address}/{name}</loc></url>" for name in ("tea", "visas"))
        served.put("/sitemap.xml", f"<urlset>{listed}</urlset>", type="text/xml")
        yield served


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    def run(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["qa", *args])
        with pytest.raises(SystemExit) as stop:
            main()
        return int(stop.value.code or 0), *capsys.readouterr()

    return run


def test_a_page_is_asked_at_once(site: Site, shell: Shell) -> None:
    url = f"{site.address}/visas"
    asked = "When were visas abolished?"
    code, out, _ = shell(asked, "--source", url, "--allow-private", "--json", "--reader", "lexical")
    answer = json.loads(out)
    assert (code, answer["text"]) == (0, "2009")
    assert answer["citation"]["source"] == url
    assert answer["citation"]["link"] == f"{url}#:~:text=2009"
    code, _, err = shell(asked, "--source", f"{site.address}/tea")
    assert code == 3
    assert "is a private, loopback or link-local address" in err
    assert "--allow-private" in err


def test_a_sitemap_becomes_an_index_that_answers_and_verifies_without_the_site(site: Site, shell: Shell) -> None:
    sitemap = f"{site.address}/sitemap.xml"
    assert shell("index", sitemap, "-o", "x.index", "--allow-private") == (
        0, "x.index: 2 documents, 2 passages, 0 skipped\n", "",
    )  # fmt: skip
    site.pages.clear()
    _, out, _ = shell("When were visas abolished?", "--index", "x.index", "--json", "--reader", "lexical")
    Path("answers.jsonl").write_text(out)
    assert json.loads(out)["citation"]["source"] == f"{site.address}/visas"
    assert shell("verify", "answers.jsonl", "--index", "x.index")[0] == 0
    assert [path.name for path in Path(".x.index.web").iterdir() if path.is_dir()]


def test_an_update_reads_what_has_changed(site: Site, shell: Shell) -> None:
    sitemap = f"{site.address}/sitemap.xml"
    Path("note.txt").write_text("A cup holds tea.")
    shell("index", "note.txt", sitemap, "-o", "x.index", "--allow-private")
    site.put("/visas", html("Visas", "Visas were abolished in 2010."))
    site.asked.clear()
    code, out, err = shell("index", "--update", "-o", "x.index", "--allow-private", "--json")
    changes = json.loads(out)
    assert (code, err, changes["skipped"]) == (0, "", [])
    assert (changes["changed"], changes["added"], changes["removed"]) == ([f"{site.address}/visas"], [], [])
    assert changes["unchanged"] == 2
    assert "2010" in shell("search", "visas abolished", "--index", "x.index")[1]


def test_an_update_without_the_site_keeps_what_there_is(site: Site, shell: Shell) -> None:
    page = f"{site.address}/tea"
    shell("index", page, "-o", "x.index", "--allow-private")
    site.pages.clear()
    code, out, err = shell("index", "--update", "-o", "x.index", "--allow-private")
    assert (code, out) == (
        0, "x.index: 1 document, 1 passage; files: 0 added, 0 changed, 0 removed, 1 unchanged, 1 skipped\n",
    )  # fmt: skip
    assert err.startswith(f"qa: skipped {page}: the server answers 404 (no page is there); the copy of 20")


def test_one_page_of_a_sitemap_is_updated_by_its_address(site: Site, shell: Shell) -> None:
    shell("index", f"{site.address}/sitemap.xml", "-o", "x.index", "--allow-private")
    for name in ("tea", "visas"):
        site.put(f"/{name}", html(name, "Something new."))
    site.asked.clear()
    page = f"{site.address}/tea"
    _, out, _ = shell("index", page, "--update", "-o", "x.index", "--allow-private", "--json")
    assert json.loads(out)["changed"] == [page]
    assert site.paths() == ["/tea"]


def test_addresses_are_added_and_taken_out(site: Site, shell: Shell) -> None:
    Path("note.txt").write_text("A cup holds tea.")
    shell("index", "note.txt", "-o", "x.index")
    sitemap = f"{site.address}/sitemap.xml"
    _, out, _ = shell("index", sitemap, "--update", "-o", "x.index", "--allow-private", "--json")
    assert json.loads(out)["added"] == [f"{site.address}/tea", f"{site.address}/visas"]
    code, out, _ = shell("index", "--remove", f"{site.address}/tea", "-o", "x.index", "--json")
    assert (code, json.loads(out)["removed"]) == (0, [f"{site.address}/tea"])
    assert shell("index", "--update", "-o", "x.index", "--allow-private")[1].startswith("x.index: 2 documents")
    assert shell("index", "--remove", sitemap, "-o", "x.index")[1].startswith("x.index: 1 document,")
    assert not any(path.is_dir() for path in Path(".x.index.web").iterdir())
    assert shell("index", "--remove", sitemap, "-o", "x.index")[0] == 3


def test_an_index_built_anew_keeps_no_copies_of_other_pages(site: Site, shell: Shell) -> None:
    shell("index", f"{site.address}/tea", "-o", "x.index", "--allow-private")
    shell("index", f"{site.address}/visas", "-o", "x.index", "--allow-private")
    (folder,) = Path(".x.index.web").iterdir()
    assert "visas" in folder.name
    Path("note.txt").write_text("A cup holds tea.")
    shell("index", "note.txt", "-o", "x.index")
    assert not Path(".x.index.web").exists()


def test_a_folder_with_an_index_and_its_copies_gives_only_its_own_files(site: Site, shell: Shell) -> None:
    Path("docs").mkdir()
    Path("docs/note.txt").write_text("A cup holds tea.")
    shell("index", f"{site.address}/tea", "-o", "docs/x.index", "--allow-private")
    _, out, _ = shell("index", "docs", f"{site.address}/tea", "-o", "docs/x.index", "--allow-private", "--json")
    assert json.loads(out)["documents"] == 2
    _, out, _ = shell("index", "--update", "-o", "docs/x.index", "--allow-private", "--json")
    assert (json.loads(out)["documents"], json.loads(out)["unchanged"]) == (2, 2)


def test_pages_bounds_a_sitemap(site: Site, shell: Shell) -> None:
    sitemap = f"{site.address}/sitemap.xml"
    code, out, err = shell("index", sitemap, "-o", "x.index", "--allow-private", "--pages", "1")
    assert (code, out) == (0, "x.index: 1 document, 1 passage, 1 skipped\n")
    assert err == f"qa: skipped {sitemap}: lists more pages than 1, and the first 1 are read; --pages N reads more\n"


def test_the_same_from_python(site: Site) -> None:
    engine = qa.build([f"{site.address}/visas"], reader="lexical", web=ALLOWED)
    assert engine.ask("When were visas abolished?").text == "2009"
    engine.save("x.index")
    site.put("/visas", html("Visas", "Visas were abolished in 2010."))
    changes = qa.update("x.index", web=ALLOWED)
    assert changes.changed == (f"{site.address}/visas",)
    changes = qa.update("x.index", [f"{site.address}/tea"], web=ALLOWED)
    assert (changes.added, changes.documents) == ((f"{site.address}/tea",), 2)
    assert qa.remove("x.index", [f"{site.address}/visas"]).documents == 1
    with pytest.raises(SourceError, match="nothing could be fetched"):
        qa.build([f"{site.address}/tea"])


def test_a_pdf_from_the_web_has_boxes_and_a_link_to_its_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: citespan[documents]")
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from pdf_writer import Page, write

    page = Page()
    page.say(72, 700, "Visas were abolished in 2009.", size=12)
    url = site.put("/visas?download=1", write([page]), type="application/octet-stream")
    citation = qa.build([url], reader="lexical", web=ALLOWED).ask("When were visas abolished?").citation
    assert citation is not None
    assert (citation.source, citation.page, citation.link) == (url, 1, f"{url}#page=1")
    assert citation.boxes


def test_what_fetching_needs_is_named_with_the_command_that_installs_it(site: Site) -> None:
    code = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in ("httpx", "httpcore", "protego"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
from qa.__main__ import main
main()
"""
    command = [sys.executable, "-c", code, "index", f"{site.address}/tea", "-o", "x.index"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 3
    assert done.stderr.rstrip().endswith("install it with: pip install 'citespan[web]'")
    assert done.stdout == ""


def test_a_cluster_fetches_no_pages(site: Site, shell: Shell) -> None:
    code, _, err = shell("index", f"{site.address}/tea", "-o", "x.index", "--cluster", "tcp://127.0.0.1:9")
    assert code == 2
    assert "index web pages without it" in err


def test_settings_that_are_no_numbers_are_told(site: Site, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_WEB_SECONDS", "soon")
    code, _, err = shell("index", f"{site.address}/tea", "-o", "x.index", "--allow-private")
    assert code in (2, 3)
    assert "QA_WEB_SECONDS is 'soon'; a number above 0 was expected" in err
