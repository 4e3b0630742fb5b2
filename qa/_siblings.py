"""Checks that ``corpus`` and ``index`` are ours, not modules of the same name in a user's folder."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SIBLINGS = ("corpus", "index")


def check_siblings() -> None:
    """Raises ImportError, with the path found and what to do, where another module shadows a sibling."""
    home = Path(__file__).resolve().parent.parent
    for name in SIBLINGS:
        spec = importlib.util.find_spec(name)
        found = spec.origin or next(iter(spec.submodule_search_locations or []), None) if spec else None
        expected = home / name
        if found is None or Path(found).resolve() not in (expected, expected / "__init__.py"):
            raise ImportError(
                f"citespan needs its own package '{name}' at {expected}, but Python finds "
                f"{found or 'nothing'} under that name; rename that file or folder, run from another "
                f"folder, or take its folder out of sys.path"
            )
