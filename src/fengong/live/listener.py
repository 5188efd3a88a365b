"""Who listens: the member behind a session cookie. Reads the database, so it runs in a thread, never in the loop."""

from __future__ import annotations

from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user
from django.db import close_old_connections
from django.http import HttpRequest

from fengong.live.topics import may_hear
from fengong.people.queries import member_of

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


class NotSignedIn(Exception):
    """No valid session, or no active member behind it."""


class MayNotHear(Exception):
    """The member may not hear the topic named."""


def check(session_key: str, topics: frozenset[str]) -> None:
    """Raise unless this session belongs to an active member who may hear all these topics."""
    close_old_connections()
    request = HttpRequest()
    request.session = SessionStore(session_key)
    account = get_user(request)
    member = member_of(account) if account.is_authenticated else None
    if member is None:
        raise NotSignedIn
    for topic in sorted(topics):
        if not may_hear(member, topic):
            raise MayNotHear(topic)
