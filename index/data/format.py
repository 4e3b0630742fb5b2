"""What tells one written index from another: the number of its layout, its manifest, its stamp."""

from __future__ import annotations

FORMAT = 2
"""The number of this layout: a change that an older citespan would misread raises it."""


MANIFEST = "manifest.json"


Stamp = tuple[int, int, int, int]
"""What tells one written index folder from another: its manifest's device, place, time and size."""
