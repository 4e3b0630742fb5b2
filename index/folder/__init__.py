"""Indexes on disk: written whole, opened mapped."""
