"""``qa index`` on an index that lives: updates, removals, and two writers at once, as a shell sees them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import qa
from corpus.errors import SettingError
from qa.cli import main

ROOT = Path(__file__).parent.parent.parent
HOLDER = """
import sys
from index.folder.lock import writing
with writing("x.index"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _books(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with two books, and an index of them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "fsync", lambda _: None)
    write("tea", "Tea was first drunk in China.")
    write("visas", "Visas were abolished in 2009.")
    qa.update("x.index", ["books"])


def write(name: str, text: str) -> None:
    Path("books").mkdir(exist_ok=True)
    Path("books", f"{name}.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def run(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["qa", "index", "-o", "x.index", *args])
        with pytest.raises(SystemExit) as stop:
            main()
        return int(stop.value.code or 0), *capsys.readouterr()

    return run


def test_an_update_says_what_became_of_the_files(shell) -> None:  # type: ignore[no-untyped-def]
    write("tea", "Tea is cold.")
    write("cup", "A cup holds tea.")
    Path("books/song.mp3").touch()
    code, out, err = shell("--update")
    assert (code, out) == (
        0,
        "x.index: 3 documents, 3 passages; files: 1 added, 1 changed, 0 removed, 1 unchanged, 1 skipped\n",
    )
    assert err.startswith("qa: skipped books/song.mp3: no reader for .mp3")
    assert qa.open("x.index", reader="lexical").search("cup")[0].passage.text == "A cup holds tea."


def test_an_update_in_json_names_the_files(shell) -> None:  # type: ignore[no-untyped-def]
    write("tea", "Tea is cold.")
    code, out, err = shell("books", "--update", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {
        "index": "x.index", "added": [], "changed": ["books/tea.txt"], "removed": [], "unchanged": 1, "rebuilt": None,
        "documents": 2, "passages": 2, "skipped": [], "replaced": [], "dropped": 0,
    }  # fmt: skip


def test_a_rebuild_is_told(shell) -> None:  # type: ignore[no-untyped-def]
    from corpus.passages import PassageSettings
    from index.settings import IndexSettings

    qa.build(["books"], settings=IndexSettings(passages=PassageSettings(max_words=33))).save("x.index")
    code, _, err = shell("--update")
    assert code == 0
    assert err.startswith("qa: everything was read anew, because the index was built with other settings (passages.max")


def test_removals_are_repeatable_and_an_unknown_name_is_refused(shell) -> None:  # type: ignore[no-untyped-def]
    write("cup", "A cup holds tea.")
    assert shell("--update")[0] == 0
    code, out, _ = shell("--remove", "books/tea.txt", "--remove", "cup")
    assert (code, out) == (
        0,
        "x.index: 1 document, 1 passage; files: 0 added, 0 changed, 2 removed, 1 unchanged, 0 skipped\n",
    )
    code, out, err = shell("--remove", "books/visa.txt")
    assert (code, out) == (3, "")
    assert "did you mean books/visas.txt" in err


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--remove", "tea", "--update"),
        ("books", "--remove", "tea"),
        ("--wait", "1"),
        ("--remove", "tea", "--memory", "1GB"),
    ],
)
def test_what_cannot_go_together_is_a_usage_error(shell, args: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    assert shell(*args)[0] == 2


def test_a_second_writer_names_the_first_and_gives_up_in_time_or_waits(shell) -> None:  # type: ignore[no-untyped-def]
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        code, out, err = shell("--update", "--wait", "0.1")
        assert (code, out) == (3, "")
        assert [f"process {holder.pid} on" in line for line in err.splitlines()] == [True, True]
        assert err.startswith("qa: waiting for the writer of x.index")
        assert shell("books", "--wait", "0")[0] == 3
        assert qa.open("x.index", reader="lexical").counts()["documents"] == 2
        assert holder.stdin is not None
        holder.stdin.close()
        assert shell("--update")[0] == 0


def test_python_has_the_same_two_calls() -> None:
    write("tea", "Tea is cold.")
    assert qa.update("x.index").changed == ("books/tea.txt",)
    assert qa.remove("x.index", ["tea"]).removed == ("books/tea.txt",)
    for call in (qa.update, qa.remove):
        with pytest.raises(SettingError, match="give a list"):
            call("x.index", "books")


def test_bad_bytes_and_dropped_parts_are_counted_and_listed(  # type: ignore[no-untyped-def]
    shell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("books/tea.txt").write_bytes("Tea – “hot” tea – isn’t".encode() + b" cold, it\x92s said.")
    Path("books/page.html").write_text("<main><p>Ice is cold.</p><nav>Home</nav><s>Ice is hot.</s></main>")
    code, out, err = shell("--update")
    assert code == 0
    assert out == (
        "x.index: 3 documents, 3 passages; files: 1 added, 1 changed, 0 removed, 1 unchanged, 0 skipped, "
        "1 bad byte replaced, 2 parts of 1 document dropped (qa show --dropped --index x.index lists them)\n"
    )
    assert err == "qa: books/tea.txt: 1 byte is not valid UTF-8 (0x92 at byte 43); read as \ufffd\n"
    found = json.loads(shell("--update", "--json")[1])
    assert (found["skipped"], found["dropped"]) == ([], 2)
    for more, expected in (
        ([], "page navigation: Home\npage struck out: Ice is hot.\n"),
        (["tea"], ""),
        (["page", "--json"], '{"id": "page", "kind": "navigation", "text": "Home"}\n'),
    ):
        monkeypatch.setattr(sys, "argv", ["qa", "show", "--index", "x.index", "--dropped", *more])
        with pytest.raises(SystemExit) as stop:
            main()
        assert stop.value.code == 0
        assert capsys.readouterr().out.startswith(expected)


@pytest.mark.skipif(os.name == "nt", reason="names are UTF-16 there")
def test_a_name_that_is_no_utf8_breaks_no_json(shell) -> None:  # type: ignore[no-untyped-def]
    for name in (b"books/caf\xe9.txt", b"books/caf\xe9.png"):
        with open(name, "wb") as file:  # noqa: PTH123 (pathlib takes no bytes)
            file.write(b"The cellar key is under the third stone.")
    code, out, err = shell("--update", "--json")
    assert (code, r"caf\xe9.png" in err) == (0, True)
    found = json.loads(out.encode("utf-8"))
    assert found["added"] == ["books/caf\\xe9.txt"]
    assert [skip["path"] for skip in found["skipped"]] == ["books/caf\\xe9.png"]
    answer = qa.open("x.index", reader="lexical").ask("Where is the cellar key?")
    json.dumps(answer.to_dict(), ensure_ascii=False).encode("utf-8")
    assert shell("--update", "--json")[0] == 0


def test_check_notices_what_no_outer_sign_tells(  # type: ignore[no-untyped-def]
    shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.fingerprints import Fingerprint

    assert shell("--update")[0] == 0
    write("tea", "Tea was first drunk in Chine.")
    monkeypatch.setattr(Fingerprint, "unchanged", lambda *_: True)
    assert "0 changed" in shell("--update")[1]
    assert "1 changed" in shell("--check")[1]
    assert "0 changed" in shell("--update", "--check")[1]
