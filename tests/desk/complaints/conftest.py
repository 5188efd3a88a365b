"""What the complaints about pages need of the tests of pages."""

from tests.web.conftest import reader

__all__ = ["reader"]
