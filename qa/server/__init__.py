"""The HTTP service."""

from qa.server.app import create_app

__all__ = ["create_app"]
