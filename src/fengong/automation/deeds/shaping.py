"""Deeds that shape a ticket: tags, type, fields, rest, watchers, parts of it given to others."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengong.automation.deeds import readers
from fengong.automation.deeds.deed import Deed, Work
from fengong.automation.deeds.kinds import Choice, Line, Parameter, Whole
from fengong.automation.deeds.wording import fill
from fengong.desk.actions.children import open_child
from fengong.desk.actions.fields import set_fields, set_type
from fengong.desk.actions.snoozes import snooze_ticket
from fengong.desk.actions.surveys import ask
from fengong.desk.actions.tags import tag_ticket
from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.reading import fields as fields_reading
from fengong.desk.reading import satisfaction
from fengong.desk.reading import templates as templates_reading
from fengong.kernel.errors import Conflict, Missing
from fengong.people import queries as people

A_YEAR = 365 * 24 * 60


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]


def _add_tags(work: Work, tags: str) -> None:
    tag_ticket(actor=work.actor, ticket=work.ticket, add=_names(tags), at=work.at)


def _remove_tags(work: Work, tags: str) -> None:
    tag_ticket(actor=work.actor, ticket=work.ticket, remove=_names(tags), at=work.at)


def _set_type(work: Work, type: int | None = None) -> None:
    known = fields_reading.ticket_type(type) if type else None
    if type and known is None:
        raise Missing(_("This type does not exist any more."))
    set_type(actor=work.actor, ticket=work.ticket, type=known, at=work.at)


def _set_field(work: Work, field: str, value: str = "") -> None:
    filled = fill(value, ticket=work.ticket, member=work.member)
    set_fields(actor=work.actor, ticket=work.ticket, values={field: filled or None}, at=work.at)


def _snooze(work: Work, minutes: int) -> None:
    until = work.at + timedelta(minutes=minutes)
    snooze_ticket(actor=work.actor, ticket=work.ticket, until=until, at=work.at)


def _watch(work: Work, member: int) -> None:
    known = people.member(member)
    if known is None:
        raise Missing(_("This member is not on the team any more."))
    watch_ticket(actor=work.actor, ticket=work.ticket, member=known, at=work.at)


def _open_child(work: Work, template: int) -> None:
    known = templates_reading.template(template)
    writer = work.member or work.ticket.owner
    if known is None:
        raise Missing(_("This template does not exist any more."))
    if writer is None:
        raise Conflict(_("A child ticket needs somebody who asks for it; this one has no owner."))
    open_child(
        actor=work.actor,
        ticket=work.ticket,
        member=writer,
        subject=known.subject or known.label,
        body=known.body or known.label,
        topic=known.topic,
        difficulty=known.difficulty,
        priority=known.priority,
        at=work.at,
    )


def _ask_csat(work: Work) -> None:
    survey = satisfaction.active("csat")
    if survey is None:
        raise Conflict(_("No satisfaction survey is being asked."))
    contact = work.ticket.customer
    if ask(actor=work.actor, survey=survey, contact=contact, ticket=work.ticket, at=work.at) is None:
        raise Conflict(_("The customer was asked about this ticket already."))


TAGS = Parameter("tags", gettext_lazy("Tags, separated by commas"), Line(400))
DEEDS = (
    Deed(
        "add_tags",
        pgettext_lazy("deed", "Add tags"),
        pgettext_lazy("deed", "Add tags: %(tags)s"),
        "tag",
        _add_tags,
        (TAGS,),
    ),
    Deed(
        "remove_tags",
        pgettext_lazy("deed", "Remove tags"),
        pgettext_lazy("deed", "Remove tags: %(tags)s"),
        "tag",
        _remove_tags,
        (TAGS,),
    ),
    Deed(
        "set_type",
        pgettext_lazy("deed", "Set the type"),
        pgettext_lazy("deed", "Type: %(type)s"),
        "layers",
        _set_type,
        (Parameter("type", gettext_lazy("Type"), Choice(readers.types), required=False),),
    ),
    Deed(
        "set_field",
        pgettext_lazy("deed", "Fill in a field"),
        pgettext_lazy("deed", "%(field)s: %(value)s"),
        "text-cursor-input",
        _set_field,
        (
            Parameter("field", gettext_lazy("Field"), Choice(readers.fields)),
            Parameter("value", gettext_lazy("Value"), Line(2000), required=False, templated=True),
        ),
    ),
    Deed(
        "snooze",
        pgettext_lazy("deed", "Snooze"),
        pgettext_lazy("deed", "Snooze for %(minutes)s minutes"),
        "alarm-clock",
        _snooze,
        (Parameter("minutes", gettext_lazy("For how many minutes"), Whole(1, A_YEAR)),),
    ),
    Deed(
        "watch",
        pgettext_lazy("deed", "Let a colleague watch"),
        pgettext_lazy("deed", "%(member)s watches"),
        "eye",
        _watch,
        (Parameter("member", gettext_lazy("Who"), Choice(readers.members)),),
    ),
    Deed(
        "open_child",
        pgettext_lazy("deed", "Open a child ticket"),
        pgettext_lazy("deed", "Open a child ticket: %(template)s"),
        "network",
        _open_child,
        (Parameter("template", gettext_lazy("Template"), Choice(readers.templates)),),
    ),
    Deed(
        "ask_csat",
        pgettext_lazy("deed", "Ask how it went"),
        pgettext_lazy("deed", "Ask how it went"),
        "smile",
        _ask_csat,
    ),
)
