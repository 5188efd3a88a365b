"""The one place where a ticket's deadlines come from: what happened to it, under the policy that counts for it.

`locking.changed` calls `follow` in every verb; the sweep calls `advance`. Both write the same columns, CLOCKED, from
the same story. What is remembered for it in `ticket.clock`:

- `turns`: [at, reason it rests, tier], whenever one of the two became another;
- `marks`: for each clock that runs, [since when, steps of the ladder that were done];
- `heard`, `answered`: the last message of the customer and of a member that was taken into account;
- `since`: where its past lies on another desk, when it was taken up here; what is promised counts from then.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Case, Exists, OuterRef, Value, When

from fengong.desk.actions.editions import recheck
from fengong.desk.bridge import (
    FIRST_RESPONSE,
    RESOLVED,
    TARGETS,
    Book,
    Clocks,
    Terms,
    book,
    moment,
    stamp,
    step_moments,
    ticket_clocks,
)
from fengong.desk.events import PromiseBroken
from fengong.desk.language import condition
from fengong.desk.models import Ticket
from fengong.kernel.actor import SYSTEM
from fengong.kernel.errors import Refused
from fengong.kernel.spine import Fact, record_all

CLOCKED = (
    "policy",
    *(f"{target}_{what}" for target in TARGETS for what in ("due", "broken")),
    "unanswered_since",
    "last_update_at",
    "paused_at",
    "clock",
    "next_due_at",
    "next_step_at",
)


def begin(tickets: Sequence[Ticket]) -> Book:
    """Start the clocks of tickets that are not saved yet; returns the policies by which that was done."""
    policies = book()
    recheck(tickets, by=policies.edition)
    alike: dict[tuple[Any, ...], Ticket] = {}
    for ticket in tickets:
        key = (ticket.opened_at, ticket.last_customer_at, ticket.priority, ticket.tier, _rest(ticket))
        first = alike.setdefault(key, ticket)
        if first is ticket:
            _start(ticket, policies.default)
        else:
            _start_like(ticket, first)
    return policies


def take_up(ticket: Ticket, *, at: datetime) -> None:
    """Before somebody writes to a locked ticket that came from another desk, or reopens it: its clocks start now.

    Nothing was promised for its past. The caller changes and saves it.
    """
    if ticket.clock:
        return
    heard, answered = (
        stamp(when) if when else None for when in (ticket.last_customer_at, ticket.last_member_at)
    )
    turns = [[stamp(at), _rest(ticket), ticket.tier]]
    ticket.clock = {"turns": turns, "marks": {}, "heard": heard, "answered": answered, "since": stamp(at)}


def _start(ticket: Ticket, terms: Terms) -> None:
    heard = stamp(ticket.last_customer_at) if ticket.last_customer_at else None
    turns = [[stamp(ticket.opened_at), _rest(ticket), ticket.tier]]
    ticket.clock = {"turns": turns, "marks": {}, "heard": heard, "answered": None}
    ticket.unanswered_since = ticket.last_customer_at
    _settle(ticket, terms, ticket.opened_at)


def _start_like(ticket: Ticket, other: Ticket) -> None:
    """Of many that come in at once, most have the same clocks."""
    for name in CLOCKED:
        setattr(ticket, _attribute(name), getattr(other, _attribute(name)))


def choose(tickets: Sequence[Ticket], policies: Book, *, at: datetime) -> list[Ticket]:
    """Give saved tickets the policy whose condition they meet; returns those whose clocks became others by that.

    Conditions are asked of the database in one statement for all; without any there is none.
    """
    if not policies.conditional or not tickets:
        return []
    meant = _meant([ticket.pk for ticket in tickets], policies, at)
    other = [ticket for ticket in tickets if meant.get(ticket.pk, ticket.policy_id) != ticket.policy_id]
    for ticket in other:
        ticket.policy_id = meant[ticket.pk]
        if ticket.clock:
            _settle(ticket, policies.terms(ticket.policy_id), at)
    return other


def follow(*, tickets: Sequence[Ticket], at: datetime) -> None:
    """Let the clocks of locked tickets follow what has just become of them. The caller saves CLOCKED.

    A promise that had passed before, and that the sweep could no longer see, is recorded as broken first. Tickets
    whose clocks were never started, as those of another desk, are left alone.
    """
    begun = [ticket for ticket in tickets if ticket.clock]
    policies = book() if begun else Book()
    facts: list[tuple[Fact, Any]] = []
    for ticket in begun:
        ended = _ended(ticket, at)
        _take_in(ticket, at)
        found = _settle(ticket, policies.terms(ticket.policy_id), at)
        lost = [target for target in ended if _is_out_of_reach(ticket, target, found, at)]
        if lost:
            next_moments(ticket, policies.terms(ticket.policy_id), found)
        facts += [(broken_promise(ticket, target), SYSTEM) for target in lost]
    if facts:
        record_all(facts, at=at)


def rechoose(*, tickets: Sequence[Ticket], at: datetime) -> None:
    """After a change is saved: give tickets the policy that now applies, and save what follows."""
    write(choose([ticket for ticket in tickets if ticket.clock], book(), at=at))


def rechoose_all(*, ids: Collection[int], at: datetime) -> None:
    """As `rechoose`, for rows that were changed by the database itself and are locked."""
    policies = book() if ids else Book()
    if policies.conditional:
        begun = Ticket.objects.filter(pk__in=ids).exclude(clock={})
        write(choose(list(begun), policies, at=at))


def write(tickets: Sequence[Ticket], *fields: str) -> None:
    """Save what follows from the clocks of many tickets, and the fields named, by one statement that is run for each: a
    sweep may find thousands due.
    """
    if not tickets:
        return
    by_name = {field.name: field for field in Ticket._meta.concrete_fields}
    written = [by_name[name] for name in (*fields, *CLOCKED)]
    rows = [
        [
            *(field.get_db_prep_save(getattr(ticket, field.attname), connection) for field in written),
            ticket.pk,
        ]
        for ticket in tickets
    ]
    values = ", ".join(f"{field.column} = %s" for field in written)
    with connection.cursor() as cursor:
        cursor.executemany(" ".join(("UPDATE desk_ticket SET", values, "WHERE id = %s")), rows)


def advance(ticket: Ticket, policies: Book, *, at: datetime) -> tuple[Terms, Clocks]:
    """Bring a locked ticket's clocks up to a moment without a verb; the sweep goes on from what it returns."""
    if not ticket.clock:
        begin([ticket])
    _take_in(ticket, at)
    terms = policies.terms(ticket.policy_id)
    return terms, _settle(ticket, terms, at)


def next_moments(ticket: Ticket, terms: Terms, found: Clocks) -> None:
    """Say when a ticket's next promise ends, and when the sweep must look at it again."""
    since = found.resting
    ticket.next_due_at = ticket.next_step_at = None
    if found.story.is_resolved:
        return
    dues = [
        clock.due
        for target, clock in found.running.items()
        if clock.due is not None
        and not getattr(ticket, f"{target}_broken")
        and (since is None or clock.due <= since)
    ]
    marks = ticket.clock["marks"]
    steps = [at for step, at in step_moments(found, terms) if step.id not in marks[step.target][1]]
    ticket.next_due_at = moment(min(dues)) if dues else None
    ticket.next_step_at = moment(min(dues + steps)) if dues or steps else None


def _settle(ticket: Ticket, terms: Terms, at: datetime) -> Clocks:
    """Write down every deadline of a ticket as it follows from its story."""
    found = ticket_clocks(ticket, terms)
    marks, before = {}, ticket.clock["marks"]
    for target in TARGETS:
        clock = found.running.get(target)
        if clock is None:
            if target != FIRST_RESPONSE or ticket.first_responded_at is None:
                setattr(ticket, f"{target}_due", None)
                setattr(ticket, f"{target}_broken", False)
            continue
        due = moment(clock.due) if clock.due is not None else None
        setattr(ticket, f"{target}_due", due)
        mark = before.get(target)
        same = mark is not None and mark[0] == clock.start
        marks[target] = mark if same else [clock.start, []]
        still = same and due is not None and due <= at
        setattr(ticket, f"{target}_broken", getattr(ticket, f"{target}_broken") and still)
    resting = found.resting
    ticket.policy_id = terms.id
    ticket.paused_at = moment(resting) if resting is not None and not found.story.is_resolved else None
    ticket.clock = {**ticket.clock, "marks": marks}
    next_moments(ticket, terms, found)
    return found


def _attribute(name: str) -> str:
    return f"{name}_id" if name == "policy" else name


def _take_in(ticket: Ticket, at: datetime) -> None:
    """Note what has become of a ticket since its clocks were last looked at."""
    seen = dict(ticket.clock)
    heard, answered = ticket.last_customer_at, ticket.last_member_at
    if heard is not None and seen.get("heard") != stamp(heard):
        seen["heard"] = stamp(heard)
        ticket.unanswered_since = ticket.unanswered_since or heard
    if answered is not None and seen.get("answered") != stamp(answered):
        seen["answered"] = stamp(answered)
        ticket.last_update_at = answered
        if heard is None or heard <= answered:
            ticket.unanswered_since = None
    turn = [_rest(ticket), ticket.tier]
    last = seen["turns"][-1]
    if turn != last[1:]:
        seen["turns"] = [*seen["turns"], [max(stamp(at), last[0]), *turn]]
        if turn[0] == RESOLVED:
            ticket.unanswered_since = None  # resolving is an answer; what comes after it starts a new clock
    ticket.clock = seen


def _rest(ticket: Ticket) -> str:
    if ticket.status == Ticket.Status.RESOLVED:
        return RESOLVED
    if ticket.status == Ticket.Status.PENDING:
        return ticket.reason or Ticket.Reason.CUSTOMER
    return str(ticket.reason) if ticket.snoozed_until else ""


def _ended(ticket: Ticket, at: datetime) -> list[str]:
    """The promises that ended before a change and are not told yet, by the columns as they were until then."""
    if ticket.clock["turns"][-1][1] == RESOLVED:
        return []
    ended = []
    for target in ticket.clock["marks"]:
        due = getattr(ticket, f"{target}_due")
        if due is None or due >= at or getattr(ticket, f"{target}_broken"):
            continue
        if ticket.paused_at is None or due <= ticket.paused_at:
            ended.append((due, target))
    return [target for _due, target in sorted(ended)]


def _is_out_of_reach(ticket: Ticket, target: str, found: Clocks, at: datetime) -> bool:
    """Whether the clock has stopped, so that nobody looks at a promise that had ended before; its mark stays."""
    if found.resting is not None or target not in found.running:
        if target in found.running or target == FIRST_RESPONSE:
            setattr(ticket, f"{target}_broken", True)
        return True
    due = getattr(ticket, f"{target}_due")
    return due is None or due >= at


def broken_promise(ticket: Ticket, target: str, step: int = 0) -> PromiseBroken:
    """The fact that a promise of a ticket has passed."""
    return PromiseBroken(
        ticket=ticket.pk, member=ticket.owner_id, target=target, step=step, policy=ticket.policy_id
    )


def _meant(ids: Sequence[int], policies: Book, at: datetime) -> dict[int, int | None]:
    whens = []
    for terms in policies.conditional:
        try:
            meets = Ticket.objects.filter(condition(terms.condition, member=None, at=at), pk=OuterRef("pk"))
        except Refused:  # it names something that is gone; its page in the settings says so
            continue
        whens.append(When(Exists(meets), then=Value(terms.id)))
    if not whens:
        return dict.fromkeys(ids, policies.default.id)
    chosen = Case(*whens, default=Value(0), output_field=BigIntegerField())
    found = Ticket.objects.filter(pk__in=ids).values_list("pk", chosen)
    return {pk: policy or policies.default.id for pk, policy in found}
