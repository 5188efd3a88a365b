"""Named reads of surveys and of what customers answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fengong.customers.models import Contact
from fengong.desk import queries
from fengong.desk.models import Rating, Survey, Ticket
from fengong.kernel.actor import Actor

SIGNED_AS = "fengong.desk.rating"
OPEN_FOR = timedelta(days=30)
"""How long after it was asked a question can be answered."""
LATEST = timedelta(days=3)
"""How long after a ticket was resolved its customer is still asked for the first time."""
AGAIN = timedelta(minutes=10)
"""Span looked at once more, for what became visible late."""
ALIVE = timedelta(days=180)
"""Who has written within this time is asked whether they would recommend us."""
NOT_OURS = (Ticket.Reason.SPAM, Ticket.Reason.MERGED, Ticket.Reason.NOT_OURS)


def surveys() -> QuerySet[Survey]:
    """All surveys, with how often each was asked and answered."""
    return Survey.objects.annotate(
        asked=Count("ratings"), answered=Count("ratings", filter=Q(ratings__answered_at__isnull=False))
    )


def survey(pk: int) -> Survey | None:
    """One survey."""
    return Survey.objects.filter(pk=pk).first()


def active(kind: str) -> Survey | None:
    """The survey of this kind that is being asked."""
    return Survey.objects.filter(kind=kind, active=True).first()


def rating(pk: int) -> Rating | None:
    """One rating with what it is about."""
    return Rating.objects.select_related("survey", "ticket", "contact").filter(pk=pk).first()


def address_of(rating: Rating) -> str:
    """Where whoever was asked by mail answers; nobody can make such an address up."""
    return f"{settings.PUBLIC_URL}/rate/{signing.dumps(rating.pk, salt=SIGNED_AS)}"


def rating_by_token(token: str) -> Rating | None:
    """The rating an address of a mail leads to."""
    try:
        return rating(int(signing.loads(token, salt=SIGNED_AS)))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def rating_of(ticket: Ticket) -> Rating | None:
    """What the customer of a ticket was asked or has answered about it."""
    return Rating.objects.select_related("survey").filter(ticket=ticket).order_by("-asked_at").first()


def question_for(ticket: Ticket, way: str) -> Survey | None:
    """What to ask in place on a resolved ticket; None while there is nothing to ask, or it was answered."""
    if ticket.status != Ticket.Status.RESOLVED or ticket.reason in NOT_OURS:
        return None
    found = active(Survey.Kind.CSAT)
    if found is None or way not in found.ways:
        return None
    answered = Rating.objects.filter(survey=found, ticket=ticket, answered_at__isnull=False)
    return None if answered.exists() else found


def open_recommendation(contact: Contact, *, at: datetime) -> Rating | None:
    """The question whether they would recommend us that a customer has not answered yet."""
    asked = Rating.objects.select_related("survey").filter(contact=contact, survey__kind=Survey.Kind.NPS)
    fresh = asked.filter(answered_at__isnull=True, asked_at__gt=at - OPEN_FOR, survey__active=True)
    return fresh.order_by("-asked_at").first()


def to_ask(survey: Survey, *, at: datetime, limit: int) -> list[Ticket]:
    """Resolved tickets whose customers should be asked now, in the order in which they were resolved."""
    until = at - timedelta(minutes=survey.delay_minutes)
    since = max(until - LATEST, (survey.considered_until or until - LATEST) - AGAIN)
    told = Rating.objects.filter(survey=survey, ticket=OuterRef("pk"))
    lately = Rating.objects.filter(
        survey=survey, contact=OuterRef("customer"), asked_at__gt=at - timedelta(days=survey.repeat_days)
    )
    found = queries.matching(survey.condition, member=None, at=at).filter(
        status=Ticket.Status.RESOLVED, resolved_at__gt=since, resolved_at__lte=until, parent__isnull=True
    )
    fresh = found.exclude(reason__in=NOT_OURS).filter(~Exists(told), ~Exists(lately))
    return list(fresh.order_by("resolved_at", "id")[:limit])


def to_ask_for_recommendation(survey: Survey, *, at: datetime, limit: int) -> list[Contact]:
    """The next contacts past the survey's place who have an address, have written lately, and were not asked lately."""
    some = list(Contact.objects.filter(pk__gt=survey.cursor, email__isnull=False).order_by("pk")[:limit])
    ids = [contact.pk for contact in some]
    asked_since = at - timedelta(days=survey.repeat_days)
    asked = set(
        Rating.objects.filter(survey=survey, contact__in=ids, asked_at__gt=asked_since).values_list(
            "contact_id", flat=True
        )
    )
    wrote = set(
        Ticket.objects.filter(customer__in=ids, opened_at__gt=at - ALIVE).values_list(
            "customer_id", flat=True
        )
    )
    survey.cursor = ids[-1] if len(ids) == limit else 0
    return [contact for contact in some if contact.pk in wrote - asked]


def visible(actor: Actor) -> QuerySet[Rating]:
    """Answers an actor may see: agents those about tickets they had, leads all."""
    answered = Rating.objects.filter(answered_at__isnull=False)
    if not actor.may("ticket.assign"):
        mine = int(actor.ref.partition(":")[2]) if actor.ref.startswith("member:") else 0
        answered = answered.filter(member_id=mine)
    return answered.select_related("survey", "ticket", "contact", "member", "follow_up")


@dataclass(frozen=True, slots=True)
class Figures:
    """What answers add up to. Shares are of `answered`; `score` is the NPS, or the share of satisfied customers."""

    asked: int
    answered: int
    counts: tuple[tuple[int, int], ...]
    score: float | None
    average: float | None


def figures(found: QuerySet[Rating], survey: Survey, *, asked: int) -> Figures:
    """Count answers by score. NPS = share of 9 and 10 less share of 0 to 6; CSAT = share of 4 and 5."""
    by_score = dict(
        found.filter(survey=survey)
        .order_by()
        .values_list("score")
        .annotate(count=Count("id"))
        .values_list("score", "count")
    )
    counts = tuple((score, by_score.get(score, 0)) for score in range(survey.highest, survey.lowest - 1, -1))
    answered = sum(count for _score, count in counts)
    if not answered:
        return Figures(asked, 0, counts, None, None)
    best = 9 if survey.kind == Survey.Kind.NPS else 4
    good = sum(count for score, count in counts if score >= best)
    bad = sum(count for score, count in counts if score <= 6) if survey.kind == Survey.Kind.NPS else 0
    average = sum(score * count for score, count in counts) / answered
    return Figures(asked, answered, counts, 100 * (good - bad) / answered, average)


def asked_count(actor: Actor, survey: Survey, *, since: datetime | None) -> int:
    """How often a survey was asked, of what the actor may see."""
    found = Rating.objects.filter(survey=survey)
    if since:
        found = found.filter(asked_at__gte=since)
    if not actor.may("ticket.assign"):
        found = found.filter(member_id=int(actor.ref.partition(":")[2]))
    return found.count()
