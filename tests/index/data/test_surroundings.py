from corpus.documents import Document
from corpus.formats import markdown
from index.building.build import build_index

TEXT = """# Notes

Lead.

## 2.4.0 (2024-05-02)

### Added

- A lamp.

### Removed

- A door.

## `2.3.0`

Nothing.
"""


def document() -> Document:
    (made,) = markdown.read(TEXT.encode(), "notes.md", lambda _: None)
    return made


def test_each_heading_of_a_passage_is_found_where_it_stands() -> None:
    index = build_index([document()])
    for passage in index.passages():
        names = (passage.title, *passage.section)
        found = index.surroundings(passage).headings
        assert len(found) == len(names)
        for name, place in zip(names, found, strict=True):
            assert place is not None
            assert TEXT.startswith(name, place)
    removed = next(p for p in index.passages() if p.section[-1:] == ("Removed",))
    assert index.surroundings(removed).headings[1] == TEXT.index("2.4.0")


def test_a_heading_that_reads_otherwise_in_the_text_has_no_place() -> None:
    text = "# N\n\nLead.\n\n## Two *kinds* of tea\n\nGreen and black."
    (made,) = markdown.read(text.encode(), "n.md", lambda _: None)
    index = build_index([made])
    assert [index.surroundings(passage).headings for passage in index.passages()] == [(2,), (2, None)]


def test_what_comes_before_a_passage_inside_a_list_is_told() -> None:
    text = "Prices\n\n" + "\n".join(f"- Item {n}: {n} euros and some more words to fill the line" for n in range(40))
    (made,) = markdown.read(text.encode(), "p.md", lambda _: None)
    index = build_index([made])
    first, second = list(index.passages())[:2]
    assert index.surroundings(first).before == ""
    assert index.surroundings(second).before == text[: second.start]
