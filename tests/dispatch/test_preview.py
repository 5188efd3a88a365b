"""A policy tried on the last tickets: who would have got what, and why, each choice weighing on the next."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.models import Load, Ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.models import Decision
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.preview.preview import preview
from fengong.kernel.actor import MATCHER
from fengong.people.models import Member
from fengong.rota.actions.presence import set_presence
from tests.planning.lived import live
from tests.world import World

NOW_ON = PolicyRules()


def ruled(**sections) -> PolicyRules:
    """The rules as they come with changes by section."""
    start = PolicyRules().to_json()
    return PolicyRules.from_json(
        {**start, **{name: {**start[name], **new} for name, new in sections.items()}}
    )


def test_the_rules_in_force_give_the_tickets_to_whom_they_went(world: World):
    live(world, 40, until=world.now)
    found = preview(NOW_ON, NOW_ON, at=world.now)
    assert len(found.rows) == 40
    assert found.faithful == 1.0
    assert found.changed == []
    assert found.left == (0, 0)


def test_a_policy_that_asks_for_more_skill_shows_who_no_longer_gets_what_and_why(world: World):
    live(world, 24, until=world.now)
    found = preview(NOW_ON, ruled(skills={"need": [4.0, 4.0, 4.0]}), at=world.now)
    assert found.changed
    for row in found.changed:
        was = {s.topic_id: s.proficiency for s in found.past.members[row.before.member].skills.all()}
        assert was.get(row.ticket.topic_id, 0) < 4 or found.why(row.after) is not None
    unskilled = [row for row in found.rows if row.before.member == world.sun_hao.pk]
    assert unskilled
    assert all(row.after.member != world.sun_hao.pk for row in unskilled)
    why = found.why(unskilled[0].after)
    assert world.sun_hao in [
        m for group in why.excluded if group.reason == "no_skill" for m, _ in group.members
    ]


def test_what_a_side_gave_weighs_on_what_it_gives_next(world: World):
    """Twelve hard tickets at once: who is full on a side gets no more on it, so no capacity is broken."""
    world.go_online()
    for _ in range(12):
        world.ticket(topic="api", difficulty=2)
    match_waiting(actor=MATCHER, at=world.now)
    later = world.now + timedelta(minutes=1)
    found = preview(NOW_ON, ruled(weights={"load_spread": 0.0, "given": 0.0}), at=later)
    for share in found.shares:
        for minutes in share.minutes:
            assert minutes <= world_capacity(share.member)
    assert sum(share.tickets[1] for share in found.shares) + found.left[1] == 12


def world_capacity(member: Member) -> int:
    return Load.objects.get(member=member).capacity


def test_who_was_not_here_then_gets_nothing_in_the_preview(world: World):
    live(world, 8, until=world.now)
    set_presence(actor=world.li_na, member=world.li_na, status="offline", at=world.now)
    late = world.now + timedelta(minutes=5)
    for _ in range(3):
        world.ticket(topic="accounts", difficulty=1, at=late)
    match_waiting(actor=MATCHER, at=late)
    found = preview(NOW_ON, ruled(weights={"growth": 0.0}), at=late + timedelta(minutes=1))
    newest = [row for row in found.rows if row.ticket.opened_at == late]
    assert newest
    assert world.li_na.pk not in {row.after.member for row in newest}


def test_nothing_is_written_by_a_preview(world: World):
    live(world, 8, until=world.now)
    before = (
        Decision.objects.count(),
        list(Ticket.objects.order_by("pk").values_list("owner_id", "version")),
    )
    preview(NOW_ON, ruled(tiers={"reach": 0}), at=world.now)
    assert (
        Decision.objects.count(),
        list(Ticket.objects.order_by("pk").values_list("owner_id", "version")),
    ) == before


def test_a_desk_that_gave_out_nothing_has_no_preview(world: World):
    assert preview(NOW_ON, NOW_ON, at=world.now) is None
