"""The HTTP service."""

from qa.server.app import create_app
from qa.server.service import Service
from qa.server.settings import Settings

__all__ = ["Service", "Settings", "create_app"]
