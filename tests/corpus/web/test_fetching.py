"""Fetching: what comes, what is refused, and the limits of time, size and redirects."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest

pytest.importorskip("httpx")
pytest.importorskip("protego")

from corpus.errors import SourceError
from corpus.web.fetching import Fetched, Fetcher
from corpus.web.guard import is_public
from corpus.web.limits import WebLimits
from tests.corpus.web.site import Site

PRIVATE = "is a private, loopback or link-local address, and nothing is fetched from there"


def get(url: str, *, named: tuple[str, ...] = ("127.0.0.1",), etag: str = "", **limits: object) -> Fetched:
    with Fetcher(WebLimits(**{"allow_private": True, "seconds": 5.0, **limits}), named=named) as fetcher:  # type: ignore[arg-type]
        return fetcher.get(url, etag=etag)


def failure(url: str, **options: object) -> str:
    with pytest.raises(SourceError) as raised:
        get(url, **options)  # type: ignore[arg-type]
    return str(raised.value)


def test_a_page_comes_with_what_the_server_says_of_it(site: Site) -> None:
    url = site.put(
        "/tea", "<p>Tea", type="text/html; charset=ISO-8859-1", headers={"ETag": '"1"', "Last-Modified": "x"}
    )
    assert get(url) == Fetched(url, 200, b"<p>Tea", "text/html", "iso-8859-1", '"1"', "x")
    assert get(url, etag='"1"').status == 304


def test_the_program_says_who_it_is(site: Site) -> None:
    get(site.put("/tea", "Tea"))
    assert all(headers["User-Agent"].startswith("citespan ") for _, headers in site.asked)


def test_private_addresses_are_refused_unless_allowed_and_named(site: Site) -> None:
    url = site.put("/tea", "Tea")
    assert PRIVATE in failure(url, allow_private=False)
    assert "--allow-private" in failure(url, named=("example.org",))
    assert PRIVATE in failure(url.replace("127.0.0.1", "localhost"), allow_private=False)
    assert not site.asked


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "2130706433", "0", "[::1]", "169.254.169.254", "10.0.0.1"])
def test_a_redirect_to_another_private_host_is_refused_though_the_first_is_allowed(site: Site, host: str) -> None:
    port = site.address.rpartition(":")[2]
    url = site.put("/tea", status=302, headers={"Location": f"http://{host}:{port}/secret"})
    told = failure(url)
    assert told.startswith(f"{url}: ")
    assert PRIVATE in told
    assert "/secret" not in site.paths()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/"])
def test_a_redirect_leads_to_web_pages_only(site: Site, target: str) -> None:
    url = site.put("/tea", status=301, headers={"Location": target})
    assert "only http and https addresses are read" in failure(url)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([["1.1.1.1"], ["127.0.0.1"], ["127.0.0.1"]])
    looked: list[str] = []

    def resolve(host: str, port: int, **_: object) -> list[object]:
        looked.append(host)
        return [(2, 1, 6, "", (address, port)) for address in next(answers)]

    connected: list[str] = []

    def connect(_: object, host: str, *__: object) -> object:
        connected.append(host)
        raise SourceError("connected")

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)
    with Fetcher(WebLimits()) as fetcher:
        with pytest.raises(SourceError):
            fetcher.get("http://turning.example/", robots=False)
        assert connected == ["1.1.1.1"]
        with pytest.raises(SourceError, match="private"):
            fetcher.get("http://turning.example/", robots=False)
    assert connected == ["1.1.1.1"]
    assert looked == ["turning.example", "turning.example"]


def test_a_host_with_one_private_address_among_public_ones_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (address, 80)) for address in ("1.1.1.1", "192.168.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: found)
    assert "split.example (192.168.0.1) is a private" in failure("http://split.example/", named=())


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1",
     "2002:7f00:1::", "64:ff9b::7f00:1", "198.18.0.1"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


def test_redirects_are_followed_so_many_times(site: Site) -> None:
    end = site.put("/end", "Tea")
    for number in range(3):
        target = f"/{number + 1}" if number < 2 else end
        site.put(f"/{number}", status=307, headers={"Location": target})
    assert get(f"{site.address}/0", redirects=3).url == end
    assert "leads on and on; 2 redirects are followed" in failure(f"{site.address}/0", redirects=2)
    loop = site.put("/loop", status=302, headers={"Location": "/loop"})
    assert "leads on and on" in failure(loop)


def test_a_large_page_is_given_up_whether_the_server_says_its_size_or_not(site: Site) -> None:
    assert "is larger than 0.001 MB" in failure(site.put("/tea", b"x" * 1001), size=1000)
    assert get(site.put("/tea", b"x" * 1000), size=1000).body == b"x" * 1000
    packed = gzip.compress(b"x" * 10_000_000)
    bomb = site.put("/bomb", packed, headers={"Content-Encoding": "gzip"})
    assert len(packed) < 20_000
    assert "is larger than 1 MB, unpacked; set QA_WEB_MEGABYTES" in failure(bomb, size=1_000_000)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"Tea is hot.")),
        ("x-gzip", gzip.compress(b"Tea is ") + gzip.compress(b"hot.")),
        ("deflate", zlib.compress(b"Tea is hot.")),
        ("deflate", zlib.compress(b"Tea is hot.")[2:-4]),
        ("identity", b"Tea is hot."),
    ],
)
def test_packed_answers_are_unpacked(site: Site, coding: str, packed: bytes) -> None:
    assert get(site.put("/tea", packed, headers={"Content-Encoding": coding})).body == b"Tea is hot."


def test_packed_answers_that_are_damaged_cut_off_or_unknown_are_named(site: Site) -> None:
    whole = gzip.compress(b"Tea is hot." * 99)
    assert "damaged" in failure(site.put("/a", b"no gzip", headers={"Content-Encoding": "gzip"}))
    assert "cut off" in failure(site.put("/b", whole[:-9], headers={"Content-Encoding": "gzip"}))
    assert "in the coding br" in failure(site.put("/c", b"x", headers={"Content-Encoding": "br"}))


def test_a_server_that_takes_its_time_is_given_up(site: Site) -> None:
    begun = time.monotonic()
    told = failure(site.put("/slow", b"x" * 1000, pause=0.05), seconds=0.5)
    assert "takes longer than 0.5 s" in told
    assert "QA_WEB_SECONDS" in told
    assert time.monotonic() - begun < 3


def test_an_answer_that_breaks_off_is_named(site: Site) -> None:
    url = site.put("/tea", b"Tea", headers={"Content-Length": "99", "Connection": "close"})
    assert "the server's answer breaks off" in failure(url)


def test_what_robots_txt_does_not_allow_is_not_asked_for(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /private\nAllow: /private/tea$", type="text/plain")
    secret = site.put("/private/plans", "Plans")
    leading = site.put("/in", status=302, headers={"Location": "/private/plans"})
    assert failure(secret) == f"{secret}: robots.txt does not allow programs to read it"
    assert failure(leading) == f"{leading}: leads to {secret}; robots.txt does not allow programs to read it"
    assert get(site.put("/private/tea", "Tea")).body == b"Tea"
    assert "/private/plans" not in site.paths()


def test_rules_for_this_program_go_before_those_for_all(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n\nUser-agent: Citespan\nDisallow: /x", type="text/plain")
    assert get(site.put("/tea", "Tea")).body == b"Tea"
    assert "robots.txt" in failure(site.put("/x", "X"))


def test_a_robots_txt_that_fails_closes_the_site_and_one_that_is_not_there_opens_it(site: Site) -> None:
    url = site.put("/tea", "Tea")
    assert get(url).body == b"Tea"
    site.put("/robots.txt", status=500)
    assert failure(url) == (
        f"{url}: its robots.txt cannot be read (the server answers 500), so the page is not asked for"
    )
    site.put("/robots.txt", status=403)
    assert get(url).body == b"Tea"


def test_robots_txt_is_asked_for_once(site: Site) -> None:
    with Fetcher(WebLimits(allow_private=True), named=["127.0.0.1"]) as fetcher:
        for name in "abc":
            fetcher.get(site.put(f"/{name}", name))
    assert [path for path, _ in site.asked] == ["/robots.txt", "/a", "/b", "/c"]


@pytest.mark.parametrize(
    ("status", "told"), [(403, "403 (forbidden)"), (401, "401 (it asks for a password)"), (500, "500 (an error of its")]
)
def test_a_status_that_is_no_page_is_told(site: Site, status: int, told: str) -> None:
    assert told in failure(site.put("/tea", "?", status=status))


def test_a_busy_server_is_asked_once_more_where_it_says_when(site: Site) -> None:
    url = site.put("/tea", status=503, headers={"Retry-After": "0"})
    assert "503" in failure(url)
    assert site.paths() == ["/tea", "/tea"]
    site.asked.clear()
    failure(site.put("/tea", status=429, headers={"Retry-After": "9999"}))
    assert site.paths() == ["/tea"]


def test_pictures_are_not_even_loaded(site: Site) -> None:
    assert "is image/png, which holds no text" in failure(site.put("/tea.png", b"\x89PNG", type="image/png"))


def test_a_port_without_a_server_and_a_name_without_a_host_are_told() -> None:
    assert "cannot be connected to" in failure("http://127.0.0.1:9/tea")
    assert "the name of the host is not known" in failure("http://no-such-host.invalid/")


def test_a_host_that_a_page_leads_to_is_named_once_with_its_cause(site: Site) -> None:
    url = site.put("/tea", status=302, headers={"Location": "http://10.0.0.1/secret"})
    assert failure(url).startswith(f"{url}: leads to http://10.0.0.1/secret; 10.0.0.1 is a private, loopback")


def test_what_a_server_sets_as_a_cookie_is_not_sent_back(site: Site) -> None:
    with Fetcher(WebLimits(allow_private=True), named=["127.0.0.1"]) as fetcher:
        fetcher.get(site.put("/a", "A", headers={"Set-Cookie": "who=me"}))
        fetcher.get(site.put("/b", "B"))
    assert not any("Cookie" in headers for _, headers in site.asked)
