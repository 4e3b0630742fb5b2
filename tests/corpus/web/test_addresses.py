"""Addresses: what is one, its one spelling, and the names of files that keep copies."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.web.addresses import file_of, folder_of, is_address, normal
from corpus.web.wikipedia import article


@pytest.mark.parametrize("path", ["https://x.org/", "HTTP://x.org", "ftp://x/y", "wikipedia:Tea", "Wikipedia:de:Tee"])
def test_what_is_an_address(path: str) -> None:
    assert is_address(path)


@pytest.mark.parametrize("path", ["docs/tea.md", "C:\\docs", "c:/docs", "wikipedia", "./https:/x", "", "-"])
def test_what_is_a_path(path: str) -> None:
    assert not is_address(path)


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("https://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a#b", "https://example.org/a"),
        ("http://example.org:8080/a?b=c d", "http://example.org:8080/a?b=c%20d"),
        ("https://bücher.example/grüner tee", "https://xn--bcher-kva.example/gr%C3%BCner%20tee"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("https://example.org/a%2Fb", "https://example.org/a%2Fb"),
    ],
)
def test_an_address_has_one_spelling(written: str, spelt: str) -> None:
    assert normal(written) == spelt
    assert normal(spelt) == spelt


@pytest.mark.parametrize(
    "written", ["https://", "http://a b/", "http://x:99999/", "http://[::1/", "mailto:a@b.org", "http://u@x/"]
)
def test_what_cannot_be_fetched_is_refused_with_the_address(written: str) -> None:
    with pytest.raises(SourceError) as raised:
        normal(written)
    assert str(raised.value).startswith(f"{written}: ")


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_no_address_gives_a_file_outside_the_folder_or_a_hidden_one(path: str, alone: bool, taken: bool) -> None:
    try:
        address = normal(f"https://example.org/{path}")
    except SourceError:
        return
    for part in file_of(address, ".html", alone=alone, taken=taken).split("/"):
        assert part
        assert not part.startswith(".")
        assert len(part) < 120
        assert "\\" not in part
        assert ":" not in part
    assert "/" not in folder_of(address)


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("wikipedia:green tea", "https://en.wikipedia.org/wiki/Green_tea"),
        ("wikipedia:de:Tee", "https://de.wikipedia.org/wiki/Tee"),
        ("wikipedia:Star Wars: Episode IV", "https://en.wikipedia.org/wiki/Star_Wars:_Episode_IV"),
        ("wikipedia:simple:C++", "https://simple.wikipedia.org/wiki/C%2B%2B"),
    ],
)
def test_an_article_by_its_title(written: str, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QA_WIKIPEDIA", raising=False)
    assert article(written).page == page
