"""Deeds that say what a ticket is, where it stands and who has it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.automation.deeds import readers
from fengong.automation.deeds.deed import Deed, Work
from fengong.automation.deeds.kinds import Choice, Parameter, Words
from fengong.automation.deeds.wording import fill
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.tickets import pend_ticket, reopen_ticket, resolve_ticket
from fengong.desk.actions.topics import change_topic
from fengong.desk.models import Ticket
from fengong.dispatch.actions.assignments import assign_ticket
from fengong.dispatch.actions.escalations import escalate_ticket
from fengong.dispatch.actions.placing import place_ticket, return_ticket, set_tier
from fengong.kernel.errors import Conflict, Missing
from fengong.people import queries as people


def _set_priority(work: Work, priority: int) -> None:
    set_priority(actor=work.actor, ticket=work.ticket, priority=priority, at=work.at)


def _set_topic(work: Work, topic: int, difficulty: int | None = None) -> None:
    known = people.topic(topic)
    if known is None:
        raise Missing(_("This topic does not exist any more."))
    change_topic(actor=work.actor, ticket=work.ticket, topic=known, difficulty=difficulty, at=work.at)


def _wait(work: Work, reason: str = "") -> None:
    pend_ticket(actor=work.actor, ticket=work.ticket, reason=reason or Ticket.Reason.CUSTOMER, at=work.at)


def _resolve(work: Work, reason: str = "") -> None:
    resolve_ticket(actor=work.actor, ticket=work.ticket, reason=reason or Ticket.Reason.SOLVED, at=work.at)


def _reopen(work: Work) -> None:
    reopen_ticket(actor=work.actor, ticket=work.ticket, at=work.at)


def _assign(work: Work, member: Any) -> None:
    if member == readers.NOBODY:
        return_ticket(actor=work.actor, ticket=work.ticket, at=work.at)
        return
    wanted = work.member if member == readers.ME else people.member(int(member))
    if wanted is None:
        raise Conflict(_("There is nobody to give it to."))
    assign_ticket(actor=work.actor, ticket=work.ticket, member=wanted, at=work.at)


def _place(work: Work, team: int | None = None) -> None:
    known = next((found for found in people.teams() if found.pk == team), None)
    if team is not None and known is None:
        raise Missing(_("This team does not exist any more."))
    place_ticket(actor=work.actor, ticket=work.ticket, team=known, at=work.at)


def _escalate(work: Work, tried: str, found: str, wanted: str) -> None:
    said = partial(fill, ticket=work.ticket, member=work.member)
    escalate_ticket(
        actor=work.actor,
        ticket=work.ticket,
        tried=said(tried),
        found=said(found),
        wanted=said(wanted),
        at=work.at,
    )


def _set_tier(work: Work, tier: int) -> None:
    set_tier(actor=work.actor, ticket=work.ticket, tier=tier, at=work.at)


def _part(name: str, label: Any) -> Parameter:
    return Parameter(name, label, Words(4000), templated=True)


DEEDS = (
    Deed(
        "set_priority",
        pgettext_lazy("deed", "Set the priority"),
        pgettext_lazy("deed", "Priority: %(priority)s"),
        "flag",
        _set_priority,
        (Parameter("priority", gettext_lazy("Priority"), Choice(readers.priorities)),),
    ),
    Deed(
        "set_topic",
        pgettext_lazy("deed", "Set topic and difficulty"),
        pgettext_lazy("deed", "Topic: %(topic)s %(difficulty)s"),
        "tag",
        _set_topic,
        (
            Parameter("topic", gettext_lazy("Topic"), Choice(readers.topics)),
            Parameter("difficulty", gettext_lazy("Difficulty"), Choice(readers.difficulties), required=False),
        ),
    ),
    Deed(
        "wait",
        pgettext_lazy("deed", "Let it wait"),
        pgettext_lazy("deed", "Let it wait: %(reason)s"),
        "pause",
        _wait,
        (Parameter("reason", gettext_lazy("For what"), Choice(readers.rests), required=False),),
    ),
    Deed(
        "resolve",
        pgettext_lazy("deed", "Resolve"),
        pgettext_lazy("deed", "Resolve: %(reason)s"),
        "check",
        _resolve,
        (Parameter("reason", gettext_lazy("How it ended"), Choice(readers.outcomes), required=False),),
    ),
    Deed(
        "reopen", pgettext_lazy("deed", "Reopen"), pgettext_lazy("deed", "Reopen"), "rotate-ccw", _reopen
    ),
    Deed(
        "assign",
        pgettext_lazy("deed", "Give to a member"),
        pgettext_lazy("deed", "Give to %(member)s"),
        "user-check",
        _assign,
        (Parameter("member", gettext_lazy("To whom"), Choice(readers.assignees)),),
    ),
    Deed(
        "hand_to_team",
        pgettext_lazy("deed", "Give to the best member of a team"),
        pgettext_lazy("deed", "Give to the best member: %(team)s"),
        "users",
        _place,
        (Parameter("team", gettext_lazy("Team"), Choice(readers.teams), required=False),),
    ),
    Deed(
        "escalate",
        pgettext_lazy("deed", "Escalate one tier up"),
        pgettext_lazy("deed", "Escalate; wanted: %(wanted)s"),
        "arrow-up-right",
        _escalate,
        (
            _part("tried", gettext_lazy("What was tried")),
            _part("found", gettext_lazy("What was found")),
            _part("wanted", gettext_lazy("What is wanted")),
        ),
    ),
    Deed(
        "set_tier",
        pgettext_lazy("deed", "Set the tier"),
        pgettext_lazy("deed", "Tier: %(tier)s"),
        "layers",
        _set_tier,
        (Parameter("tier", gettext_lazy("Tier"), Choice(readers.tiers)),),
    ),
)  # fmt: skip
