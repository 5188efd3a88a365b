"""A program that speaks to the API by its access token."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from fengong.kernel.actor import SYSTEM
from fengong.people.actions.tokens import issue_token
from tests.world import NOW, World

ROOT = "/api/v1"


class Program:
    """Sends JSON as one account; `None` as account sends no token."""

    def __init__(self, account: Any, **headers: str) -> None:
        self.headers = headers
        self.client = Client(raise_request_exception=False)
        if account:
            issued = issue_token(actor=SYSTEM, account=account, name="test", at=NOW)
            self.token = issued.token
            self.headers["Authorization"] = f"Bearer {issued.secret}"

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """One request; header names are given with underscores."""
        named = {name.replace("_", "-"): value for name, value in {**self.headers, **headers}.items()}
        given = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, ROOT + path, headers=named, **given)

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("PUT", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.send("DELETE", path, **headers)


def as_member(world: World, name: str, **headers: str) -> Program:
    """A program with a token of this member's account."""
    return Program(world.members[name].account, **headers)


def is_problem(response: Any, status: int, code: str = "", field: str | None = None) -> bool:
    """Whether the answer is a whole problem with this status, code and field."""
    if response.headers["Content-Type"] != "application/problem+json":
        return False
    said = response.json()
    whole = {"type", "title", "status", "code", "detail"} <= said.keys() and said["detail"]
    return bool(
        whole
        and response.status_code == said["status"] == status
        and (not code or said["code"] == code)
        and (field is None or said.get("field") == field)
    )
