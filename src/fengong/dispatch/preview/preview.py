"""Two sets of rules on the last tickets, side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from fengong.desk.models import Ticket
from fengong.dispatch.models import Decision
from fengong.dispatch.models.round import unpacked
from fengong.dispatch.policy_rules import PolicyRules
from fengong.dispatch.preview.past import Entry, Past, recent
from fengong.dispatch.preview.play import Outcome, play
from fengong.dispatch.queries import Choice, Excluded, Why
from fengong.people.models import Member


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket: who had it, who would have got it by the rules in force, and by the others."""

    ticket: Ticket
    owner: Member | None
    before: Outcome
    after: Outcome

    @property
    def changed(self) -> bool:
        return self.before.member != self.after.member


@dataclass(frozen=True, slots=True)
class Share:
    """What a member would have been given: tickets and minutes, before and after."""

    member: Member
    tickets: tuple[int, int]
    minutes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Preview:
    """The comparison. `faithful`: the share of tickets that the rules in force give to whom they really went."""

    first: datetime
    last: datetime
    rows: list[Row]
    shares: list[Share]
    faithful: float
    waited: tuple[float, float]
    left: tuple[int, int]
    past: Past

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.changed]

    def why(self, outcome: Outcome) -> Why | None:
        """A decision with its people looked up, without asking the database again."""
        if outcome.decision is None:
            return None
        return _why(outcome.decision, self.past.members)


def preview(before: PolicyRules, after: PolicyRules, *, at: datetime, limit: int = 200) -> Preview | None:
    """Give out the last tickets again by both; None while there is none."""
    past = recent(at, limit=limit)
    if past is None:
        return None
    sides = (play(past, before), play(past, after))
    rows = [
        Row(entry.ticket, past.members.get(entry.owner), sides[0][entry.ticket.pk], sides[1][entry.ticket.pk])
        for entry in past.entries
    ]
    same = sum(row.owner is not None and row.before.member == row.owner.pk for row in rows)
    return Preview(
        first=past.entries[0].since,
        last=max(entry.at for entry in past.entries),
        rows=rows[::-1],
        shares=_shares(past, sides),
        faithful=same / len(rows),
        waited=(_waited(past.entries, sides[0]), _waited(past.entries, sides[1])),
        left=(_left(sides[0]), _left(sides[1])),
        past=past,
    )


def _waited(entries: list[Entry], side: dict[int, Outcome]) -> float:
    """Mean minutes to an owner, of the tickets that found one."""
    waits = [
        (found.at - entry.since).total_seconds() / 60
        for entry in entries
        if (found := side[entry.ticket.pk]).decision and found.at
    ]
    return sum(waits) / len(waits) if waits else 0.0


def _left(side: dict[int, Outcome]) -> int:
    return sum(outcome.decision is None for outcome in side.values())


def _shares(past: Past, sides: tuple[dict[int, Outcome], dict[int, Outcome]]) -> list[Share]:
    effort = {entry.ticket.pk: entry.queued.effort for entry in past.entries}
    tickets: list[Counter[int]] = [Counter(), Counter()]
    minutes: list[Counter[int]] = [Counter(), Counter()]
    for place, side in enumerate(sides):
        for ticket, outcome in side.items():
            if outcome.member is not None:
                tickets[place][outcome.member] += 1
                minutes[place][outcome.member] += effort[ticket]
    everybody = sorted({*minutes[0], *minutes[1]}, key=lambda pk: -abs(minutes[1][pk] - minutes[0][pk]))
    return [
        Share(past.members[pk], (tickets[0][pk], tickets[1][pk]), (minutes[0][pk], minutes[1][pk]))
        for pk in everybody
        if pk in past.members
    ]


def _why(decision: Decision, members: dict[int, Member]) -> Why:
    stored = decision.round.excluded.get(decision.group, {}) if decision.round else {}
    groups = [
        Excluded(
            reason,
            [
                (members[pk], list(figures))
                for ids, figures in shared.items()
                for pk in unpacked(ids)
                if pk in members
            ],
        )
        for reason, shared in stored.items()
    ]
    if decision.barred:
        groups.append(Excluded("barred", [(members[pk], []) for pk in decision.barred if pk in members]))
    return Why(
        decision=decision,
        winner=Choice(members.get(decision.winner_id), decision.cost or 0.0, decision.terms),
        alternatives=[Choice(members.get(o["member"]), o["cost"], o["terms"]) for o in decision.alternatives],
        excluded=[group for group in groups if group.members],
    )
