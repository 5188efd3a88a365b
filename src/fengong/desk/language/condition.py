"""From a tree to a condition on tickets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import and_

from django.db.models import F, Q

from fengong.desk.language.compare import any_of
from fengong.desk.language.parse import parse
from fengong.desk.language.text import Holds, holding, written_so
from fengong.desk.language.tree import Every, Node, Not, Number, Some, Term, Text
from fengong.desk.language.words import Reader, meaning
from fengong.desk.models import Ticket
from fengong.kernel.search import sought
from fengong.people.models import Member


def condition(text: str, *, member: Member | None, at: datetime) -> Q:
    """The condition that a query states; Invalid where it cannot be read. `member` is who says `me`."""
    return of_tree(parse(text), Reader(member, at))


def matches(ticket: Ticket, text: str, *, member: Member | None, at: datetime) -> bool:
    """Whether the ticket as it stands in the database is one the query finds."""
    return Ticket.objects.filter(pk=ticket.pk).filter(condition(text, member=member, at=at)).exists()


@dataclass(frozen=True, slots=True)
class Apart:
    """A query taken apart: words that every ticket it finds holds, and the rest of what it states."""

    words: tuple[str, ...]
    rest: Q

    @property
    def whole(self) -> Q:
        """All of it as one condition."""
        return self.rest & Q(Holds(F("pk"), self.words)) if self.words else self.rest


def apart(*texts: str, member: Member | None, at: datetime) -> Apart:
    """Queries that must all hold, with the words that an index of words can be asked for set aside."""
    words: dict[str, None] = {}
    rest, reader = Q(), Reader(member, at)
    for node in _parts(Every(tuple(parse(text) for text in texts))):
        if isinstance(node, Text):
            found = sought(node.text)
            words.update(dict.fromkeys(found))
            rest &= written_so(node.text) if node.quoted and len(found) > 1 else Q()
        else:
            rest &= of_tree(node, reader)
    return Apart(tuple(words), rest)


def _parts(node: Node) -> Iterator[Node]:
    if isinstance(node, Every):
        for part in node.nodes:
            yield from _parts(part)
    else:
        yield node


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
