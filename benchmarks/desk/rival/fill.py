"""Fills django-helpdesk with the same tickets and messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.utils import timezone
from helpdesk.models import FollowUp, Queue, Ticket

from benchmarks.desk.words import Writer, sown

MEMBERS, LIVE = 60, 2000
BACKEND = "django.contrib.auth.backends.ModelBackend"


def fill(*, tickets: int) -> dict[str, Any]:
    """Migrate and write tickets down: the last are open, as on our side. Gives the cookie of a signed-in member."""
    call_command("migrate", verbosity=0)
    user: Any = get_user_model()
    members = user.objects.bulk_create(
        user(
            username=f"member{n}",
            email=f"m{n}@desk.example",
            is_staff=True,
            is_superuser=n == 0,
        )
        for n in range(MEMBERS)
    )
    call_command("create_usersettings", verbosity=0)
    queue = Queue.objects.create(
        title="Desk", slug="desk", default_owner=members[0], allow_public_submission=True
    )
    writer = Writer(tickets)
    desk = Desk(tickets, queue, members, writer, timezone.now())
    for start in range(0, tickets, 5000):
        numbers = range(start + 1, min(start + 5000, tickets) + 1)
        made = Ticket.objects.bulk_create(desk.ticket(number) for number in numbers)
        FollowUp.objects.bulk_create(
            FollowUp(
                ticket=ticket,
                title="Comment",
                comment=writer.message(number % 10 < 7),
                public=True,
                user=members[number * 31 % MEMBERS] if place == 0 else None,
                date=ticket.created + timedelta(minutes=9 * (place + 1)),
            )
            for number, ticket in zip(numbers, made, strict=True)
            for place in range(2)
        )
    return {"cookie": _signed_in(members[0]), "queue": queue.pk}


@dataclass(frozen=True)
class Desk:
    """What the tickets have in common."""

    count: int
    queue: Any
    members: list[Any]
    writer: Writer
    at: Any

    def ticket(self, number: int) -> Any:
        """The ticket of this number."""
        chinese, live = number % 10 < 7, self.count - number < min(LIVE, self.count // 5)
        return Ticket(
            title=self.writer.subject(chinese),
            queue=self.queue,
            created=self.at - timedelta(days=3 * 365) * ((self.count - number + 1) / self.count),
            submitter_email=f"c{number * 7919 % (self.count // 10) + 1}@customer.example",
            assigned_to=self.members[number * 31 % MEMBERS],
            status=Ticket.OPEN_STATUS if live else Ticket.CLOSED_STATUS,
            description=self.writer.message(chinese) + sown(number, self.count),
            priority=1 + number % 5,
            secret_key=f"{number:036}",
        )


def _signed_in(user: Any) -> str:
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)
