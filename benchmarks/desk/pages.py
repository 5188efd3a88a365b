"""The same things on both desks: writing a ticket down, the list, one ticket, a search."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any
from urllib.parse import quote

from benchmarks.desk.clients import Page, Request
from benchmarks.desk.words import COMMON, MEDIUM, Writer

TOKEN = "a" * 32
WORDS = (COMMON.en, MEDIUM.zh, COMMON.zh, MEDIUM.en)


class Ours:
    """Fengong: the API writes, the pages are those a member sees."""

    def __init__(self, keys: dict[str, str], tickets: int) -> None:
        self.tickets, self.writer = tickets, Writer(9)
        self.cookies = {"Cookie": f"sessionid={keys['session']}"}
        self.program = {"Authorization": f"Bearer {keys['secret']}", "Content-Type": "application/json"}

    def pages(self) -> dict[str, Page]:
        """By name, given which turn it is."""
        return {
            "creation": lambda turn: [Request("/api/v1/tickets", self._draft(), self.program)],
            "list": lambda turn: [self._get("/tickets?view=all")],
            "ticket": lambda turn: [self._get(f"/tickets?view=all&ticket={turn * 7919 % self.tickets + 1}")],
            "search": lambda turn: [self._get(f"/tickets?view=all&q={quote(WORDS[turn % len(WORDS)])}")],
        }

    def batch(self, turn: int) -> list[Request]:
        """A hundred tickets in one call."""
        drafts = [json.loads(self._draft()) for _ in range(100)]
        return [Request("/api/v1/ticket-batches", json.dumps({"tickets": drafts}).encode(), self.program)]

    def _draft(self) -> bytes:
        draft = {"subject": self.writer.subject(True), "body": self.writer.message(True)}
        return json.dumps({**draft, "customer_id": self.writer.dice.randint(1, 400)}).encode()

    def _get(self, path: str) -> Request:
        return Request(path, headers=self.cookies)


class Theirs:
    """django-helpdesk: its API writes; its list and its search are a page and the rows that the page then fetches."""

    def __init__(self, known: dict[str, Any], tickets: int) -> None:
        self.tickets, self.writer, self.queue = tickets, Writer(9), known["queue"]
        self.cookies = {"Cookie": f"sessionid={known['cookie']}; csrftoken={TOKEN}"}
        self.program = {**self.cookies, "X-CSRFToken": TOKEN, "Content-Type": "application/json"}

    def pages(self) -> dict[str, Page]:
        """By name, given which turn it is."""
        return {
            "creation": lambda turn: [Request("/api/tickets/", self._draft(), self.program)],
            "list": lambda turn: [self._get(path) for path in self._list("")],
            "ticket": lambda turn: [self._get(f"/tickets/{turn * 7919 % self.tickets + 1}/")],
            "search": lambda turn: [self._get(path) for path in self._list(WORDS[turn % len(WORDS)])],
        }

    def addresses(self) -> dict[str, Any]:
        """One of each, for counting statements."""
        return {
            "creation": {"path": "/api/tickets/", "form": json.loads(self._draft())},
            "list": self._list(""),
            "ticket": [f"/tickets/{self.tickets // 2}/"],
            "search": self._list(WORDS[0]),
        }

    def _list(self, text: str) -> list[str]:
        asked = {
            "filtering": {} if text else {"status__in": [1, 2]},
            "filtering_null": {},
            "sorting": "created",
            "sortreverse": False,
            "search_string": text,
        }
        rows = b64encode(json.dumps(asked).encode()).decode()
        return [f"/tickets/?q={quote(text)}" if text else "/tickets/", f"/datatables_ticket_list/{rows}"]

    def _draft(self) -> bytes:
        draft = {
            "title": self.writer.subject(True),
            "description": self.writer.message(True),
            "queue": self.queue,
        }
        more = {"submitter_email": "c1@customer.example", "status": 1, "priority": 3, "assigned_to": 1}
        return json.dumps({**draft, **more}).encode()

    def _get(self, path: str) -> Request:
        return Request(path, headers=self.cookies)
