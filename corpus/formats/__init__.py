"""Format readers: one file each, one list of them."""

from corpus.formats.base import Format
from corpus.formats.files import FORMATS, read_file, readable_suffixes

__all__ = ["FORMATS", "Format", "read_file", "readable_suffixes"]
