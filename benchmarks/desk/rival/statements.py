"""SQL statements of each of its pages."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def statements(*, pages: dict[str, Any], cookie: str) -> dict[str, int]:
    """How many each takes; a page is a list of addresses that are fetched for it, or a form that is sent."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies["sessionid"] = cookie
    counted = {}
    for name, page in pages.items():
        with CaptureQueriesContext(connection) as captured:
            if isinstance(page, dict):
                client.post(page["path"], page["form"])
            else:
                for path in page:
                    client.get(path)
        counted[name] = len(captured)
    return counted
