"""Verbs on surveys: defining them and asking. Answering stands in `ratings`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from fengong.customers.actions.notices import leave_notice
from fengong.customers.models import Contact, OutgoingNotice
from fengong.desk.language import condition
from fengong.desk.models import Rating, Survey, Ticket
from fengong.desk.reading import satisfaction as reading
from fengong.desk.verdicts import RatingAsked, SurveyAsked, SurveyDefined
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import Fact, record
from fengong.people.policies import require

FIELDS = frozenset(
    {"name", "question_zh", "question_en", "ways", "condition", "delay_minutes", "repeat_days", "low", "follow_up",
     "active"}
)  # fmt: skip
AT_ONCE = 200


def define_survey(
    *, actor: Actor, values: Mapping[str, Any], at: datetime, survey: Survey | None = None, kind: str = ""
) -> Survey:
    """A new survey of a kind, or another wording and other limits for one that stands; its kind stays."""
    require(actor, "desk.configure")
    row = survey or Survey(kind=kind or Survey.Kind.CSAT, considered_until=at)
    for field in values.keys() & FIELDS:
        setattr(row, field, values[field])
    _check(row, at)
    try:
        with transaction.atomic():
            row.save()
            fact = SurveyDefined(survey=row.pk, kind=row.kind, active=row.active)
            record(fact, actor=actor, at=at)
    except IntegrityError as error:
        raise Conflict(
            _("Another survey of this kind is being asked. End that one first."), field="active"
        ) from error
    return row


def ask(
    *, actor: Actor, survey: Survey, contact: Contact, at: datetime, ticket: Ticket | None = None
) -> Rating | None:
    """Ask a customer, by mail where that is wanted and they have an address. None when it was asked meanwhile."""
    require(actor, "ticket.work")
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                survey=survey,
                contact=contact,
                ticket=ticket,
                member=ticket.owner if ticket else None,
                asked_at=at,
            )
            if "mail" in survey.ways and contact.email:
                leave_notice(
                    actor=actor,
                    contact=contact,
                    kind=OutgoingNotice.Kind.SURVEY,
                    payload={"rating": rating.pk},
                    expires_at=at + reading.OPEN_FOR,
                    at=at,
                )
            record(_asked(rating), actor=actor, at=at)
    except IntegrityError:
        return None
    return rating


def ask_due(*, actor: Actor, at: datetime) -> int:
    """Ask whoever is due: after tickets that were closed, and once in a while; returns how many were asked."""
    require(actor, "ticket.work")
    asked = 0
    if csat := reading.active(Survey.Kind.CSAT):
        asked += _ask_after_closing(csat, actor, at)
    if nps := reading.active(Survey.Kind.NPS):
        asked += _ask_on_schedule(nps, actor, at)
    return asked


def _ask_after_closing(survey: Survey, actor: Actor, at: datetime) -> int:
    tickets = reading.to_ask(survey, at=at, limit=AT_ONCE)
    asked: set[int] = set()
    for ticket in tickets:
        if ticket.customer_id not in asked or not survey.repeat_days:
            ask(actor=actor, survey=survey, contact=ticket.customer, ticket=ticket, at=at)
            asked.add(ticket.customer_id)
    full = len(tickets) == AT_ONCE
    survey.considered_until = (
        tickets[-1].resolved_at if full else at - timedelta(minutes=survey.delay_minutes)
    )
    survey.save(update_fields=["considered_until"])
    return len(asked)


def _ask_on_schedule(survey: Survey, actor: Actor, at: datetime) -> int:
    contacts = reading.to_ask_for_recommendation(survey, at=at, limit=AT_ONCE)
    for contact in contacts:
        ask(actor=actor, survey=survey, contact=contact, at=at)
    survey.save(update_fields=["cursor"])
    return len(contacts)


def _asked(rating: Rating) -> Fact:
    if rating.ticket_id is None:
        return SurveyAsked(customer=rating.contact_id, rating=rating.pk)
    return RatingAsked(ticket=rating.ticket_id, customer=rating.contact_id, rating=rating.pk)


def _check(survey: Survey, at: datetime) -> None:
    survey.name = survey.name.strip()
    if not survey.name:
        raise Invalid(_("Give it a name."), field="name")
    if not survey.question_zh.strip() and not survey.question_en.strip():
        raise Invalid(_("Write the question in at least one language."), field="question_zh")
    if not set(survey.ways) <= set(Survey.WAYS):
        raise Invalid(_("Choose from mail, portal and chat."), field="ways")
    if not survey.lowest <= survey.low < survey.highest:
        raise Invalid(_("This score is not on the scale."), field="low")
    try:
        condition(survey.condition, member=None, at=at)
    except Invalid as refusal:
        raise Invalid(refusal.message, field="condition") from refusal
