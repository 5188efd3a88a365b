"""From a tree to a condition on tickets."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import and_

from django.db.models import Q

from fengong.desk.language.compare import any_of
from fengong.desk.language.parse import parse
from fengong.desk.language.text import holding
from fengong.desk.language.tree import Every, Node, Not, Number, Some, Term, Text
from fengong.desk.language.words import Reader, meaning
from fengong.desk.models import Ticket
from fengong.people.models import Member


def condition(text: str, *, member: Member | None, at: datetime) -> Q:
    """The condition that a query states; Invalid where it cannot be read. `member` is who says `me`."""
    return of_tree(parse(text), Reader(member, at))


def matches(ticket: Ticket, text: str, *, member: Member | None, at: datetime) -> bool:
    """Whether the ticket as it stands in the database is one the query finds."""
    return Ticket.objects.filter(pk=ticket.pk).filter(condition(text, member=member, at=at)).exists()


def of_tree(node: Node, reader: Reader) -> Q:
    """The condition of a part of a query."""
    match node:
        case Text():
            return holding(node.text, quoted=node.quoted)
        case Number():
            return Q(pk=node.number)
        case Term():
            return meaning(node, reader)
        case Not():
            return denied(of_tree(node.node, reader))
        case Every():
            return reduce(and_, [of_tree(part, reader) for part in node.nodes], Q())
        case Some():
            return any_of([of_tree(part, reader) for part in node.nodes])


def denied(condition: Q) -> Q:
    """Its opposite; columns that hold nothing count as not holding."""
    return ~condition if condition else Q(pk__in=())
