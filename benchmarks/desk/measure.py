"""Server time of what people do all day: the whole request inside the process, from the address to the last byte.

Measured with the product's own middleware, sign-in and templates; what a network adds is not in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.desk.frame import AGENT, VIEWS
from benchmarks.desk.words import COMMON, MEDIUM, RARE
from fengong.desk.models import Ticket, View
from fengong.people.models import Account

HTMX = {"HX-Request": "true", "Host": "localhost"}
WHOLE = {"Host": "localhost"}
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@dataclass(frozen=True)
class Deed:
    """Something somebody does, given which turn it is."""

    name: str
    group: str
    act: Callable[[int], Any]


class Desk:
    """A member at their desk."""

    def __init__(self) -> None:
        self.client = Client(raise_request_exception=True)
        self.client.force_login(Account.objects.get(email=AGENT))
        self.total: int = Ticket.objects.order_by("-pk").values_list("pk", flat=True)[0]
        self.first_view = View.objects.order_by("pk").values_list("pk", flat=True)[0]
        self.live = list(Ticket.objects.filter(status="open").values_list("pk", flat=True)[:500])

    def deeds(self) -> Iterator[Deed]:
        """All of them."""
        for tab in ("mine", "team", "unassigned", "all"):
            yield self._list(f"tab {tab}", f"view={tab}")
        for place, (name, query) in enumerate(VIEWS):
            yield self._list(f"view {name} ({query})", f"view=v{self.first_view + place}")
        for query in (
            "status:open,pending priority>=high",
            "topic:topic-3 opened<30d",
            "owner:me -tag:vip",
            "org:北风商贸 OR priority:urgent",
        ):
            yield self._list(f"filter {query}", f"view=all&q={quote(query)}")
        yield Deed("list, whole page", "list", lambda turn: self._get("/tickets?view=all", htmx=False))
        yield Deed("ticket page", "ticket", lambda turn: self._get(self._some(turn), htmx=False))
        yield Deed("ticket beside the list", "ticket", lambda turn: self._get(self._beside(turn)))
        for how, word in (("common", COMMON), ("medium", MEDIUM), ("rare", RARE)):
            for text in (word.zh, word.en):
                yield self._search(f"search {how} {text}", text)
        yield self._search("search two words", f"{COMMON.zh} {MEDIUM.zh}")
        yield self._list(f"search in mine {COMMON.zh}", f"view=mine&q={quote(COMMON.zh)}")
        yield self._list(
            f"search beside a filter {COMMON.en}", f"view=all&q={quote(f'topic:topic-3 {COMMON.en}')}"
        )
        yield Deed("palette", "search", lambda turn: self._get(f"/search?q={quote(COMMON.zh)}"))
        yield Deed("reply", "reply", self._reply)

    def _list(self, name: str, address: str) -> Deed:
        return Deed(name, "list", lambda turn: self._get(f"/tickets?{address}"))

    def _search(self, name: str, text: str) -> Deed:
        return Deed(name, "search", lambda turn: self._get(f"/tickets?view=all&q={quote(text)}"))

    def _some(self, turn: int) -> str:
        return f"/tickets?view=mine&ticket={turn * 7919 % self.total + 1}"

    def _beside(self, turn: int) -> str:
        return f"/tickets/{turn * 104729 % self.total + 1}?view=all"

    def _reply(self, turn: int) -> Any:
        path = f"/tickets/{self.live[turn % len(self.live)]}/replies"
        return self._checked(
            self.client.post(path, {"body": f"已经处理好了，请再试一次。{turn}"}, headers=HTMX)
        )

    def _get(self, path: str, *, htmx: bool = True) -> Any:
        return self._checked(self.client.get(path, headers=HTMX if htmx else WHOLE))

    def _checked(self, response: Any) -> Any:
        if response.status_code != 200:
            raise RuntimeError(f"{response.status_code}: {response.content[:300]!r}")
        return response


def measure(*, times: int, turn: int = 0) -> dict[str, Any]:
    """Milliseconds of each deed, `times` over, after as many to warm up; and the statements it takes."""
    desk, turns = Desk(), count(turn * 1000)
    deeds = list(desk.deeds())
    found: dict[str, Any] = {
        deed.name: {"group": deed.group, "ms": [], "cpu": [], "statements": _statements(deed, next(turns))}
        for deed in deeds
    }
    for deed in deeds:
        for _ in range(3):
            deed.act(next(turns))
    for _ in range(times):
        for deed in deeds:
            number = next(turns)
            begun, cpu = time.perf_counter(), time.process_time()
            deed.act(number)
            found[deed.name]["ms"].append(1000 * (time.perf_counter() - begun))
            found[deed.name]["cpu"].append(1000 * (time.process_time() - cpu))
    return found


def _statements(deed: Deed, turn: int) -> int:
    with CaptureQueriesContext(connection) as captured:
        deed.act(turn)
    return sum(not query["sql"].startswith(FRAME) for query in captured.captured_queries)
