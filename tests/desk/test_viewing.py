"""Who looks at a ticket and who writes on it."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from fengong.desk.actions.viewing import forget_viewers, look_at, look_away
from fengong.desk.models import Viewer
from fengong.desk.reading.viewers import stirred_since, viewers, viewers_of
from fengong.kernel.actor import SYSTEM
from tests.world import World


def look(world: World, ticket, member, seconds: float = 0, typing: str = "") -> bool:
    at = world.now + timedelta(seconds=seconds)
    return look_at(actor=member, ticket=ticket, member=member, typing=typing, at=at)


def told(world: World, ticket, but, seconds: float = 0) -> list[tuple[str, str]]:
    at = world.now + timedelta(seconds=seconds)
    return [(row.member.display_name, row.typing) for row in viewers(ticket, but=but, at=at)]


def test_others_see_who_looks_and_who_writes_and_nobody_sees_themselves(world: World) -> None:
    ticket = world.ticket()
    look(world, ticket, world.li_na)
    look(world, ticket, world.zhou_min, typing="reply")
    assert told(world, ticket, world.he_jie) == [("周敏", "reply"), ("李娜", "")]
    assert told(world, ticket, world.li_na) == [("周敏", "reply")]


def test_who_leaves_is_gone_at_once_and_who_falls_silent_after_a_while(world: World) -> None:
    ticket = world.ticket()
    look(world, ticket, world.li_na)
    look(world, ticket, world.zhou_min)
    look_away(actor=world.li_na, ticket=ticket, member=world.li_na, at=world.now)
    assert told(world, ticket, world.he_jie, 30) == [("周敏", "")]
    assert told(world, ticket, world.he_jie, 60) == []


def test_a_viewer_writes_at_most_once_in_some_twenty_seconds(world: World) -> None:
    ticket = world.ticket()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        for second in range(0, 60, 2):
            look(world, ticket, world.li_na, second)
    writes = [query for query in caught if query["sql"].split()[0] in ("UPDATE", "INSERT")]
    ours = [query for query in writes if "desk_viewer" in query["sql"]]
    assert len(ours) <= 4


def test_only_coming_writing_and_leaving_stir_the_others(world: World) -> None:
    ticket = world.ticket()
    assert look(world, ticket, world.li_na) is True
    assert look(world, ticket, world.li_na, 20) is False
    assert look(world, ticket, world.li_na, 21, typing="note") is True
    assert look(world, ticket, world.li_na, 40, typing="note") is False
    assert [found[0] for found in stirred_since(world.now + timedelta(seconds=20))] == [ticket.pk]
    assert stirred_since(world.now + timedelta(seconds=21)) == []


def test_viewers_of_a_whole_list_come_in_one_statement(world: World, django_assert_num_queries) -> None:
    tickets = [world.ticket() for _ in range(5)]
    for ticket in tickets:
        look(world, ticket, world.li_na)
    with django_assert_num_queries(1):
        found = viewers_of([ticket.pk for ticket in tickets], but=world.he_jie, at=world.now)
    assert len(found) == 5


def test_rows_of_those_long_gone_are_removed(world: World) -> None:
    ticket = world.ticket()
    look(world, ticket, world.li_na)
    assert forget_viewers(actor=SYSTEM, at=world.now + timedelta(hours=1)) == 0
    assert forget_viewers(actor=SYSTEM, at=world.now + timedelta(hours=7)) == 1
    assert not Viewer.objects.exists()
