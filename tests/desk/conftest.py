"""A reader's browser, for what the desk shows."""

from tests.web.conftest import reader

__all__ = ["reader"]
