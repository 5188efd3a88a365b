"""Deeds that say something: to the customer, to colleagues, to other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.automation.actions.notices import ask_webhook, notify_members
from fengong.automation.deeds import readers
from fengong.automation.deeds.deed import Deed, Work
from fengong.automation.deeds.kinds import Choice, Line, Parameter, Words
from fengong.automation.deeds.wording import fill
from fengong.desk.actions.messages import add_note, reply
from fengong.desk.actions.priorities import set_priority
from fengong.desk.actions.unattended import answer_unattended, note_unattended
from fengong.desk.models import Ticket
from fengong.kernel.errors import Conflict
from fengong.people import queries as people
from fengong.people.models import Member

URGENT = Ticket.Priority.URGENT


def _reply(work: Work, zh: str = "", en: str = "") -> None:
    first, second = (zh, en) if work.ticket.language.startswith("zh") else (en, zh)
    body = fill(first or second, ticket=work.ticket, member=work.member)
    if work.member:
        reply(actor=work.actor, ticket=work.ticket, member=work.member, body=body, at=work.at)
    else:
        answer_unattended(actor=work.actor, ticket=work.ticket, body=body, at=work.at)


def _note(work: Work, text: str) -> None:
    body = fill(text, ticket=work.ticket, member=work.member)
    if work.member:
        add_note(actor=work.actor, ticket=work.ticket, member=work.member, body=body, at=work.at)
    else:
        note_unattended(actor=work.actor, ticket=work.ticket, body=body, at=work.at)


def _notify(work: Work, who: Any, text: str) -> None:
    said = fill(text, ticket=work.ticket, member=work.member)
    notify_members(
        actor=work.actor, ticket=work.ticket, members=_people(work.ticket, who), text=said, at=work.at
    )


def _people(ticket: Ticket, who: Any) -> Iterable[Member]:
    """Those a word or a number means on this ticket. While it has no owner, its team is everybody."""
    team = ticket.owner.team_id if ticket.owner else None
    if who == readers.OWNER:
        return [ticket.owner] if ticket.owner else []
    if who == readers.LEAD:
        leads = [known.lead_id for known in people.teams() if known.lead_id and team in (None, known.pk)]
        return people.members().filter(pk__in=leads)
    if who == readers.TEAM:
        return people.members().filter(team_id=team) if team else people.members()
    return people.members().filter(pk=who)


def _call_webhook(work: Work, endpoint: str) -> None:
    ask_webhook(actor=work.actor, ticket=work.ticket, endpoint=endpoint, at=work.at)


def _swarm(work: Work, text: str) -> None:
    """Until an emergency room exists: urgent, the lead and the team told, and a note that says so."""
    if work.ticket.status == Ticket.Status.RESOLVED:
        raise Conflict(_("The ticket is resolved; reopen it first."))
    set_priority(actor=work.actor, ticket=work.ticket, priority=URGENT, at=work.at)
    call, said = _("Everybody to this ticket, please."), fill(text, ticket=work.ticket, member=work.member)
    together = {member.pk: member for who in ("lead", "team") for member in _people(work.ticket, who)}
    notify_members(
        actor=work.actor, ticket=work.ticket, members=together.values(), text=f"{call} {said}", at=work.at
    )


TEXT = Parameter("text", gettext_lazy("Text"), Words(), templated=True)
DEEDS = (
    Deed(
        "reply",
        pgettext_lazy("deed", "Reply to the customer"),
        pgettext_lazy("deed", "Reply: %(zh)s %(en)s"),
        "reply",
        _reply,
        (
            Parameter("zh", gettext_lazy("Text in Chinese"), Words(), required=False, templated=True),
            Parameter("en", gettext_lazy("Text in English"), Words(), required=False, templated=True),
        ),
        one_of=("zh", "en"),
    ),
    Deed(
        "note",
        pgettext_lazy("deed", "Leave a note"),
        pgettext_lazy("deed", "Note: %(text)s"),
        "sticky-note",
        _note,
        (TEXT,),
    ),
    Deed(
        "notify",
        pgettext_lazy("deed", "Notify colleagues"),
        pgettext_lazy("deed", "Notify %(who)s: %(text)s"),
        "bell",
        _notify,
        (Parameter("who", gettext_lazy("Whom"), Choice(readers.audience)), TEXT),
    ),
    Deed(
        "webhook",
        pgettext_lazy("deed", "Call a webhook"),
        pgettext_lazy("deed", "Call the webhook %(endpoint)s"),
        "webhook",
        _call_webhook,
        (Parameter("endpoint", gettext_lazy("Name of the endpoint"), Line()),),
    ),
    Deed(
        "start_swarm",
        pgettext_lazy("deed", "Call everybody together"),
        pgettext_lazy("deed", "Call everybody together: %(text)s"),
        "triangle-alert",
        _swarm,
        (TEXT,),
    ),
)
