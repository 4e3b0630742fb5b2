"""The readers: what a reader is, and how one is opened by its name."""

from qa.readers.base import Reader, Reading, Span
from qa.readers.opening import DEFAULT_READER, READERS, THREADS, check_reader, load_reader

__all__ = ["DEFAULT_READER", "READERS", "THREADS", "Reader", "Reading", "Span", "check_reader", "load_reader"]
