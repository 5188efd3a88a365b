"""A hundred tickets in one call of the API, over and over, inside the process."""

from __future__ import annotations

import json
import time
from typing import Any

from django.test import Client

from benchmarks.desk.frame import LEAD
from benchmarks.desk.words import Writer
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.actions.tokens import issue_token
from fengong.people.models import Account

A_CALL = 100


def intake(*, calls: int) -> dict[str, Any]:
    """Tickets a second; every ticket is new, its customer is known."""
    account = Account.objects.get(email=LEAD)
    _token, secret = issue_token(actor=SYSTEM, account=account, name="benchmark", at=now())
    client, writer = Client(HTTP_HOST="localhost", HTTP_AUTHORIZATION=f"Bearer {secret}"), Writer(5)
    bodies = [json.dumps({"tickets": [_ticket(writer, n) for n in range(A_CALL)]}) for _ in range(calls)]
    _send(client, bodies[0])
    begun = time.perf_counter()
    for body in bodies:
        _send(client, body)
    return {"per_second": A_CALL * calls / (time.perf_counter() - begun)}


def _ticket(writer: Writer, number: int) -> dict[str, Any]:
    chinese = number % 10 < 7
    customer = writer.dice.randint(1, 400)
    return {"subject": writer.subject(chinese), "body": writer.message(chinese), "customer_id": customer}


def _send(client: Client, body: str) -> None:
    response = client.post("/api/v1/ticket-batches", body, content_type="application/json")
    refused = [item for item in response.json().get("items", [{}]) if item.get("status") != 201]
    if response.status_code != 200 or refused:
        raise RuntimeError(f"{response.status_code}: {response.content[:300]!r}")
