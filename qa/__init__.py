"""citespan: ask your own documents, get verbatim cited spans or honest refusals.

>>> import qa
>>> answer = qa.default().ask("When were visas abolished?")
>>> answer.text, answer.citation.section
('2009', ('Travel regime',))

Each name is imported when it is first used: a command line that is stopped while it starts can say so.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from qa._siblings import check_siblings
from qa.version import __version__

check_siblings()

if TYPE_CHECKING:
    from corpus.errors import (
        CitespanError,
        ClusterError,
        DataError,
        IndexFolderError,
        ModelError,
        SettingError,
        SourceError,
        SpanError,
    )
    from corpus.web.limits import WebLimits
    from index.updating.changes import Changes
    from qa.answers import Alternative, Answer, Citation
    from qa.calibration import Calibration
    from qa.candidates import Hit
    from qa.engine import Engine
    from qa.opening import build, build_documents, default, open
    from qa.updating import remove, update

__all__ = [
    "Alternative",
    "Answer",
    "Calibration",
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
    "WebLimits",
    "__version__",
    "build",
    "build_documents",
    "default",
    "open",
    "remove",
    "update",
]

_MODULES = {
    "corpus.web.limits": ("WebLimits",),
    "index.updating.changes": ("Changes",),
    "qa.answers": ("Alternative", "Answer", "Citation"),
    "qa.calibration": ("Calibration",),
    "qa.candidates": ("Hit",),
    "qa.engine": ("Engine",),
    "qa.opening": ("build", "build_documents", "default", "open"),
    "qa.updating": ("remove", "update"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    module = next((module for module, names in _MODULES.items() if name in names), "corpus.errors")
    value = globals()[name] = getattr(import_module(module), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
