"""The README and the pages in qa/docs: their snippets run, show what comes out, and lead where they say.

``console`` blocks are run, and must print what they show, but for confidences and times; ``$ cat FILE`` writes the file
that it shows. ``python`` blocks are run, with a service where they name one. In ``sh`` blocks each command and option
must exist. A block that is marked ``notest`` is only read.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest

import qa
from corpus.formats import readable_suffixes
from qa.cli import COMMANDS, cli, main
from tests.qa.server.conftest import serving

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "qa" / "docs"
PAGES = [ROOT / "README.md", ROOT / "ARCHITECTURE.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]
NAMES = {path: path.relative_to(ROOT).as_posix() for path in PAGES}

LONGEST = 200
"""Lines of the README."""

LARGEST = 150_000
"""Bytes of a picture."""

OTHER_OPTIONS = {"--help", "--quick"}
"""Options that are spoken of and belong to every command, or to a script."""

HANDBOOK = """# Library handbook

## Opening hours
The library is open from nine to six on weekdays. On Sundays it is closed.

## Cards
| card | a year |
| --- | --- |
| adult | €12 |
| student | €5 |

## Borrowing
Anyone who lives in the county may borrow books.
"""

_FENCE = re.compile(r"^```(?P<head>[^\n`]*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?P<target>[^)\s]+)\)")
_VARYING = re.compile(r"(?:very likely|more likely than not|likely|uncertain|unlikely) \(\d+%\)")
_SERVICE = "http://localhost:8000"


class Block(NamedTuple):
    page: Path
    line: int
    language: str
    marks: tuple[str, ...]
    body: str

    @property
    def name(self) -> str:
        return f"{NAMES[self.page]}:{self.line}"


def blocks() -> Iterator[Block]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for found in _FENCE.finditer(text):
            language, *marks = found["head"].split() or [""]
            yield Block(page, text.count("\n", 0, found.start()) + 2, language, tuple(marks), found["body"])


BLOCKS = list(blocks())


def of(language: str) -> Any:
    """The blocks of a language that are run, each a test."""
    chosen = [block for block in BLOCKS if block.language == language and "notest" not in block.marks]
    return pytest.mark.parametrize("block", chosen, ids=[block.name for block in chosen])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with the handbook that the pages speak of and an index of it."""
    monkeypatch.chdir(tmp_path)
    for name in ("QA_INDEX", "QA_CALIBRATION", "QA_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / "handbook.md").write_text(HANDBOOK, encoding="utf-8")
    qa.build(["handbook"]).save("handbook.index")
    return tmp_path


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    """The address of a service on the default article."""
    with serving(qa.default()) as address:
        yield address


def run(line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """What a line of the shell prints: ``qa ...``, its output perhaps sent to a file."""
    command, _, target = line.partition(" > ")
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    with pytest.raises(SystemExit):
        main()
    printed = capsys.readouterr()
    assert "qa: " not in printed.err, printed.err
    if target:
        Path(target).write_text(printed.out, encoding="utf-8")
        return ""
    return printed.out


def write_files(body: str, place: Path) -> None:
    """Writes the files that a block shows: ``$ cat FILE``, and what is in it."""
    for name, content in re.findall(r"^\$ cat (\S+)\n((?:(?!\$ ).*\n)*)", body, flags=re.MULTILINE):
        (place / name).write_text(content, encoding="utf-8")


@of("console")
def test_what_a_page_shows_of_a_command_is_what_comes_out(
    block: Block, place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, *steps = re.split(r"^\$ ", block.body, flags=re.MULTILINE)
    assert steps, f"{block.name} shows no command"
    earlier = [other for other in BLOCKS if other.page == block.page and other.line < block.line]
    for other in earlier:
        write_files(other.body, place)
    write_files(block.body, place)
    for step in steps:
        line, _, shown = step.partition("\n")
        if not line.startswith("cat "):
            assert line.startswith("qa "), f"{block.name}: {line} is not run by this test"
            printed = run(line, monkeypatch, capsys)
            assert _VARYING.sub("likely", printed).splitlines() == _VARYING.sub("likely", shown).splitlines()


@of("python")
@pytest.mark.usefixtures("place")
def test_python_on_a_page_runs(block: Block, service: str, capsys: pytest.CaptureFixture[str]) -> None:
    if "openai" in block.body:
        pytest.importorskip("openai", reason="the package openai is not installed")
    code = compile(block.body.replace(_SERVICE, service), block.name, "exec")
    exec(code, {})
    told = re.findall(r'#.*"([^"]+)"$|# (\d+)$', block.body, flags=re.MULTILINE)
    printed = capsys.readouterr().out
    for words, number in told:
        assert (words or number) in printed


def command_lines(text: str) -> Iterator[str]:
    """The calls of qa in a block of shell lines, without what is around them."""
    for line in text.splitlines():
        bare = re.sub(r"\s+#.*", "", line)
        if found := re.search(r"(?:^|[|&=] |\) |- run: )qa (?P<rest>[^|&]*)", bare):
            yield found["rest"]


SHELL = [
    (block, line) for block in BLOCKS if block.language in ("sh", "yaml", "") for line in command_lines(block.body)
]


@pytest.mark.parametrize(("block", "line"), SHELL, ids=[f"{block.name} {line}" for block, line in SHELL])
def test_each_command_and_option_of_a_page_exists(block: Block, line: str) -> None:
    name, *words = shlex.split(line)
    if name not in COMMANDS:
        name, words = "ask", [name, *words]
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    unknown = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"} - known
    assert not unknown, f"{block.name}: qa {name} has no {', '.join(unknown)}"


@pytest.mark.parametrize("page", PAGES, ids=NAMES.values())
def test_each_option_in_the_text_belongs_to_a_command(page: Path) -> None:
    commands = [cli.get_command(click.Context(cli), name) for name in COMMANDS]
    known = {option for command in commands if command for parameter in command.params for option in parameter.opts}
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    spoken = [code for code in re.findall(r"`([^`\n]+)`", text) if code.startswith(("--", "qa "))]
    used = {word for code in spoken for word in re.findall(r"(?<!\S)--[a-z][a-z-]+", code)}
    assert used <= known | OTHER_OPTIONS


@pytest.mark.parametrize("page", PAGES, ids=NAMES.values())
def test_links_of_a_page_lead_to_files_and_headings(page: Path) -> None:
    for found in _LINK.finditer(_FENCE.sub("", page.read_text(encoding="utf-8"))):
        target, _, heading = found["target"].partition("#")
        if target.startswith(("http:", "https:")):
            continue
        file = (page.parent / target).resolve() if target else page
        assert file.exists(), f"{NAMES[page]}: {found['target']} is not there"
        assert ROOT in file.parents
        if heading:
            assert heading in headings(file), f"{NAMES[page]}: {found['target']} has no such heading"


def headings(path: Path) -> set[str]:
    """The anchors of a page's headings, as they are made for Markdown."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(readme.splitlines()) <= LONGEST
    for page in DOCS.glob("*.md"):
        assert f"(qa/docs/{page.name})" in readme
    for picture in ("page", "widget", "audit"):
        assert f"(qa/docs/images/{picture}.png)" in readme


def test_pictures_are_small() -> None:
    pictures = list((DOCS / "images").iterdir())
    assert pictures
    for picture in pictures:
        assert picture.suffix == ".png"
        assert picture.stat().st_size < LARGEST


def test_every_command_and_option_is_told_of() -> None:
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    for name in COMMANDS:
        assert f"qa {name}" in told
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert any(option in told for option in parameter.opts), (
                    f"qa {name} {parameter.opts} is told of nowhere"
                )


def test_every_script_that_can_be_run_is_told_of() -> None:
    figures = (DOCS / "figures.md").read_text(encoding="utf-8")
    for script in (ROOT / "scripts").glob("*.py"):
        named = f"scripts/{script.name}" in figures
        assert named == ('if __name__ == "__main__":' in script.read_text(encoding="utf-8")), script.name
    for name in re.findall(r"scripts/\w+\.py", figures):
        assert (ROOT / name).exists()


def test_no_page_names_a_module_that_is_not_there() -> None:
    for page in PAGES:
        for name in re.findall(r"`((?:corpus|index|qa)/[\w./]*)`", page.read_text(encoding="utf-8")):
            assert (ROOT / name).exists(), f"{NAMES[page]}: {name} is not there"


def test_every_suffix_that_can_be_read_is_told_of() -> None:
    page = (DOCS / "formats.md").read_text(encoding="utf-8")
    assert [suffix for suffix in readable_suffixes() if f"`{suffix}`" not in page] == []


@pytest.mark.parametrize("package", ["corpus", "index", "qa"])
def test_the_architecture_tells_of_each_room_and_of_no_other(package: str) -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text.partition(f"| `{package}` | what it does |\n")[2].partition("\n\n")[0]
    told = {name for row in table.splitlines()[1:] for name in re.findall(r"`([\w./]+)`", row.split("|")[1])}
    for name in told:
        assert (ROOT / package / name).exists(), f"{package}/{name} is not there"
    rooms = {f"{path.name}/" for path in (ROOT / package).iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms <= told


def test_the_pages_are_packaged() -> None:
    packaged = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"][
        "package-data"
    ]
    assert {"docs/*.md", "docs/images/*.png"} <= set(packaged["qa"])
