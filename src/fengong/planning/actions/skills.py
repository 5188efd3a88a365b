"""What the product does by itself about skills: learn them, widen ramps, stand by stretch work."""

from __future__ import annotations

from datetime import datetime

from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.models import Ticket, Watcher
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Refused
from fengong.people.actions.skills import end_stretch, learn_skills, widen_ramp
from fengong.people.models import Member, Skill, SkillEvidence, SkillRamp, SkillStretch
from fengong.planning.skills.attempts import attempts, resolved_for_good
from fengong.planning.skills.bridge import learned


def learn(*, at: datetime) -> int:
    """Work out from outcomes what members can do, and write it beside what is stated; returns how many levels."""
    stated = {(one.member_id, one.topic_id): float(one.proficiency) for one in Skill.objects.all()}
    said = SkillEvidence.objects.exclude(source=Skill.Source.LEARNED).order_by("at")
    stated |= {(one.member_id, one.topic_id): float(round(one.level)) for one in said}
    groups = dict(Member.objects.filter(active=True).values_list("pk", "position_id"))
    return learn_skills(actor=SYSTEM, learned=learned(attempts(at), stated, groups), at=at)


def widen_ramps(*, at: datetime) -> int:
    """Take the next step of ramps whose tickets are resolved; returns how many."""
    due = [
        ramp
        for ramp in SkillRamp.objects.select_related("member").filter(member__active=True)
        if resolved_for_good(ramp.member_id, ramp.since) >= ramp.needed
    ]
    for ramp in due:
        widen_ramp(actor=SYSTEM, member=ramp.member, at=at)
    return len(due)


def stand_by(*, at: datetime) -> int:
    """Have mentors follow tickets that are a step too hard for their owner; end what has run out."""
    for over in SkillStretch.objects.filter(until__lte=at).select_related("member", "topic"):
        end_stretch(actor=SYSTEM, member=over.member, topic=over.topic, at=at)
    return sum(_followed(stretch, at) for stretch in SkillStretch.objects.select_related("mentor__position"))


def _followed(stretch: SkillStretch, at: datetime) -> int:
    own = SkillEvidence.objects.filter(member=stretch.member_id, topic=stretch.topic_id)
    able = max(own.values_list("level", flat=True), default=0.0)
    held = Ticket.objects.filter(
        owner_id=stretch.member_id,
        topic_id=stretch.topic_id,
        difficulty__gt=able,
        status__in=(Ticket.Status.OPEN, Ticket.Status.PENDING),
    )
    alone = held.exclude(pk__in=Watcher.objects.filter(member=stretch.mentor_id).values("ticket"))
    return sum(_drawn_in(ticket, stretch.mentor, at) for ticket in alone)


def _drawn_in(ticket: Ticket, mentor: Member, at: datetime) -> bool:
    try:
        watch_ticket(actor=SYSTEM, ticket=ticket, member=mentor, at=at)
    except Refused:
        return False
    return True
