"""What is written on a ticket goes into its search words, in the transaction that writes it.

One row a ticket, with neither positions nor text, so a reply only adds its words. On SQLite it is a contentless FTS5
table: a second insert under the same row id adds to the first. On PostgreSQL it is a tsvector with a GIN index; one
holds a megabyte, so a ticket with forty thousand different words takes no more of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from fengong.desk.models import Message, Ticket
from fengong.kernel.search import indexed

_SQLITE = "INSERT INTO desk_ticketwords (rowid, words) VALUES (%s, %s)"
_POSTGRESQL = """
    INSERT INTO desk_ticketwords AS standing (ticket_id, words)
    SELECT pk, array_to_tsvector(string_to_array(words, ' '))
    FROM json_to_recordset(%s::json) AS given (pk bigint, words text)
    ON CONFLICT (ticket_id) DO UPDATE SET words = standing.words || excluded.words
    WHERE length(standing.words) < 40000
"""


def index_ticket(ticket: Ticket, *bodies: str) -> None:
    """Let a ticket be found by its subject, its customer and what was written."""
    index_tickets([(ticket, bodies)])


def index_tickets(tickets: Iterable[tuple[Ticket, Sequence[str]]]) -> None:
    """The same for many, in one statement."""
    _add([(ticket.pk, "\n\n".join((_heading(ticket), *bodies))) for ticket, bodies in tickets])


def index_message(message: Message) -> None:
    """Let a ticket be found by what somebody wrote on it."""
    _add([(message.ticket_id, message.body)])


def _add(texts: Iterable[tuple[int, str]]) -> None:
    rows = [(pk, " ".join(words)) for pk, text in texts if (words := indexed(text))]
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(_SQLITE, rows)
        else:
            given = [{"pk": pk, "words": words} for pk, words in rows]
            cursor.execute(_POSTGRESQL, [json.dumps(given, ensure_ascii=False)])


def _heading(ticket: Ticket) -> str:
    customer = ticket.customer
    company = customer.organization.name if customer.organization else ""
    return "\n\n".join((ticket.subject, customer.display_name, customer.email or "", company))
