"""The pages' routes, headers and files, without a browser."""

import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.resources import files
from pathlib import Path
from urllib.parse import urljoin

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from qa.engine import Engine
from qa.server import create_app
from qa.server.page import assets
from qa.server.settings import Settings

PAGES = ["/", "/check", "/browse", "/read", "/read/some/document"]


@pytest.fixture(scope="module")
def client(engine: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(engine, settings=Settings(api_key="secret"))) as client:
        yield client


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_need_no_key_and_run_only_their_own_files(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "{{" not in response.text
    files = re.findall(r'(?:src|href)="([^"]*/assets/[^"]+)"', response.text)
    assert len(files) == 4
    for file in files:
        assert client.get(urljoin(path, file)).status_code == 200


def test_no_page_has_an_inline_script_or_style() -> None:
    for name, asset in assets().items():
        if name.endswith(".html"):
            text = asset.content.decode()
            assert not re.search(r"<script(?![^>]*\ssrc=)", text), name
            assert not re.search(r"<style|\sstyle=|\son\w+=", text), name


def test_no_file_names_another_host_or_parses_markup() -> None:
    for name, asset in assets().items():
        text = asset.content.decode()
        hosts = set(re.findall(r"https?://([\w.-]+)", text)) - {"www.w3.org", "SERVICE"}
        assert not hosts, name
        parsing = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|DOMParser|setHTML|new Function"
        assert not re.search(parsing, text), name


def test_a_file_that_is_known_is_not_sent_again(client: TestClient) -> None:
    for path in ("/", "/assets/page.css", "/widget.js"):
        first = client.get(path)
        again = client.get(path, headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert client.head(path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/assets/none.js", "/assets/index.html", "/assets/..%2fpage.py", "/assets/%2e%2e/page.py", "/assets/"]
)
def test_only_the_files_of_the_page_can_be_asked_for(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"


def test_the_prefix_of_a_proxy_leads_every_address_and_cannot_break_out(engine: Engine) -> None:
    inner = create_app(engine)
    outer = FastAPI()
    outer.mount("/docs-desk", inner)
    with TestClient(outer) as client:
        text = client.get("/docs-desk/read/a/b").text
        assert 'src="/docs-desk/assets/read.js"' in text
        assert not re.findall(r'(?:src|href)="/(?!docs-desk/)[^"]*"', text)
    with TestClient(inner, root_path='/"><script>') as client:
        assert "<script>" not in client.get("/").text


def test_the_widget_is_small_and_may_be_loaded_from_anywhere(client: TestClient) -> None:
    response = client.get("/widget.js")
    assert len(response.content) < 15_000
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert response.headers["access-control-allow-origin"] == "*"
    assert "authorization" not in response.text.lower()


def test_every_static_file_is_in_the_package() -> None:
    project = Path(__file__).parents[3] / "pyproject.toml"
    patterns = tomllib.loads(project.read_text())["tool"]["setuptools"]["package-data"]["qa"]
    names = [entry.name for entry in (files("qa.server") / "static").iterdir()]
    assert len(names) > 8
    assert sorted(assets()) == sorted(names)
    for name in names:
        assert any(fnmatch(f"server/static/{name}", pattern) for pattern in patterns), name


def colours(text: str) -> dict[str, tuple[float, float, float]]:
    """The colours that a stretch of CSS names, as RGB from 0 to 1."""
    found = re.findall(r"--([\w-]+):\s*#([0-9a-f]{3}(?:[0-9a-f]{3})?)\b", text)
    wide = {name: value if len(value) == 6 else "".join(2 * digit for digit in value) for name, value in found}
    return {name: tuple(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)) for name, value in wide.items()}  # type: ignore[misc]


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """The contrast ratio of two colours (WCAG 2.2, "contrast ratio" and "relative luminance")."""

    def luminance(colour: tuple[float, float, float]) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_stands_out_from_its_ground_in_light_and_dark() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    style = assets()["page.css"].content.decode()
    light, _, rest = style.partition("prefers-color-scheme: dark")
    pairs = [(text, ground) for ground in ("ground", "surface") for text in ("text", "muted", "accent", "bad", "warn")]
    pairs += [("accent-text", "accent"), ("mark-text", "mark"), ("text", "sentence"), ("text", "bad-soft")]
    pairs += [("text", "warn-soft"), ("bad", "bad-soft"), ("accent", "accent-soft"), ("muted", "accent-soft")]
    for scheme in (colours(light), colours(rest)):
        for text, ground in pairs:
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
        assert contrast(scheme["strong-line"], scheme["surface"]) >= 3  # WCAG 1.4.11, the edge of a field


def test_the_widgets_text_stands_out_too() -> None:
    script = assets()["widget.js"].content.decode()
    for name in ("LIGHT", "DARK"):
        scheme = colours(re.search(rf'const {name} = "([^"]+)"', script)[1])  # type: ignore[index]
        pairs = [("text", "surface"), ("muted", "surface"), ("accent", "surface"), ("bad", "surface")]
        for text, ground in [*pairs, ("on", "accent"), ("on-mark", "mark")]:
            assert contrast(scheme[text], scheme[ground]) >= 4.5, (name, text, ground)
        assert contrast(scheme["edge"], scheme["surface"]) >= 3
