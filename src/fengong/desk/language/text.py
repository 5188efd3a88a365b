"""Words anywhere in a ticket, by its search words (see `desk.actions.indexing`); in quotes, just as written."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q

from fengong.desk.models import Message
from fengong.kernel.search import sought


class Holds(Func):
    """Whether a ticket has all of these words, asked of each row by itself; right in any condition."""

    output_field = BooleanField()
    conditional = True

    def __init__(self, pk: Any, words: tuple[str, ...] = ()) -> None:
        super().__init__(pk, words=words)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        return self._as(
            compiler,
            "EXISTS (SELECT 1 FROM desk_ticketwords WHERE desk_ticketwords.rowid = {} AND desk_ticketwords MATCH %s)",
            for_sqlite(self.extra["words"]),
        )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        return self._as(
            compiler,
            "EXISTS (SELECT 1 FROM desk_ticketwords AS said WHERE said.ticket_id = {} AND said.words @@ %s::tsquery)",
            for_postgresql(self.extra["words"]),
        )

    def _as(self, compiler: Any, template: str, sought: str) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        return template.format(column), (*params, sought)


def holding(text: str, *, quoted: bool) -> Q:
    """The condition that a ticket holds these words; one without any word is passed over."""
    words = tuple(sought(text))
    if not words:
        return Q()
    found = Q(Holds(F("pk"), words))
    return found & written_so(text) if quoted and len(words) > 1 else found


def written_so(text: str) -> Q:
    """That it stands so in the subject, in the customer's name or in a message."""
    said = Message.objects.filter(ticket=OuterRef("pk"), body__icontains=text)
    return Q(subject__icontains=text) | Q(customer__display_name__icontains=text) | Q(Exists(said))


def for_sqlite(words: tuple[str, ...]) -> str:
    """All of the words in the language of FTS5."""
    return " AND ".join(f'"{word[:-1]}"*' if word.endswith("*") else f'"{word}"' for word in words)


def for_postgresql(words: tuple[str, ...]) -> str:
    """All of the words as a tsquery."""
    return " & ".join(f"'{word[:-1]}':*" if word.endswith("*") else f"'{word}'" for word in words)
