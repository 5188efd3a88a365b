"""Named reads of surges and swarms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Prefetch, Q, QuerySet

from fengong.desk.models import Tagging, Ticket
from fengong.emergency.models import (
    Lane,
    Measure,
    Readiness,
    StandbyCall,
    Stream,
    Surge,
    Swarm,
    SwarmEntry,
    SwarmMember,
    SwarmTask,
)
from fengong.people.models import Member

MEASURES = Measure.Kind.choices
"""What can be done about a surge: name and label, in this order."""


def surges() -> QuerySet[Surge]:
    """All surges with their measures and calls, the newest first."""
    calls = StandbyCall.objects.select_related("member")
    return Surge.objects.select_related("topic").prefetch_related("measures", Prefetch("calls", calls))


def running_surges() -> QuerySet[Surge]:
    """Surges that go on."""
    return surges().filter(ended_at__isnull=True)


def surge(pk: int) -> Surge | None:
    """One surge."""
    return surges().filter(pk=pk).first()


def swarms() -> QuerySet[Swarm]:
    """All swarms with their lead and how many are in them, the newest first."""
    inside = Count("members", filter=Q(members__left_at__isnull=True), distinct=True)
    done = Count("tasks", filter=Q(tasks__done_at__isnull=False), distinct=True)
    counted = Swarm.objects.annotate(inside=inside, task_count=Count("tasks", distinct=True), done=done)
    return counted.select_related("lead", "ticket", "surge__topic").order_by("-formed_at", "-id")


def running_swarms() -> QuerySet[Swarm]:
    """Swarms that go on."""
    return swarms().filter(ended_at__isnull=True)


def swarm(pk: int) -> Swarm | None:
    """One swarm."""
    return swarms().filter(pk=pk).first()


def swarm_of(ticket: int) -> Swarm | None:
    """The running swarm around a ticket."""
    return running_swarms().filter(ticket_id=ticket).first()


def members_of(swarm: Swarm) -> QuerySet[SwarmMember]:
    """Who is or was in a swarm, in the order they came."""
    held = Count("tickets")
    return SwarmMember.objects.filter(swarm=swarm).annotate(relieved=held).select_related("member__position")


def tasks_of(swarm: Swarm) -> QuerySet[SwarmTask]:
    """A swarm's tasks in the order they were thought of."""
    return SwarmTask.objects.filter(swarm=swarm).select_related("owner").order_by("id")


def timeline(swarm: Swarm) -> QuerySet[SwarmEntry]:
    """What happened in a swarm, the oldest first."""
    return SwarmEntry.objects.filter(swarm=swarm).select_related("member").order_by("at", "id")


def task(pk: int) -> SwarmTask | None:
    """One task."""
    return SwarmTask.objects.select_related("swarm", "owner").filter(pk=pk).first()


def call(pk: int) -> StandbyCall | None:
    """One call to somebody on standby."""
    return StandbyCall.objects.select_related("member__team", "surge").filter(pk=pk).first()


def calls_of(member: Member) -> QuerySet[StandbyCall]:
    """Calls that wait for this member's answer."""
    waiting = StandbyCall.objects.filter(member=member, state=StandbyCall.State.CALLED)
    return waiting.select_related("surge__topic", "member__team")


def swarm_with(member: Member) -> Swarm | None:
    """The swarm a member is in now."""
    return running_swarms().filter(members__member=member, members__left_at__isnull=True).first()


def standing_measures(kind: str) -> QuerySet[Measure]:
    """Measures of a kind that stand."""
    return Measure.objects.filter(kind=kind, withdrawn_at__isnull=True).select_related("surge")


def streams() -> QuerySet[Stream]:
    """What is watched; everything together first."""
    return Stream.objects.select_related("topic").order_by("topic__slug", "id")


def readiness() -> Readiness:
    """How the desk is prepared; as it comes, where nobody has said."""
    return Readiness.objects.order_by("id").first() or Readiness()


LANE_TAGS = {Lane.Kind.COMPLAINT: "投诉", Lane.Kind.VIP: "VIP"}
"""By what a ticket in a lane is known, until a desk changes the rule."""


@dataclass(frozen=True, slots=True)
class LaneNow:
    """A lane: whether it is open, how many unresolved tickets are in it, and since when the oldest is unanswered."""

    kind: str
    label: Any
    rule: int | None
    is_open: bool
    tag: str
    tickets: int
    unanswered_since: datetime | None


def lanes() -> list[LaneNow]:
    """Both lanes as they are now."""
    known = {lane.kind: lane.rule for lane in Lane.objects.select_related("rule")}
    found = []
    for kind, label in Lane.Kind.choices:
        rule, tag = known.get(kind), LANE_TAGS[Lane.Kind(kind)]
        inside = Tagging.objects.filter(tag__key=tag.casefold()).exclude(
            ticket__status=Ticket.Status.RESOLVED
        )
        told = inside.aggregate(tickets=Count("ticket"), since=Min("ticket__unanswered_since"))
        kept = rule if rule is not None and rule.removed_at is None else None
        is_open = kept is not None and kept.active
        found.append(
            LaneNow(kind, label, kept.pk if kept else None, is_open, tag, told["tickets"], told["since"])
        )
    return found
