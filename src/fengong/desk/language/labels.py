"""Words whose values a desk has made up itself: types and tags."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from fengong.desk.language.compare import any_of, equal_only
from fengong.desk.language.people import ANY, NONE, one_of
from fengong.desk.language.tree import Term, Value
from fengong.desk.models import Tagging, TicketType


def type_of(term: Term) -> Q:
    """What sort of matter it is."""
    equal_only(term)
    return any_of([_type(value) for value in term.values])


def tag(term: Term) -> Q:
    """A tag it carries. One that nobody uses any more finds nothing, for tags come and go."""
    equal_only(term)
    return any_of([_tag(value.text) for value in term.values])


def _type(value: Value) -> Q:
    if value.text.strip().lower() in NONE:
        return Q(type__isnull=True)
    return Q(type_id=one_of(value, TicketType.objects.order_by("position", "id")))


def _tag(typed: str) -> Q:
    carried = Tagging.objects.filter(ticket=OuterRef("pk"))
    key = " ".join(typed.split()).casefold()
    if key in NONE:
        return ~Q(Exists(carried))
    return Q(Exists(carried if key in ANY else carried.filter(tag__key=key)))
