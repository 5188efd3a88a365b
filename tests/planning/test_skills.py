"""What tickets teach of members: levels learned, ramps widened, mentors drawn in."""

from __future__ import annotations

from datetime import timedelta

from fengong.desk.models import Ticket, Watcher
from fengong.kernel.actor import SYSTEM
from fengong.kernel.models import Event
from fengong.people.actions import skills as verbs
from fengong.people.models import Skill, SkillEvidence, SkillRamp, SkillStretch
from fengong.planning.actions.skills import learn, stand_by, widen_ramps
from tests.world import World


def resolved(world: World, name: str, topic: str, difficulty: int, *, gone: bool = True) -> Ticket:
    ticket = world.ticket(topic=topic, difficulty=difficulty)
    Ticket.objects.filter(pk=ticket.pk).update(
        owner=world.members[name], status="resolved", reason="solved", held=0, resolved_at=world.now
    )
    if not gone:
        data = {"ticket": ticket.pk, "member": world.members[name].pk}
        Event.objects.create(at=world.now, actor="system:test", verb="ticket.reopened", data=data)
    return ticket


def test_who_solves_hard_work_for_good_is_learned_to_be_more_able_than_who_does_not(world: World):
    for name in ("li_na", "zhou_min", "he_jie", "sun_hao", "chen_li"):
        able = name in ("zhou_min", "he_jie")
        for topic in ("accounts", "api"):
            for number in range(24):
                resolved(world, name, topic, 1 + number % 3, gone=able or number % 3 == 0)
    assert learn(at=world.now + timedelta(hours=1)) > 0
    level = dict(SkillEvidence.objects.filter(source="learned").values_list("member__display_name", "level"))
    assert min(level["周敏"], level["何洁"]) > max(level["李娜"], level["Sun Hao"])
    assert all(row.deviation > 0 and row.seen >= 20 for row in SkillEvidence.objects.filter(source="learned"))
    assert Skill.objects.get(member=world.li_na, topic=world.topics["accounts"]).source == "declared"


def test_a_ramp_widens_by_itself_once_enough_tickets_stay_resolved(world: World):
    verbs.set_ramp(
        actor=SYSTEM,
        member=world.li_na,
        mentor=None,
        difficulty=1,
        needed=3,
        at=world.now - timedelta(days=1),
    )
    for _ in range(2):
        resolved(world, "li_na", "accounts", 1)
    assert widen_ramps(at=world.now) == 0
    resolved(world, "li_na", "accounts", 1)
    assert widen_ramps(at=world.now + timedelta(hours=1)) == 1
    assert SkillRamp.objects.get().difficulty == 2
    assert widen_ramps(at=world.now + timedelta(hours=2)) == 0


def test_the_mentor_follows_each_ticket_that_is_a_step_too_hard_and_only_those(world: World):
    verbs.stretch_skill(
        actor=SYSTEM, member=world.sun_hao, topic=world.topics["api"], level=3, mentor=world.he_jie,
        until=world.now + timedelta(days=7), at=world.now,
    )  # fmt: skip
    for difficulty in (1, 3):
        ticket = world.ticket(topic="api", difficulty=difficulty)
        Ticket.objects.filter(pk=ticket.pk).update(owner=world.sun_hao, status="open")
    assert stand_by(at=world.now) == 1
    assert [row.ticket_id for row in Watcher.objects.filter(member=world.he_jie)] == [ticket.pk]
    assert stand_by(at=world.now) == 0
    stand_by(at=world.now + timedelta(days=8))
    assert not SkillStretch.objects.exists()
