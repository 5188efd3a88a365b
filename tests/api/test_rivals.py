"""Programs that send the same thing at the same moment: it is written down once, and each learns where."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from fengong.desk.models import Message, Ticket
from tests.api.program import Program, as_member
from tests.world import World, build_world

TOGETHER = 4
DRAFT = {"subject": "忘记密码", "body": "请帮我看看。", "customer": {"email": "wang@beifeng.example"}}


@pytest.fixture
def rivals(transactional_db: None) -> tuple[World, list[Program]]:
    world = build_world()
    return world, [as_member(world, "li_na") for _ in range(TOGETHER)]


def _at_once(programs: list[Program], send: Callable[[Program], Any]) -> list[Any]:
    start = Barrier(len(programs))

    def run(program: Program) -> Any:
        try:
            start.wait(timeout=10)
            return send(program)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(programs)) as pool:
        return list(pool.map(run, programs))


def test_one_matter_sent_at_once_is_one_ticket(rivals: tuple[World, list[Program]]):
    for number in range(3):
        key = f"key-{number}"
        answers = _at_once(
            rivals[1], lambda program, key=key: program.post("/tickets", DRAFT, Idempotency_Key=key)
        )
        assert sorted(answer.status_code for answer in answers) == [200] * (TOGETHER - 1) + [201]
        assert len({answer.json()["id"] for answer in answers}) == 1
    assert Ticket.objects.count() == Message.objects.count() == 3


def test_batches_that_overlap_write_each_matter_once(rivals: tuple[World, list[Program]]):
    drafts = [{**DRAFT, "external_id": f"x{number}"} for number in range(5)]
    answers = _at_once(rivals[1], lambda program: program.post("/ticket-batches", {"tickets": drafts}))
    fates = [[item["status"] for item in answer.json()["items"]] for answer in answers]
    assert sorted(map(sum, fates)) == [1000] * (TOGETHER - 1) + [1005]
    assert Ticket.objects.count() == 5


def test_of_replies_from_one_version_one_is_sent(rivals: tuple[World, list[Program]]):
    world, programs = rivals
    path = f"/tickets/{world.ticket().pk}/replies"
    answers = _at_once(programs, lambda program: program.post(path, {"body": "好了"}, If_Match='"1"'))
    assert sorted(answer.status_code for answer in answers) == [201] + [412] * (TOGETHER - 1)
    assert Message.objects.filter(member__isnull=False).count() == 1
