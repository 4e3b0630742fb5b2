"""Every error that citespan raises on purpose, as one tree.

    CitespanError
    ├── SettingError        (ValueError)   an argument or option has a value that cannot be used
    ├── SourceError         (OSError)      a file or folder cannot be read, or holds nothing to read
    │   └── EmptySourceError               a file can be read and holds no text
    ├── DataError           (ValueError)   a question, batch, evaluation or calibration file does not fit
    ├── IndexFolderError    (OSError)      an index folder is missing, damaged or of another format
    ├── ModelError          (OSError)      the files of a reader are missing or damaged
    ├── ClusterError        (RuntimeError) a cluster cannot be reached, or its workers cannot do the work
    └── SpanError           (ValueError)   a span is not verbatim in its document (a bug, never bad input)

A message names the thing (file, field, line), the value seen, what was expected and the next step.
"""


class CitespanError(Exception):
    """The base of every error that citespan raises on purpose."""


class SettingError(CitespanError, ValueError):
    """An argument or option has a value that cannot be used."""


class SourceError(CitespanError, OSError):
    """A file or folder cannot be read, or holds nothing to read."""


class EmptySourceError(SourceError):
    """A file can be read and holds no text."""


class DataError(CitespanError, ValueError):
    """A question, batch, evaluation or calibration file is not in its format, or does not fit what it is used for."""


class IndexFolderError(CitespanError, OSError):
    """An index folder is missing, damaged or of another format."""


class ModelError(CitespanError, OSError):
    """The files of a reader are missing or damaged."""


class ClusterError(CitespanError, RuntimeError):
    """A cluster cannot be reached, or its workers cannot do the work."""


class SpanError(CitespanError, ValueError):
    """A span is not verbatim in its document: a bug in a reader or a format, never bad input."""
