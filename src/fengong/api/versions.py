"""Versions of a ticket as HTTP speaks of them: ETag out, If-Match in."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpResponse

NO_VERSION = -1
"""What no ticket has: an If-Match that is no ETag of ours never matches."""


def tag(response: HttpResponse, ticket: Any) -> None:
    """Say which version of the ticket the response shows or has made."""
    response.headers["ETag"] = f'"{ticket.version}"'


def seen(if_match: str | None) -> int | None:
    """The version a request was made from; None where it does not say, or says that any will do."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = re.fullmatch(r'\s*"(\d{1,18})"\s*', if_match, re.ASCII)
    return int(found[1]) if found else NO_VERSION
