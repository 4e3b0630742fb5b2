"""Charts on slides and in documents: what they show, as a table."""

import io
import zipfile

from corpus.formats.charts import read_chart
from tests.corpus.formats.mutations import read
from tests.corpus.formats.test_pptx import pointer, pptx, relations, shape

C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"


def points(*values: str) -> str:
    return "".join(f"<c:pt idx='{number}'><c:v>{value}</c:v></c:pt>" for number, value in enumerate(values))


def series(name: str, *values: str) -> str:
    names = f"<c:cat><c:strRef><c:strCache>{points('Adult', 'Child')}</c:strCache></c:strRef></c:cat>"
    told = f"<c:tx><c:strRef><c:strCache>{points(name)}</c:strCache></c:strRef></c:tx>"
    return f"<c:ser>{told}{names}<c:val><c:numRef><c:numCache>{points(*values)}</c:numCache></c:numRef></c:val></c:ser>"


def chart(*inner: str) -> bytes:
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>Fees</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    plot = f"<c:plotArea><c:barChart>{''.join(inner)}</c:barChart></c:plotArea>"
    return f"<c:chartSpace xmlns:c='{C}' xmlns:a='{A}'><c:chart>{title}{plot}</c:chart></c:chartSpace>".encode()


def test_a_chart_is_a_row_for_each_category_and_a_column_for_each_series() -> None:
    from lxml import etree

    root = etree.fromstring(chart(series("2024", "9", "4.5"), series("2025", "10.100000000000001", "5")))
    assert read_chart(root) == ("Fees", [["", "2024", "2025"], ["Adult", "9", "10.1"], ["Child", "4.5", "5"]])


def test_a_chart_on_a_slide_is_read_and_a_hidden_shape_is_not() -> None:
    frame = f"<p:graphicFrame><a:graphic><a:graphicData><c:chart xmlns:c='{C}' r:id='c'/></a:graphicData></a:graphic>"
    hidden = shape("obj", "Secret").replace("<p:cNvPr", "<p:cNvPr hidden='1'", 1)
    file = io.BytesIO(pptx(shape("title", "Rates") + frame + "</p:graphicFrame>" + hidden))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("ppt/slides/_rels/slide1.xml.rels", relations(pointer("c", "chart", "../charts/chart1.xml")))
        archive.writestr("ppt/charts/chart1.xml", chart(series("2024", "9", "4")))
    ((document,), _) = read(file.getvalue(), "a.pptx")
    assert document.text == "Rates\n\nFees\n\n|  | 2024\n--- | ---\nAdult | 9\nChild | 4"
    assert [(part.kind, part.text) for part in document.dropped] == [("hidden", "Secret")]
