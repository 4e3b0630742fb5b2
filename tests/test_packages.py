"""The shape of the packages: what they export, who may import whom, and what stays unloaded while asking."""

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qa.commands.options import EXIT_INTERRUPTED

ROOT = Path(__file__).parent.parent
PACKAGES = ("corpus", "index", "qa")
# The rooms of a package, each of which may import those before it; the package's own face imports them all.
ROOMS = {
    "index": "settings processors data terms ranking wording building folder updating cluster".split(),  # noqa: SIM905
    "qa": """
        _siblings version agreement labelled places answers wording terminal batch updating questions units
        fitness plurality enumerations readers codes clauses confidence citing ranges newest candidates filters
        tagged lists arithmetic asker conversation calibration audit engine opening cluster prompt evaluation watching
        mcp server commands cli __main__
    """.split(),  # noqa: SIM905
}
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in SOURCES}


def run(code: str, *, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=check)


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    most = {"corpus": 400, "index": 400, "qa": 400, "scripts": 400, "tests": 450}
    long = [
        f"{path.relative_to(ROOT)} has {lines} lines; {most[folder]} are allowed: split it"
        for folder in most
        for path in sorted((ROOT / folder).rglob("*.py"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > most[folder]
    ]
    assert not long


def packages() -> list[str]:
    found = list(PACKAGES)
    for name in PACKAGES:
        package = importlib.import_module(name)
        found += [info.name for info in pkgutil.walk_packages(package.__path__, f"{name}.") if info.ispkg]
    return found


@pytest.mark.parametrize("name", packages())
def test_an_init_exports_what_it_imports_of_ours_and_no_more(name: str) -> None:
    module = importlib.import_module(name)
    exported = getattr(module, "__all__", [])
    assert len(exported) == len(set(exported))
    for public in exported:
        assert hasattr(module, public), f"{name}.__all__ names {public}, which is not there"
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    imported = {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PACKAGES)
        for alias in node.names
    }
    private = {"SettingError", "check_siblings"}  # used inside, offered elsewhere
    assert imported - private <= set(exported)


def imported_modules(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("path", SOURCES, ids=[str(path.relative_to(ROOT)) for path in SOURCES])
def test_nothing_imports_upwards_nor_a_command_line_or_a_server(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    above = {"corpus": ("index", "qa"), "index": ("qa",), "qa": ()}[package]
    modules = imported_modules(path)
    assert not [name for name in modules if name.split(".")[0] in above]
    if path.name not in ("cli.py", "__main__.py") and not {"commands", "server"} & set(path.parts):
        assert not [name for name in modules if name.startswith(("qa.cli", "qa.commands", "qa.server"))]


def imported_ours(name: str) -> set[str]:
    """The modules of ours that one imports, anywhere in it, for its types too."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {each if each in MODULES else node.module for each in names}
    return found & set(MODULES) - {name}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_imports_itself_by_way_of_others(package: str) -> None:
    left = {name: imported_ours(name) for name in MODULES if name.split(".")[0] == package}
    while free := [name for name, others in left.items() if not others & set(left)]:
        for name in free:
            del left[name]
    assert not left, f"in a circle, or importing one: {sorted(left)}"


@pytest.mark.parametrize("package", ROOMS)
def test_rooms_import_in_one_direction(package: str) -> None:
    places = {f"{package}.{room}": place for place, room in enumerate(ROOMS[package])}

    def place(name: str) -> int:
        """Where a module's room comes in the order; the face of the package is last."""
        return places[".".join(name.split(".")[:2])] if name != package else len(places)

    backward = [
        f"{name} imports {other}"
        for name in MODULES
        if name.split(".")[0] == package
        for other in imported_ours(name)
        if other.split(".")[0] == package and place(other) > place(name)
    ]
    assert not backward


def test_no_two_classes_have_one_name() -> None:
    places: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(str(path.relative_to(ROOT)))
    assert not {name: found for name, found in places.items() if len(found) > 1}


def test_the_package_offers_what_it_declares_and_loads_it_when_it_is_used() -> None:
    code = (
        "import sys, qa; loaded = 'numpy' in sys.modules\n"
        "missing = [name for name in qa.__all__ if name not in dir(qa) or getattr(qa, name) is None]\n"
        "try: qa.nothing\n"
        "except AttributeError as error: print(loaded, missing, error)"
    )
    done = run(code)
    assert done.stdout.strip() == "False [] module 'qa' has no attribute 'nothing'"
    tree = ast.parse((ROOT / "qa" / "__init__.py").read_text(encoding="utf-8"))
    declared = [node for block in tree.body if isinstance(block, ast.If) for node in block.body]
    offered = {alias.name for node in declared if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert offered == set(importlib.import_module("qa").__all__) - {"__version__"}


def test_ctrl_c_while_modules_are_imported_is_one_line() -> None:
    code = """
import sys
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
from qa.__main__ import main
main()
"""
    done = run(code, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (EXIT_INTERRUPTED, "", "qa: stopped\n")


def test_asking_loads_neither_what_learns_nor_what_serves() -> None:
    code = (
        "import sys, qa; qa.default(reader='lexical').ask('When were visas abolished?');"
        "print(sorted({'sklearn', 'scipy', 'fastapi', 'torch', 'uvicorn', 'lxml', 'tqdm', 'markdown_it',"
        " 'charset_normalizer', 'onnxruntime', 'httpx', 'protego', 'dask', 'distributed', 'fsspec'}"
        " & {name.split('.')[0] for name in sys.modules}))"
    )
    done = run(code)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("reader", ["lexical", "neural"])
def test_asking_the_article_loads_no_other_format_and_little_of_numpy(reader: str) -> None:
    code = (
        f"import sys, qa; qa.default(reader={reader!r}).ask('When were visas abolished?')\n"
        "print(*sorted(name for name in sys.modules if name.startswith('corpus.formats.')))\n"
        "print(*sorted({'numpy.ma', 'numpy.testing', 'numpy.typing.mypy_plugin', 'tomllib', 'csv', 'zipfile',"
        " 'decimal', 'statistics', 'subprocess', 'email', 'html', 'xml'} & set(sys.modules)))"
    )
    formats, others = run(code).stdout.split("\n")[:2]
    assert formats.split() == [
        f"corpus.formats.{name}" for name in ("base", "files", "inside", "plain", "signs", "unseen", "wiki")
    ]
    assert not others


def test_an_expression_is_compiled_when_it_is_first_used() -> None:
    code = (
        "import re\nfrom corpus.patterns import pattern\n"
        "compiled = []\nof = re.compile\n"
        "re.compile = lambda *given: compiled.append(given[0]) or of(*given)\n"
        "year = pattern('[0-9]{4}', re.ASCII)\nprint(compiled)\n"
        "print(year.search('in 2009')[0], year.fullmatch('20'), year.pattern, compiled[0])"
    )
    assert run(code).stdout.splitlines() == ["[]", "2009 None [0-9]{4} [0-9]{4}"]


@pytest.mark.parametrize("name", ["corpus", "index"])
def test_a_module_that_shadows_ours_is_named_with_its_path(tmp_path: Path, name: str) -> None:
    shadow = tmp_path / f"{name}.py"
    shadow.write_text("", encoding="utf-8")
    code = f"import sys; sys.path[:0] = [{str(tmp_path)!r}, {str(ROOT)!r}]\nimport qa"
    done = run(code, check=False)
    assert done.returncode == 1
    assert str(shadow) in done.stderr
    assert "rename" in done.stderr


def test_no_pattern_needs_what_early_pythons_get_wrong() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: a group that is repeated possessively, which Python 3.11.4 gets wrong"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "(?" in node.value
        and re.search(r"\)(?:[*+?]|\{+\d*,?\d*\}+)\+", node.value)
    ]
    assert not wrong
