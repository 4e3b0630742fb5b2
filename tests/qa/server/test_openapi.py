"""The whole surface against its own description: what schemathesis generates from the OpenAPI document."""

import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis import settings as bounds

from corpus.documents import Document, Section
from qa.engine import Engine
from qa.opening import build_documents
from qa.server import create_app

TEXT = "= Tea =\n\nTea was first drunk in China. It came to Europe in 1610.\n\n== Names ==\n\nIn Russia it is chai.\n"


def engine() -> Engine:
    sections = (Section((), 9, 66), Section(("Names",), 80, len(TEXT)))
    return build_documents([Document("drinks/tea", "Tea", TEXT, sections, "tea.txt")], reader="lexical")


surface = schemathesis.openapi.from_asgi("/openapi.json", create_app(engine()))


@surface.parametrize()
@bounds(
    max_examples=8,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_does_what_the_openapi_document_says(case: schemathesis.Case) -> None:
    case.call_and_validate()
