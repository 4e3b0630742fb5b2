"""How long work tells how far it has come."""

from collections.abc import Callable

Progress = Callable[[int, int | None], None]
"""Told how many are done, and how many there are in all, or None where nobody knows."""
