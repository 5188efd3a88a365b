"""Other desks as their documentation describes them: paging, keys, limits and errors. Written for these tests."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import httpx

from fengong.integrations.imports.wire.asking import Desk

Answer = Callable[[httpx.Request], httpx.Response]


class Fake:
    """A desk that counts what it is asked, and lets every third request wait."""

    def __init__(self, answer: Answer, *, limit: int = 3) -> None:
        self._answer, self._limit = answer, limit
        self.asked: list[str] = []
        self.waits: list[float] = []

    def desk(self, base: str = "https://desk.example", **headers: str) -> Desk:
        client = httpx.Client(base_url=base, headers=headers, transport=httpx.MockTransport(self._handle))
        return Desk(client, sleep=self.waits.append)

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if len(self.asked) % self._limit == 0:
            return httpx.Response(429, headers={"Retry-After": "7"}, json={"error": "slow down"})
        return self._answer(request)


def zendesk(tickets: list[dict[str, Any]], users: list[dict[str, Any]], key: str) -> Answer:
    """Cursor exports one object a page; comments two a page."""
    wanted = f"Basic {base64.b64encode(key.encode()).decode()}"

    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("Authorization") != wanted:
            return httpx.Response(401, json={"error": "Couldn't authenticate you"})
        path, query = request.url.path, request.url.params
        for key_, rows in (("users", users), ("tickets", tickets)):
            if path.endswith(f"{key_}/cursor.json"):
                place = int(query.get("cursor", 0))
                shown = [{k: v for k, v in row.items() if k != "comments"} for row in rows[place : place + 1]]
                more = {"after_cursor": str(place + 1), "end_of_stream": place + 1 >= len(rows)}
                return httpx.Response(200, json={key_: shown, **more})
        if path.endswith("organizations.json"):
            found = {
                "organizations": [{"id": 9, "name": "北风商贸", "domain_names": []}],
                "end_of_stream": True,
            }
            return httpx.Response(200, json=found)
        ticket = next(row for row in tickets if f"/{row['id']}/" in path)
        place = int(query.get("page[after]", 0))
        meta = {"has_more": place + 2 < len(ticket["comments"]), "after_cursor": str(place + 2)}
        return httpx.Response(200, json={"comments": ticket["comments"][place : place + 2], "meta": meta})

    return answer


def chatwoot(conversation: dict[str, Any]) -> Answer:
    """One conversation whose messages come newest first, two at a time, by `before`."""

    def answer(request: httpx.Request) -> httpx.Response:
        path, query = request.url.path, request.url.params
        if path.endswith("/agents"):
            return httpx.Response(
                200, json=[{"id": 9, "name": "Li Na", "email": "li_na@example.test", "role": "agent"}]
            )
        if path.endswith("/contacts"):
            return httpx.Response(200, json={"meta": {}, "payload": []})
        if path.endswith("/conversations"):
            shown = [{**conversation, "messages": []}] if query["page"] == "1" else []
            return httpx.Response(200, json={"data": {"meta": {}, "payload": shown}})
        before = int(query.get("before", 10**9))
        older = [message for message in conversation["messages"] if message["id"] < before]
        return httpx.Response(200, json={"meta": {}, "payload": older[-2:]})

    return answer
