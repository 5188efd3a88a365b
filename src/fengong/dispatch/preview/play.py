"""One set of rules on the last tickets: who would have got what, when and why, each choice weighing on the next."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fengong.desk.actions.ownership import start_of_day
from fengong.dispatch.bridge import plan
from fengong.dispatch.models import Decision, Wait
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.preview.past import Entry, Hold, Past
from fengong.dispatch.situation.bridge import Held, Standing


@dataclass(slots=True)
class Outcome:
    """What became of a ticket on one side: its decision, or why it still waited at the end."""

    decision: Decision | None = None
    wait: Wait | None = None
    at: datetime | None = None

    @property
    def member(self) -> int | None:
        return self.decision.winner_id if self.decision else None


@dataclass(slots=True)
class _Desk:
    """Who holds what on one side."""

    past: Past
    held: list[Hold]
    given: Counter[int] = field(default_factory=Counter)
    assigned: dict[int, datetime] = field(default_factory=dict)
    freed: dict[int, datetime] = field(default_factory=dict)

    def standing(self, at: datetime, rules: PolicyRules) -> Standing:
        """The desk at one moment."""
        self._release(at)
        running = self.past.running(at)
        online = self.past.online(at)
        off = online - set(running) if rules.shifts.on_shift_only else frozenset()
        rostered = set(self.past.shifts)
        return Standing(
            tiers=self.past.tiers,
            proficiency=self.past.proficiency,
            loads=self._loads(),
            online=online,
            shift_ends={member: span[1] for member, span in running.items()},
            teams={pk: member.team_id for pk, member in self.past.members.items()},
            positions={pk: member.position_id for pk, member in self.past.members.items()},
            away={member: ("off_shift", None) for member in off if member in rostered},
            arriving=self._arriving(running, at, rules),
            open=self._open() if rules.limits else {},
        )

    def take(self, entry: Entry, member: int, at: datetime) -> None:
        """Give a ticket to a member, who holds it as long as its owner did."""
        hold = Hold(member, entry.queued.effort, entry.queued.channel, at, at + (entry.until - entry.at))
        self.held.append(hold)
        self._note(hold)

    def begin(self, hold: Hold) -> None:
        """Somebody gets other work, as they did then."""
        self.held.append(hold)
        self._note(hold)

    def _note(self, hold: Hold) -> None:
        """As a load counts what was given: from the day's first ticket on."""
        last = self.assigned.get(hold.member)
        if last is None or last < start_of_day(hold.at):
            self.given[hold.member] = 0
        self.given[hold.member] += hold.effort
        self.assigned[hold.member] = hold.at

    def _release(self, at: datetime) -> None:
        for hold in self.held:
            if hold.until <= at:
                self.freed[hold.member] = max(hold.until, self.freed.get(hold.member, hold.until))
        self.held = [hold for hold in self.held if hold.until > at]

    def _loads(self) -> dict[int, Held]:
        efforts: Counter[int] = Counter()
        for hold in self.held:
            efforts[hold.member] += hold.effort
        return {
            member: Held(
                efforts[member],
                capacity,
                self.given[member],
                self.assigned.get(member),
                self.freed.get(member),
            )
            for member, capacity in self.past.capacity.items()
        }

    def _arriving(
        self, running: dict[int, tuple[datetime, datetime]], at: datetime, rules: PolicyRules
    ) -> dict[int, int]:
        ramp, found = timedelta(minutes=rules.shifts.ramp), {}
        for member, (begins, _ends) in running.items():
            if at - begins < ramp and member in self.past.capacity:
                share = rules.shifts.first + (1 - rules.shifts.first) * ((at - begins) / ramp)
                since = sum(hold.effort for hold in self.held if hold.member == member and hold.at >= begins)
                found[member] = max(0, int(share * self.past.capacity[member]) - since)
        return found

    def _open(self) -> dict[int, dict[str, int]]:
        found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for hold in self.held:
            found[hold.member][hold.channel] += 1
        return found


def play(past: Past, rules: PolicyRules) -> dict[int, Outcome]:
    """Give out the tickets again by these rules; by ticket what became of it."""
    desk = _Desk(past, held=[])
    outcomes: dict[int, Outcome] = {entry.ticket.pk: Outcome() for entry in past.entries}
    arriving = sorted(past.entries, key=lambda entry: entry.since)
    holds = sorted(past.holds, key=lambda hold: hold.at)
    queue: list[Entry] = []
    for at in _moments(past):
        while holds and holds[0].at <= at:
            desk.begin(holds.pop(0))
        while arriving and arriving[0].since <= at:
            queue.append(arriving.pop(0))
        if queue:
            queue = _round(desk, queue, rules, at, outcomes)
    return outcomes


def _moments(past: Past) -> list[datetime]:
    """When somebody would have looked: at each arrival, each time a ticket was given, and when work was done."""
    begin, end = past.entries[0].since, max(entry.at for entry in past.entries)
    moments = {entry.since for entry in past.entries} | {entry.at for entry in past.entries}
    moments |= {entry.until for entry in past.entries} | {hold.until for hold in past.holds}
    return sorted(moment for moment in moments if begin <= moment <= end)


def _round(
    desk: _Desk, queue: list[Entry], rules: PolicyRules, at: datetime, outcomes: dict[int, Outcome]
) -> list[Entry]:
    """One look at the queue; returns what is left of it."""
    found = plan(
        tickets=[entry.queued for entry in queue],
        standing=desk.standing(at, rules),
        barred={entry.ticket.pk: set(entry.barred) for entry in queue},
        at=at,
        rules=rules,
    )
    by_id = {entry.ticket.pk: entry for entry in queue}
    for decision in found.decisions:
        desk.take(by_id[decision.ticket_id], decision.winner_id, at)
        outcomes[decision.ticket_id] = Outcome(decision=decision, at=at)
    for wait in found.waits:
        outcomes[wait.ticket_id] = Outcome(wait=wait, at=at)
    given = {decision.ticket_id for decision in found.decisions}
    return [entry for entry in queue if entry.ticket.pk not in given]
