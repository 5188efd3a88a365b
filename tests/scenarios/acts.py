"""What happens at a desk, in few words: time passes, the matcher runs, somebody comes, goes, answers and is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from fengong.config.sweeps import LANES
from fengong.desk.actions.messages import reply
from fengong.desk.actions.tickets import resolve_ticket
from fengong.desk.models import Load, Ticket
from fengong.dispatch import tasks
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.matching import match_waiting
from fengong.dispatch.actions.policies import draft_policy, publish_policy
from fengong.dispatch.models import Decision
from fengong.dispatch.policy_rules import PolicyRules
from fengong.kernel.actor import MATCHER
from fengong.kernel.jobs.sweeper import Sweeper
from fengong.people.models import Member
from fengong.rota.actions.presence import set_presence
from tests.world import World

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def match(at: datetime) -> list[Decision]:
    """One round."""
    return match_waiting(actor=MATCHER, at=at)


def fresh(ticket: Ticket) -> Ticket:
    """The ticket as it stands now."""
    return Ticket.objects.select_related("owner__team").get(pk=ticket.pk)


def owner(ticket: Ticket) -> Member | None:
    return fresh(ticket).owner


def owners(tickets: list[Ticket]) -> list[Member | None]:
    return [owner(ticket) for ticket in tickets]


def give(world: World, ticket: Ticket, member: Member, *, at: datetime | None = None) -> Ticket:
    """The lead gives a ticket to a member by hand."""
    return assign_ticket(actor=world.wang_fang, ticket=ticket, member=member, at=at or world.now)


def answer(ticket: Ticket, *, at: datetime) -> None:
    """The owner answers the customer."""
    row = fresh(ticket)
    assert row.owner is not None
    reply(actor=row.owner, ticket=row, member=row.owner, body="请再试一次", at=at)


def resolve(ticket: Ticket, *, at: datetime) -> None:
    """The owner is done with it."""
    row = fresh(ticket)
    assert row.owner is not None
    resolve_ticket(actor=row.owner, ticket=row, at=at)


def say(member: Member, status: str, *, at: datetime) -> None:
    """A member says that they are online, away or offline."""
    set_presence(actor=member, member=member, status=status, at=at)


def load(member: Member) -> Load:
    return Load.objects.get(member=member)


def follow(world: World, **rules: object) -> None:
    """A lead puts a policy in force that differs in these parts from the one a desk begins with."""
    draft = draft_policy(actor=world.wang_fang, rules=replace(PolicyRules(), **rules), at=world.now)
    publish_policy(actor=world.wang_fang, edition=draft, at=world.now)


def work(at: datetime) -> None:
    """What the worker's lanes of dispatch do at a moment: move what has to leave its owner, and match what waits."""
    for sweep in (tasks.hand_over, tasks.move_on, tasks.even_out, tasks.climb_tiers, tasks.match):
        sweep(at=at)


def matcher_lane(at: datetime) -> Sweeper:
    """The lane that gives out work, as the worker runs it, but with no round in between: it runs when it hears news.

    It has heard everything that there is so far.
    """
    lane = [replace(sweep, every=HOUR.total_seconds()) for sweep in LANES["matcher"]]
    sweeper = Sweeper(lane, holder="scenario", alert=True)
    sweeper.tick(at=at)
    return sweeper
