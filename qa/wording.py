"""What the command line, the service and the MCP server say alike."""

from __future__ import annotations


def counted(count: int, noun: str) -> str:
    """A number of things in words, such as "2 questions"."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
