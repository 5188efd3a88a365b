"""What is known of all members who can be given work, as far as it matters to some tickets and some rules."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, Sum

from fengong.desk import queries as desk
from fengong.desk.models import Ticket
from fengong.desk.queries import OWNED, Queued
from fengong.dispatch.models import Decision
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.situation.bridge import HELD, Held, Standing
from fengong.people import queries as people
from fengong.people.models import Member
from fengong.rota import queries as rota
from fengong.rota.reading.duty import Duty, Span, duty, off_shift

BEFORE_LEAVING = timedelta(hours=1)
"""More than the minutes that rules usually keep free before the end of a shift."""
Away = dict[int, tuple[str, datetime | None]]


def standing(tickets: Sequence[Queued], at: datetime, rules: PolicyRules | None = None) -> Standing:
    """What is known of all members who can be given work, as far as it matters to these tickets.

    That leaves out skills that no ticket asks for, shifts that go on after the longest ticket would be done, and what
    the rules do not ask about.
    """
    rules = rules or PolicyRules()
    longest = timedelta(minutes=max(ticket.effort for ticket in tickets) + min(rules.shifts.guard, 1440.0))
    roster = duty(
        at,
        ends_by=at + longest + BEFORE_LEAVING,
        since=at - timedelta(minutes=rules.shifts.ramp),
        breaks_by=at + timedelta(minutes=min(rules.shifts.before_break, 1440.0)),
    )
    online = rota.online()
    loads = {row[0]: Held(*row[1:]) for row in desk.loads().values_list("member_id", *HELD)}
    teams, positions = _places(rules)
    return Standing(
        tiers=people.tiers(),
        proficiency=_proficiency(tickets),
        loads=loads,
        online=online,
        shift_ends={member: span[1] for member, span in roster.shifts.items()},
        teams=teams,
        positions=positions,
        away=_away(roster, online, rules, at),
        arriving=_arriving(roster, loads, rules, at),
        open=_open() if rules.limits else {},
    )


def _proficiency(tickets: Sequence[Queued]) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = defaultdict(dict)
    skills = people.skills().filter(topic__in={ticket.topic_id for ticket in tickets})
    for member_id, topic_id, level in skills.values_list("member_id", "topic_id", "proficiency"):
        found[member_id][topic_id] = float(level)
    return found


def _places(rules: PolicyRules) -> tuple[dict[int, int], dict[int, int]]:
    """Team and position by member, where the rules ask for them."""
    if not (rules.groups or rules.limits):
        return {}, {}
    rows = list(Member.objects.filter(active=True).values_list("pk", "team_id", "position_id"))
    return {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows}


def _away(roster: Duty, online: frozenset[int], rules: PolicyRules, at: datetime) -> Away:
    """Who is online, and gets nothing by the roster all the same: the reason, and until when."""
    found: Away = {}
    if rules.shifts.on_shift_only:
        found |= dict.fromkeys(off_shift(online, at), ("off_shift", None))
    for member, (begins, ends) in roster.breaks.items():
        found[member] = ("on_break" if begins <= at else "break_soon", ends)
    return found | {member: ("on_leave", ends) for member, ends in roster.leave.items()}


def _arriving(roster: Duty, loads: Mapping[int, Held], rules: PolicyRules, at: datetime) -> dict[int, int]:
    """Effort that may still be given to those whose shift began within the ramp, by member."""
    began = at - timedelta(minutes=rules.shifts.ramp)
    fresh = {member: span for member, span in roster.shifts.items() if span[0] > began and member in loads}
    if not fresh:
        return {}
    given = _given_since(fresh)
    shares = {member: _share(span, rules, at) for member, span in fresh.items()}
    return {m: max(0, int(share * loads[m].capacity) - given.get(m, 0)) for m, share in shares.items()}


def _share(span: Span, rules: PolicyRules, at: datetime) -> float:
    passed = (at - span[0]).total_seconds() / 60 / rules.shifts.ramp
    return rules.shifts.first + (1.0 - rules.shifts.first) * passed


def _given_since(fresh: Mapping[int, Span]) -> dict[int, int]:
    """Effort given to these members since the first of their shifts began."""
    since = min(span[0] for span in fresh.values())
    rows = Decision.objects.filter(winner__in=fresh, at__gte=since).values_list("winner_id")
    return dict(rows.annotate(minutes=Sum("effort")).order_by().values_list("winner_id", "minutes"))


def _open(members: Iterable[int] | None = None) -> dict[int, dict[str, int]]:
    """Tickets open, by member and channel."""
    rows = Ticket.objects.filter(status__in=OWNED)
    if members is not None:
        rows = rows.filter(owner__in=members)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    counted = rows.values_list("owner_id", "channel").annotate(tickets=Count("pk")).order_by()
    for owner, channel, count in counted:
        if owner is not None:
            found[owner][channel] = count
    return found
