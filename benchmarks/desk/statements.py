"""SQL statements of each of our pages in the contest."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.desk.keys import keys
from benchmarks.desk.measure import FRAME
from benchmarks.desk.pages import Ours


def statements(*, tickets: int) -> dict[str, Any]:
    """How many each takes, apart from those that only begin and end transactions."""
    known = keys()
    desk, client = Ours(known, tickets), Client(HTTP_HOST="127.0.0.1")
    counted = {}
    for name, page in desk.pages().items():
        for turn in (1, 2):  # the first one warms up
            with CaptureQueriesContext(connection) as captured:
                for request in page(turn):
                    _ask(client, request)
            counted[name] = sum(not query["sql"].startswith(FRAME) for query in captured.captured_queries)
    return counted


def _ask(client: Client, request: Any) -> None:
    if request.body is None:
        client.get(request.path, headers=request.headers)
    else:
        sent = {name: value for name, value in request.headers.items() if name != "Content-Type"}
        client.post(request.path, json.loads(request.body), content_type="application/json", headers=sent)
