"""citespan: ask your own documents, get verbatim cited spans or honest refusals.

>>> import qa
>>> answer = qa.default().ask("When were visas abolished?")
>>> answer.text, answer.citation.section
('2009', ('Travel regime',))
"""

from qa._siblings import check_siblings

check_siblings()

from corpus.errors import (  # noqa: E402
    CitespanError,
    DataError,
    IndexFolderError,
    ModelError,
    SettingError,
    SourceError,
    SpanError,
)
from qa.answers import Alternative, Answer, Citation  # noqa: E402
from qa.engine import Engine, Hit, build, build_documents, default, open  # noqa: E402

__version__ = "0.1.0"

__all__ = [
    "Alternative",
    "Answer",
    "Citation",
    "CitespanError",
    "DataError",
    "Engine",
    "Hit",
    "IndexFolderError",
    "ModelError",
    "SettingError",
    "SourceError",
    "SpanError",
    "__version__",
    "build",
    "build_documents",
    "default",
    "open",
]
