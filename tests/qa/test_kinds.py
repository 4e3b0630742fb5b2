"""Everyday documents, asked: codes that are not there, bare prices, values of now, the words of the documents."""

from pathlib import Path

import pytest

import qa

NOTES = """# Notes of the loom driver

## 2.0.4 (3 June 2025)
- Fixed: threads crossed after a stop (#204)

## 2.0.0 (9 March 2025)
- The tension is 12 newtons instead of 7
"""
SHOP = """Weaver's shop

Yarns
- Lambswool, 50 g: 4.20
- Linen, 100 g: 6.75

The lessor of the shop is Vera Lund, the lessee Piet Maas.
The shop closes in the first week of August.
All prices are in euros.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> qa.Engine:
    folder: Path = tmp_path_factory.mktemp("loom")
    (folder / "notes.md").write_text(NOTES, encoding="utf-8")
    (folder / "shop.txt").write_text(SHOP, encoding="utf-8")
    return qa.build([str(folder)])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("When was 2.0.4 released?", "3 June 2025"),
        ("When was 2.4.0 released?", None),
        ("How much is the lambswool?", "4.20"),
        ("What is the tension now?", "12 newtons"),
        ("Who is the landlord?", "Vera Lund"),
        ("When does the shop close?", "the first week of August"),
    ],
)
def test_everyday_questions(engine: qa.Engine, question: str, answer: str | None) -> None:
    found = engine.ask(question)
    assert found.text == answer
    if found.citation is not None:
        document = engine.document(found.citation.document)
        assert document.text[found.citation.start : found.citation.end] == answer
