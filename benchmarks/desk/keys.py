"""What the load client needs of our desk: a key for programs, a session for a browser."""

from __future__ import annotations

from typing import Any

from django.test import Client

from benchmarks.desk.frame import AGENT, LEAD
from fengong.kernel.actor import SYSTEM
from fengong.kernel.clock import now
from fengong.people.actions.tokens import issue_token
from fengong.people.models import Account


def keys() -> dict[str, Any]:
    """The secret of a token, and the key of a session."""
    issued = issue_token(actor=SYSTEM, account=Account.objects.get(email=LEAD), name="load", at=now())
    client = Client()
    client.force_login(Account.objects.get(email=AGENT))
    return {"secret": issued.secret, "session": client.cookies["sessionid"].value}
