"""Jupyter notebooks: Markdown as Markdown, code and the text of outputs between fences."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import SourceError
from corpus.formats.files import iterate_data
from corpus.marks import Mark
from tests.corpus.formats.mutations import CHANGES, harmed, layout, read, survives

FRAME = (
    "<div><style scoped>td {}</style><table><thead><tr><th></th><th>room</th><th>price</th></tr></thead>"
    "<tbody><tr><th>0</th><td>Oak</td><td>80</td></tr></tbody></table></div>"
)


def notebook(*cells: dict[str, Any], **more: Any) -> bytes:
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"language_info": {"name": "python"}}, "cells": cells}
    return json.dumps({**content, **more}, indent=1).encode()


def markdown(*lines: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": [*(line + "\n" for line in lines[:-1]), lines[-1]]}


def code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": list(outputs), "execution_count": 1}


def shown(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {name.replace("_", "/"): value for name, value in data.items()}}


@pytest.mark.parametrize("name", ["rates.ipynb", "rates.txt"])
def test_headings_are_those_of_the_markdown_and_code_is_fenced(name: str) -> None:
    stream = {"output_type": "stream", "name": "stdout", "text": ["\x1b[31mOak\x1b[0m\n", " 10%\r 99%\rdone\n"]}
    data = notebook(
        markdown("# Rates", "", "All in euros. <!-- not yet -->"),
        code("# not a heading\nprint('```')", stream),
        markdown("## Rooms", "- Oak: 80", "- Elm: 150"),
    )
    (document,), skipped = read(data, name)
    fenced = "````python\n# not a heading\nprint('```')\n````\n\n```\nOak\ndone\n```"
    assert document.title == "Rates"
    assert skipped == []
    assert [path for path, _ in layout(document)] == [(), ("Rooms",)]
    assert fenced in document.text
    assert "not yet" not in document.text
    second = document.text.index("````python")
    assert document.marks == (
        Mark(0, cell="1"), Mark(second, cell="2"), Mark(document.text.index("## Rooms"), cell="3"),
    )  # fmt: skip


def test_a_table_of_an_output_is_rows_with_their_head() -> None:
    output = shown(text_html=FRAME, text_plain="  room  price\n0  Oak     80")
    (document,), _ = read(notebook(markdown("Rates"), code("frame", output)), "rates.ipynb")
    assert document.text.endswith("|  | room | price\n--- | --- | ---\n0 | Oak | 80")


def test_pictures_and_tracebacks_are_dropped_and_errors_are_text() -> None:
    picture = shown(image_png="iVBOR", text_plain="<Figure size 640x480 with 1 Axes>")
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'oak'", "traceback": ["\x1b[0;31m---", "File x"]}
    (document,), _ = read(notebook(markdown("Tea."), code("draw()", picture, error)), "a.ipynb")
    assert document.text == "Tea.\n\n```python\ndraw()\n```\n\n```\nKeyError: 'oak'\n```"
    assert [(part.kind, part.text) for part in document.dropped] == [
        ("picture or data", "image/png"),
        ("traceback", "--- File x"),
    ]


def test_version_3_has_worksheets_and_cells_that_are_headings() -> None:
    output = {"output_type": "pyout", "text": "42"}
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Rooms"]},
        {"cell_type": "code", "input": "6 * 7", "outputs": [output]},
    ]
    data = json.dumps({"nbformat": 3, "metadata": {}, "worksheets": [{"cells": cells}]}).encode()
    (document,), _ = read(data, "a.ipynb")
    assert layout(document) == [(("Rooms",), "```\n6 * 7\n```\n\n```\n42\n```")]


def test_a_damaged_cell_is_named_and_the_rest_is_read() -> None:
    data = notebook(markdown("Tea."), {"cell_type": "markdown", "source": 7}, markdown("Hot."), title="x")
    (document,), skipped = read(data, "a.ipynb")
    assert document.text == "Tea.\n\nHot."
    assert [part.path for part in skipped] == ["a.ipynb:cell 2"]


@pytest.mark.parametrize("data", [b'{"nbformat": 4, "cells": [', b"[1]", b"{}", b'{"cells": []}', b"[" * 100_000])
def test_a_file_that_is_no_notebook_is_named(data: bytes) -> None:
    with pytest.raises(SourceError, match=r"a\.ipynb: is"):
        list(iterate_data(data, "a.ipynb", lambda _: None))


@settings(deadline=None, max_examples=150)
@given(CHANGES, st.recursive(st.none() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(
    st.sampled_from(["source", "outputs", "cell_type", "data", "text", "text/html"]), x)))  # fmt: skip
def test_a_harmed_notebook_is_read_or_named(changes: tuple[list[tuple[int, int]], int, bool], odd: object) -> None:
    output = shown(text_html=FRAME, image_png="x")
    harmless = notebook(markdown("# Tea", "Hot."), code("1", output), title="Tea")
    assert survives(harmed(harmless, changes), "a.ipynb")
    content = {"nbformat": 4, "cells": [odd, {"cell_type": "code", "source": odd, "outputs": odd}], "metadata": odd}
    assert survives(json.dumps(content).encode(), "a.ipynb")
