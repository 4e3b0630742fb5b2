"""Brings an index folder up to date with its source files."""
