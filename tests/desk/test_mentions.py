"""Naming colleagues in notes."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.actions.messages import add_note
from fengong.desk.actions.viewing import look_at
from fengong.desk.models import Mention, Watcher
from fengong.desk.reading.mentions import mentions_of, nameable, names
from fengong.kernel.models import Event
from tests.world import World


def note(world: World, body: str):
    ticket = world.ticket()
    add_note(actor=world.li_na, ticket=ticket, member=world.li_na, body=body, at=world.now)
    return ticket


def named() -> list[str]:
    return sorted(Mention.objects.values_list("member__display_name", flat=True))


def test_a_member_named_in_a_note_is_told_and_follows_the_ticket(world: World) -> None:
    ticket = note(world, "请@周敏看一下，@Sun Hao too; kf@何洁.example is an address")
    assert named() == ["Sun Hao", "周敏"]
    assert [found.ticket for found in mentions_of(world.zhou_min, unseen=True)] == [ticket]
    assert Watcher.objects.get(member=world.zhou_min).reason == "mentioned"
    assert Event.objects.filter(verb="ticket.mentioned").count() == 2


def test_a_team_named_in_a_note_tells_all_its_members_but_the_writer(world: World) -> None:
    note(world, "@北区组 有人熟悉吗？@South")
    assert "李娜" not in named()
    assert {"周敏", "Sun Hao", "何洁"} <= set(named())
    assert Mention.objects.get(member=world.zhou_min).team == world.teams["north"]


def test_who_may_not_read_tickets_is_not_told(world: World) -> None:
    note(world, "@唐云 @钱伟")
    assert named() == []


def test_the_longest_name_wins(world: World) -> None:
    world.li_na.pk, longer = world.li_na.pk, world.zhou_min
    longer.display_name = "李娜娜"
    longer.save()
    note(world, "@李娜娜")
    assert named() == ["李娜娜"]


def test_a_mention_is_seen_when_the_ticket_is_opened(world: World) -> None:
    ticket = note(world, "@周敏")
    look_at(actor=world.zhou_min, ticket=ticket, member=world.zhou_min, at=world.now + timedelta(minutes=1))
    assert list(mentions_of(world.zhou_min, unseen=True)) == []
    assert mentions_of(world.zhou_min).count() == 1


def test_at_offers_teams_and_members(world: World) -> None:
    offered = [found.name for found in nameable()]
    assert offered[0] in ("北区组", "North")
    assert "周敏" in offered
    assert {"North", "北区组", "周敏"} <= set(names())
