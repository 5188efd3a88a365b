"""Who listens: the member or customer behind a session cookie, or a visitor who shows the secret of their window.

It reads the database, so it runs in a thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from fengong.customers import queries as customers
from fengong.customers.policies import SESSION_KEY
from fengong.integrations.widget import queries as widget
from fengong.kernel.actor import Actor
from fengong.live.topics import may_hear
from fengong.people.queries import member_of

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


class NotSignedIn(Exception):
    """No valid session, or nobody behind it who is still with us."""


class MayNotHear(Exception):
    """Whoever listens may not hear the topic named."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """By what a request says who it is."""

    session_key: str = ""
    visitor: str = ""


def check(shown: Credentials, topics: frozenset[str]) -> None:
    """Raise unless somebody stands behind these credentials who may hear all these topics."""
    close_old_connections()
    listeners = _listeners(shown)
    visitor = widget.visitor_by_secret(shown.visitor)
    if not listeners and visitor is None:
        raise NotSignedIn
    talk = widget.ticket_of(visitor) if visitor else None
    for topic in sorted(topics):
        if talk and topic == f"conversation:{talk.pk}":
            continue
        if not any(may_hear(listener, topic) for listener in listeners):
            raise MayNotHear(topic)


def _listeners(shown: Credentials) -> list[Actor]:
    """An active member and a customer may have signed in in the same browser."""
    request = HttpRequest()
    request.session = SessionStore(shown.session_key)
    account = get_user(request)
    member = member_of(account) if account.is_authenticated else None
    contact = customers.contact(request.session.get(SESSION_KEY) or 0)
    return [found for found in (member, contact) if found is not None]
