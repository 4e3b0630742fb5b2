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
    ClusterError,
    DataError,
    IndexFolderError,
    ModelError,
    SettingError,
    SourceError,
    SpanError,
)
from index.changes import Changes  # noqa: E402
from qa.answers import Alternative, Answer, Citation  # noqa: E402
from qa.engine import Engine, Hit, build, build_documents, default, open  # noqa: E402
from qa.updating import remove, update  # noqa: E402

__version__ = "0.1.0"

__all__ = [
    "Alternative",
    "Answer",
    "Changes",
    "Citation",
    "CitespanError",
    "ClusterError",
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
    "remove",
    "update",
]
