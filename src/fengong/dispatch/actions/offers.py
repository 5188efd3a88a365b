"""Verbs on offers: work that is given on trial is accepted, passed on, or missed.

An offered ticket has its owner and holds their room, so that nobody else gets either. Passing it on puts it back at the
head of its own waiting; it is then asked of somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fengong.desk.actions import ownership
from fengong.desk.actions.locking import locked
from fengong.desk.models import Load, Ticket
from fengong.dispatch import queries
from fengong.dispatch.events import MemberRested, OfferAccepted, OfferDeclined, OfferMissed
from fengong.dispatch.models import Decision, Offer
from fengong.dispatch.policy_rules import Offers
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Denied
from fengong.kernel.spine import record
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.rota.actions.presence import online_locked, set_presence

AT_ONCE = 100


def offer_tickets(*, decisions: Iterable[Decision], at: datetime) -> None:
    """Note, in the transaction that gives tickets, which of them are given on trial."""
    offers = [
        Offer(
            ticket_id=decision.ticket_id,
            member_id=decision.winner_id,
            offered_at=at,
            expires_at=at + timedelta(seconds=decision.notes["offered"]),
        )
        for decision in decisions
        if decision.notes.get("offered")
    ]
    if offers:
        withdraw_offers(ticket_ids=[offer.ticket_id for offer in offers], at=at)
        Offer.objects.bulk_create(offers)


def withdraw_offers(*, ticket_ids: Iterable[int], at: datetime) -> None:
    """End open offers of tickets that have gone another way."""
    Offer.objects.filter(ticket_id__in=list(ticket_ids), answer="").update(
        answer=Offer.Answer.WITHDRAWN, answered_at=at
    )


def accept_offer(*, actor: Actor, ticket: Ticket, at: datetime) -> Offer:
    """Take on what was offered. Accepting it again changes nothing."""
    with transaction.atomic():
        row = locked(ticket)
        offer = _of(actor, row)
        if offer.answer == Offer.Answer.OPEN:
            _answer(offer, Offer.Answer.ACCEPTED, at)
            record(OfferAccepted(ticket=row.pk, member=offer.member_id), actor=actor, at=at)
    return offer


def decline_offer(*, actor: Actor, ticket: Ticket, at: datetime, reason: str = "") -> Offer:
    """Pass on what was offered; it waits for somebody else at once."""
    _edition, rules = queries.rules_in_force()
    with transaction.atomic():
        row = locked(ticket)
        offer = _of(actor, row)
        if offer.answer != Offer.Answer.OPEN or _unsaid(offer, row):
            raise Conflict(_("The offer is no longer open."), code="answered")
        offer.reason = reason.strip()[:300]
        _pass_on(offer, row, Offer.Answer.DECLINED, rules.offers, at)
        record(OfferDeclined(ticket=row.pk, member=offer.member_id, reason=offer.reason), actor=actor, at=at)
    return offer


def expire_offers(*, actor: Actor, at: datetime) -> int:
    """End the offers whose time is over; returns how many were missed. Who misses work too often is put to rest."""
    require(actor, "ticket.assign")
    due = Offer.objects.filter(answer="", expires_at__lte=at).order_by("expires_at")[:AT_ONCE]
    if not due:
        return 0
    _edition, rules = queries.rules_in_force()
    return sum(_expire(offer, rules.offers, actor, at) for offer in due)


def _expire(offer: Offer, rules: Offers, actor: Actor, at: datetime) -> bool:
    with transaction.atomic():
        here = online_locked([offer.member_id])
        row = locked(Ticket(pk=offer.ticket_id))
        found = Offer.objects.select_for_update(no_key=True).filter(pk=offer.pk, answer="").first()
        if found is None:
            return False
        answer = _unsaid(found, row)
        if answer:
            _answer(found, answer, at)
            return False
        _pass_on(found, row, Offer.Answer.MISSED, rules, at)
        record(OfferMissed(ticket=row.pk, member=found.member_id), actor=actor, at=at)
        if here and rules.missed and _missed_in_a_row(found.member_id, rules.missed):
            _rest(found.member_id, rules.missed, actor, at)
    return True


def _unsaid(offer: Offer, ticket: Ticket) -> str:
    """What became of an offer that nobody answered in so many words."""
    if ticket.owner_id != offer.member_id or ticket.assigned_at is None:
        return Offer.Answer.WITHDRAWN
    worked = ticket.last_member_at is not None and ticket.last_member_at >= offer.offered_at
    if worked or ticket.status != Ticket.Status.OPEN:
        return Offer.Answer.ACCEPTED
    return ""


def _pass_on(offer: Offer, ticket: Ticket, answer: str, rules: Offers, at: datetime) -> None:
    offer.apart_until = at + timedelta(minutes=rules.apart)
    _answer(offer, answer, at)
    effort = ticket.effort
    ownership.put_back(ticket=ticket, at=at)
    Load.objects.filter(member_id=offer.member_id, given__gte=effort).update(given=F("given") - effort)


def _missed_in_a_row(member_id: int, count: int) -> bool:
    answered = Offer.objects.filter(member_id=member_id).exclude(answer__in=("", Offer.Answer.WITHDRAWN))
    last = list(answered.order_by("-answered_at", "-pk").values_list("answer", flat=True)[:count])
    return len(last) == count and set(last) == {Offer.Answer.MISSED}


def _rest(member_id: int, missed: int, actor: Actor, at: datetime) -> None:
    member = people.member(member_id)
    if member is not None:
        set_presence(actor=actor, member=member, status="away", at=at)
        record(MemberRested(member=member_id, missed=missed), actor=actor, at=at)


def _answer(offer: Offer, answer: str, at: datetime) -> None:
    offer.answer, offer.answered_at = answer, at
    offer.save(update_fields=["answer", "answered_at", "apart_until", "reason"])


def _of(actor: Actor, ticket: Ticket) -> Offer:
    """The newest offer of a locked ticket, to the actor."""
    offer = Offer.objects.filter(ticket=ticket).order_by("-offered_at", "-pk").first()
    if offer is None or ticket.owner_id != offer.member_id:
        raise Conflict(_("The offer is no longer open."), code="answered")
    if actor.ref != f"member:{offer.member_id}":
        raise Denied(_("Only whom it was offered to can answer."))
    return offer
