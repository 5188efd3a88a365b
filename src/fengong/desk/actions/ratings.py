"""Verbs on answers: customers rate, and somebody looks after those who are not satisfied."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from fengong.customers.models import Contact
from fengong.customers.policies import require_self
from fengong.desk.actions.drafting import Matter, draft
from fengong.desk.actions.tickets import save_new
from fengong.desk.actions.unattended import note_unattended
from fengong.desk.actions.watchers import watch_ticket
from fengong.desk.facts import ParentSet
from fengong.desk.models import Message, Rating, Survey, Ticket
from fengong.desk.policies import require_reading
from fengong.desk.reading import satisfaction as reading
from fengong.desk.verdicts import SurveyAnswered, TicketRated
from fengong.kernel.actor import SYSTEM, Actor
from fengong.kernel.errors import Conflict, Invalid
from fengong.kernel.spine import Fact, record
from fengong.people.models import Member

LONGEST = 2_000


def rate(
    *, actor: Actor, rating: Rating, score: int, at: datetime, comment: str = "", via: str = "mail"
) -> Rating:
    """Write down what a customer answered. They may think again while the question is open; the last word counts."""
    with transaction.atomic():
        row = (
            Rating.objects.select_for_update(no_key=True, of=("self",))
            .select_related("survey")
            .get(pk=rating.pk)
        )
        require_self(actor, row.contact)
        if at > row.asked_at + reading.OPEN_FOR:
            raise Conflict(_("This question is too old to be answered."), code="too_old")
        if not row.survey.lowest <= score <= row.survey.highest:
            raise Invalid(_("This score is not on the scale."), field="score")
        row.score, row.answered_at, row.via = score, at, via
        row.comment = comment.strip()[:LONGEST] or row.comment
        row.save(update_fields=["score", "answered_at", "via", "comment"])
        record(_answered(row), actor=actor, at=at)
        if row.is_low and row.follow_up_id is None:
            _follow_up(row, at)
    return row


def rate_ticket(
    *, actor: Actor, ticket: Ticket, score: int, at: datetime, comment: str = "", via: str = "portal"
) -> Rating:
    """Rate in place, on a page that shows the resolved ticket, whether its customer was asked by mail or not yet."""
    require_reading(actor, ticket)
    survey = reading.question_for(ticket, via)
    if survey is None:
        raise Conflict(_("There is nothing to rate now."))
    given = {"contact": ticket.customer, "member": ticket.owner, "asked_at": at}
    with transaction.atomic():
        rating, _new = Rating.objects.get_or_create(survey=survey, ticket=ticket, defaults=given)
        return rate(actor=actor, rating=rating, score=score, comment=comment, via=via, at=at)


def _answered(rating: Rating) -> Fact:
    if rating.ticket_id is None:
        return SurveyAnswered(customer=rating.contact_id, rating=rating.pk)
    return TicketRated(
        ticket=rating.ticket_id, customer=rating.contact_id, member=rating.member_id, rating=rating.pk
    )


def _follow_up(rating: Rating, at: datetime) -> None:
    """Do what the survey wants to be done about a low score; on which ticket, is remembered."""
    way = rating.survey.follow_up
    if way == Survey.FollowUp.NONE:
        return
    with override(_language(rating.contact)):
        sentence = _(
            "%(customer)s is not satisfied. Please look after them; what they said stands in Satisfaction."
        )
        words = sentence % {"customer": rating.contact.display_name}
        if way == Survey.FollowUp.NOTE and rating.ticket is not None:
            note_unattended(actor=SYSTEM, ticket=rating.ticket, body=words, at=at)
            followed = rating.ticket
        else:
            followed = _ticket_of_its_own(rating, words, at)
    if (lead := _lead(rating)) is not None:
        watch_ticket(actor=SYSTEM, ticket=followed, member=lead, at=at)
    rating.follow_up = followed
    rating.save(update_fields=["follow_up"])


def _ticket_of_its_own(rating: Rating, words: str, at: datetime) -> Ticket:
    """A part of the matter that its customer is not shown, for whoever takes it on."""
    about = rating.ticket
    matter = Matter(
        customer=rating.contact,
        subject=_("Follow up on a low rating: %(subject)s")
        % {"subject": about.subject[:150] if about else rating.survey.name},
        body=words,
        channel=about.channel if about else Ticket.Channel.WEB,
        language=_language(rating.contact),
        topic=about.topic if about else None,
        difficulty=about.difficulty if about and about.topic else None,
        priority=Ticket.Priority.HIGH,
    )
    ticket = draft(matter, at=at)
    ticket.parent = (about.parent or about) if about else None
    save_new(
        actor=SYSTEM, ticket=ticket, messages=[Message(body=words, kind=Message.Kind.NOTE, at=at)], at=at
    )
    if ticket.parent:
        record(ParentSet(ticket=ticket.pk, parent=ticket.parent.pk, previous=None), actor=SYSTEM, at=at)
    return ticket


def _lead(rating: Rating) -> Member | None:
    """Who leads the team of the member who had the ticket."""
    return rating.member.team.lead if rating.member else None


def _language(contact: Contact) -> str:
    return contact.language or "zh-hans"
