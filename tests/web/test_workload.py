"""The page of the work ahead."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.kernel.clock import now
from tests.world import World


def test_a_larger_backlog_takes_no_more_statements(world: World, reader):
    client, counts = reader(world.wang_fang), []
    client.get("/division/workload")
    for more in (2, 12):
        for _ in range(more):
            world.ticket(topic="api", difficulty=2)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/division/workload").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 25


def test_the_page_tells_work_in_hours_and_the_next_step_of_an_empty_desk(world: World, reader):
    page = reader(world.wang_fang).get("/division/workload")
    assert "no pace known yet" in page.text
    for _ in range(3):
        world.ticket(topic="api", difficulty=3, at=now())
    page = reader(world.wang_fang).get("/division/workload").text
    assert "3 h" in page
    assert world.customer.organization.name in page


def test_whoever_may_not_see_the_board_sees_no_work_ahead(world: World, reader):
    assert reader(world.qian_wei).get("/division/workload").status_code == 403
