"""The routes that read documents: lists, whole documents, and citations that are checked anew."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.documents import Document, Section
from qa.engine import Engine
from qa.opening import build_documents
from qa.server import create_app

ODD = ["notes/tea & cake?#1", "../../etc/passwd", "a//b", "x/citation", "Ünïcode 🍵", "x"]
TEXT = (
    "= Tea 🍵 =\n\nTea was first drunk in China. It came to Europe in 1610.\n\n== Names ==\n\nIn Russia it is chai.\n"
)
NAMES = TEXT.index("In Russia")
SECTIONS = (Section((), TEXT.index("Tea was"), TEXT.index("\n\n==")), Section(("Names",), NAMES, len(TEXT)))


@pytest.fixture(scope="module")
def odd() -> Engine:
    return build_documents([Document(name, "Tea", TEXT, SECTIONS, "tea.txt") for name in ODD], reader="lexical")


@pytest.fixture(scope="module")
def client(odd: Engine) -> Iterator[TestClient]:
    with TestClient(create_app(odd)) as client:
        yield client


def test_the_list_is_read_page_by_page_in_the_order_of_reading(client: TestClient) -> None:
    found: list[str] = []
    offset: int | None = 0
    while offset is not None:
        page = client.get("/documents", params={"offset": offset, "limit": 3}).json()
        assert page["total"] == len(ODD)
        found += [document["id"] for document in page["documents"]]
        offset = page["next"]
    assert found == ODD
    beyond = client.get("/documents", params={"offset": 99}).json()
    assert (beyond["documents"], beyond["next"]) == ([], None)


@pytest.mark.parametrize("name", ODD)
def test_a_document_of_any_id_is_read_whole(client: TestClient, name: str) -> None:
    response = client.get(f"/documents/{quote(name, safe='')}")
    assert response.status_code == 200
    document = response.json()
    assert (document["id"], document["text"], document["length"]) == (name, TEXT, len(TEXT))
    assert document["sections"] == [section.to_dict() for section in SECTIONS]
    start = TEXT.index("1610")
    params = {"start": start, "end": start + 4}
    place = client.get(f"/documents/{quote(name, safe='')}/citation", params=params).json()
    assert place["text"] == "1610"
    assert place["citation"]["document"] == name


@pytest.mark.parametrize("path", ["nope", "..%2f..%2fetc%2fhosts", "%00", "/etc/passwd", "", "~root", "C:%5cwindows"])
def test_no_other_document_is_there_least_of_all_a_file(client: TestClient, path: str) -> None:
    response = client.get(f"/documents/{path}")
    assert (response.status_code, response.json()["code"]) == (404, "unknown_document")


def test_the_citation_of_an_answer_is_found_again(client: TestClient) -> None:
    answer = client.post("/ask", json={"question": "When did tea come to Europe?", "documents": ["x"]}).json()
    cited = answer["citation"]
    params = {"start": cited["start"], "end": cited["end"], "sha256": cited["sha256"]}
    again = client.get(f"/documents/{cited['document']}/citation", params=params).json()
    assert again == {"text": answer["text"], "verified": True, "citation": cited}


def test_a_document_that_has_changed_is_a_409(client: TestClient) -> None:
    response = client.get("/documents/x/citation", params={"start": 0, "end": 1, "sha256": "0" * 64})
    assert (response.status_code, response.json()["code"]) == (409, "changed")


@pytest.mark.parametrize(("start", "end"), [(5, 5), (6, 5), (0, 9999), (9999, 10000)])
def test_a_place_that_is_not_there_is_a_404_that_says_how_long_the_document_is(
    client: TestClient, start: int, end: int
) -> None:
    response = client.get("/documents/x/citation", params={"start": start, "end": end})
    assert (response.status_code, response.json()["code"]) == (404, "no_such_place")
    assert f"{len(TEXT)} code points" in response.json()["detail"]


@given(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted).filter(lambda ends: ends[0] < ends[1])
)
@settings(max_examples=60, deadline=None)
def test_any_place_is_cited_verbatim_with_a_quote_that_holds_it(client: TestClient, place: list[int]) -> None:
    start, end = place
    found = client.get("/documents/x/citation", params={"start": start, "end": end}).json()
    cited = found["citation"]
    assert found["text"] == TEXT[start:end]
    assert cited["quote"] == TEXT[cited["quote_start"] : cited["quote_end"]]
    assert cited["quote_start"] <= start < end <= cited["quote_end"]
    if start >= NAMES:
        assert cited["section"] == ["Names"]
