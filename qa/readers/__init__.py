"""The readers: what a reader is, and how one is opened by its name."""

from qa.readers.base import Reader
from qa.readers.opening import DEFAULT_READER, READERS, THREADS, check_reader, load_reader
from qa.readers.readings import Reading, Span

__all__ = ["DEFAULT_READER", "READERS", "THREADS", "Reader", "Reading", "Span", "check_reader", "load_reader"]
