"""Following the spine for rules: which of them each new fact concerns, and which clocks it moves."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Max

from fengong.automation.actions.running import Cause, run_rule
from fengong.automation.actions.timers import set_timers
from fengong.automation.following import RULES
from fengong.automation.models import Rule, RuleRun
from fengong.automation.occasions import HEARD, names_for
from fengong.desk.language import condition
from fengong.desk.models import Ticket
from fengong.kernel.errors import Invalid
from fengong.kernel.following import LIMIT
from fengong.kernel.models import Event
from fengong.kernel.tail import Note

BY_RULE = "system:rule:"
SILENT = ("system:import",)
"""What comes over from another system happened elsewhere; nobody is to be told of it."""
MOST_AT_ONCE = 10
"""Stretches of the spine in one sweep."""

logger = logging.getLogger(__name__)


def hear(*, at: datetime) -> int:
    """Read what is new on the spine and let the rules that wait for it act; returns how many did."""
    rules = list(Rule.objects.filter(active=True))
    if not rules:
        return 0
    acted = 0
    try:
        for _turn in range(MOST_AT_ONCE):
            notes = RULES.poll()
            acted += _take(notes, rules, at)
            RULES.keep_place()
            if len(notes) < LIMIT:
                break
    except Exception:
        RULES.forget()
        raise
    return acted


def _take(notes: list[Note], rules: list[Rule], at: datetime) -> int:
    touched = {ref for note in notes for kind, ref in note.subjects if kind == "ticket"}
    timed = [rule for rule in rules if rule.when == Rule.When.TIME]
    if timed and touched:
        set_timers(touched, timed, at=at)
    waiting = [rule for rule in rules if rule.when == Rule.When.EVENT]
    seqs = [note.seq for note in notes if note.verb in HEARD] if waiting else []
    if not seqs:
        return 0
    stretch = _Stretch(waiting, list(Event.objects.filter(seq__in=seqs).order_by("seq")), at)
    return stretch.run()


@dataclass
class _Stretch:
    """Some facts in a row and the rules that listen. Conditions are asked for all tickets of a rule in one statement,
    and once more, under lock, where they hold; a ticket that a rule has changed meanwhile is asked about by itself."""

    rules: list[Rule]
    events: list[Event]
    at: datetime
    changed: set[int] = field(default_factory=set)
    holding: dict[int, set[int]] = field(default_factory=dict)

    def run(self) -> int:
        return sum(self._hear(event) for event in self.events)

    def _hear(self, event: Event) -> int:
        ticket = event.data.get("ticket")
        if not isinstance(ticket, int) or event.actor.startswith(SILENT):
            return 0
        acted = 0
        for rule in self._concerned(event):
            if not self._may_hold(rule, ticket):
                continue
            depth = _depth(event, ticket)
            if run_rule(rule, Cause(ticket=ticket, seq=event.seq, depth=depth), at=self.at):
                acted += 1
                self.changed.add(ticket)
                if rule.stops:
                    break
        return acted

    def _concerned(self, event: Event) -> Iterable[Rule]:
        names = names_for(event.verb, event.data)
        return [
            rule
            for rule in self.rules
            if event.seq > rule.since_seq and event.actor != rule.ref and names.intersection(rule.events)
        ]

    def _may_hold(self, rule: Rule, ticket: int) -> bool:
        if rule.pk not in self.holding:
            self.holding[rule.pk] = self._asked(rule)
        return ticket in self.changed or ticket in self.holding[rule.pk]

    def _asked(self, rule: Rule) -> set[int]:
        tickets = {event.data.get("ticket") for event in self.events if rule in self._concerned(event)}
        try:
            wanted = condition(rule.condition, member=None, at=self.at)
        except Invalid as refusal:
            logger.warning("The condition of rule %s cannot be read: %s", rule.pk, refusal.message)
            return set()
        return set(Ticket.objects.filter(pk__in=tickets).filter(wanted).values_list("pk", flat=True))


def _depth(event: Event, ticket: int) -> int:
    """One more than that of the run which caused the event; a run's facts bear its very time."""
    if not event.actor.startswith(BY_RULE):
        return 1
    cause = RuleRun.objects.filter(
        rule_id=int(event.actor.removeprefix(BY_RULE)), ticket_id=ticket, at=event.at
    )
    return 1 + (cause.aggregate(depth=Max("depth"))["depth"] or 1)
