"""The spine as an event log that the simulator can learn from.

The spine knows who had a ticket and when they answered, not when they worked on it. Work on an answer is taken to lie
right before it, as long as the ticket's expected effort divided by its answers, but never before its owner had it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import override

from fengong.desk.models import Ticket
from fengong.kernel.models import Event
from fengong.people.models import Member, Team, Topic
from fengong.planning.replay.assemble import Assembled
from fengong.planning.replay.mapping import STATES

LANGUAGES = ("en", "zh-hans")
GIVEN = {"ticket.dispatched", "ticket.transferred", "ticket.resumed", "ticket.woken"}
WORKED = {"ticket.replied", "ticket.resolved", "ticket.escalated"}
RESTS = {"ticket.pended": "customer", "ticket.snoozed": "held", "ticket.resolved": "resolved"}
BACK = {"ticket.opened", "ticket.returned", "ticket.escalated"}
VERBS = frozenset({*GIVEN, *WORKED, *RESTS, *BACK, "ticket.reopened"})
Row = tuple[datetime, str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Past:
    """A log in which topics and teams go by codes, and what the codes are called, by language."""

    log: Assembled
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


class _Said(NamedTuple):
    """One row of the log: from when on which state holds, and for whom."""

    at: datetime
    state: str
    member: int | None


def past(*, first: datetime, last: datetime) -> Past:
    """The graded tickets opened in a stretch of time with all that happened to them in it."""
    writer = _Writer()
    happened = _happened(first, last)
    tickets = Ticket.objects.filter(opened_at__gte=first, opened_at__lte=last, topic__isnull=False)
    for ticket in tickets.order_by("opened_at", "pk").values_list(
        "pk", "topic_id", "priority", "tier", "effort"
    ):
        rows = happened.get(ticket[0], [])
        if any(verb == "ticket.opened" for _at, verb, _data in rows):
            writer.write(ticket, rows)
    offset = first.astimezone(timezone.get_default_timezone()).utcoffset()
    writer.log.offset = offset.total_seconds() if offset else 0.0
    return Past(writer.log, _labels())


def _happened(first: datetime, last: datetime) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    events = Event.objects.filter(verb__in=VERBS, at__gte=first, at__lte=last).order_by("seq")
    for at, verb, data in events.values_list("at", "verb", "data").iterator(chunk_size=5000):
        found[data["ticket"]].append((at, verb, data))
    return found


def _labels() -> dict[str, dict[str, str]]:
    """What codes of topics and teams are called."""
    known: dict[str, Topic | Team] = {f"topic:{topic.pk}": topic for topic in Topic.objects.all()}
    known |= {f"team:{team.pk}": team for team in Team.objects.all()}
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = {code: row.label for code, row in known.items()}
    return found


class _Writer:
    """Writes tickets into a log."""

    def __init__(self) -> None:
        self.log = Assembled()
        members = Member.objects.select_related("position")
        self.members = {one.pk: one for one in members}

    def write(self, ticket: tuple[int, int, int, int, int], rows: list[Row]) -> None:
        pk, topic, priority, tier, effort = ticket
        case = self.log.cases.code(str(pk))
        self.log.facts.append((self.log.topics.code(f"topic:{topic}"), priority))
        at_first = [data["from_tier"] for _at, verb, data in rows if verb == "ticket.escalated"]
        line = at_first[0] if at_first else tier
        pieces = sum(verb in WORKED for _at, verb, _data in rows) or 1
        for said in _told(rows, timedelta(minutes=effort / pieces)):
            person, team = self._who(said.member, line)
            state = STATES.index(said.state)
            self.log.events.append((case, said.at.timestamp(), person, team, state))

    def _who(self, member: int | None, line: int) -> tuple[int, int]:
        known = self.members.get(member or 0)
        if known is None:
            return -1, self._team(f"line:{line}", line)
        team = self._team(f"team:{known.team_id}/{known.position.tier or 1}", known.position.tier or 1)
        return self.log.people.code((known.display_name, team)), team

    def _team(self, name: str, tier: int) -> int:
        code = self.log.teams.code(name)
        self.log.tiers[code] = tier
        return code


def _told(rows: list[Row], piece: timedelta) -> Iterator[_Said]:
    """A ticket's rows in the order of time."""
    owner: int | None = None
    since = rows[0][0]
    for at, verb, data in rows:
        member = data.get("member")
        if verb in WORKED and owner is not None:
            yield _Said(max(since, at - piece), "active", owner)
        if verb in RESTS:
            yield _Said(at, RESTS[verb], owner if owner is not None else member)
        elif verb in GIVEN and member is not None:
            owner = member
            yield _Said(at, "assigned", owner)
        elif verb in BACK or (verb == "ticket.reopened" and member is None):
            owner = None
            yield _Said(at, "queued", None)
        elif verb == "ticket.reopened":
            owner = member
            yield _Said(at, "assigned", owner)
        elif owner is not None:
            yield _Said(at, "assigned", owner)
        since = at
