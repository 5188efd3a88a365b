"""Which addresses are pages, and who has to look at each of them: axe visits them all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

DESK = (
    "today", "tickets", "new_ticket", "division", "coverage", "skills", "settings",
    "promises", "promise-new", "promise", "calendars", "calendar-new", "calendar",
    "mailboxes", "mailbox-new", "mailbox", "mail", "mail-unread", "mail-out",
    "macro-list", "macro-new", "macro-one", "signatures", "rules", "rule-new", "rule-log", "rule",
    "webhooks", "webhook-new", "webhook", "settings_types", "settings_type", "settings_fields", "settings_field",
    "settings_tags", "settings_tag", "settings_templates", "settings_template", "imports", "import", "views", "view",
    "portal_settings", "widgets", "widget_new", "widget", "widget_trial", "surveys", "survey_new", "survey",
    "positions", "raci", "positions_print", "position_new", "position", "position_frame", "position_print",
    "duty_draft", "duty_new", "duty", "duty_edition", "members", "member", "teams", "team", "topics", "topic",
    "setup_language", "setup_team", "setup_people", "setup_mail",
    "satisfaction", "workload", "policy", "policy-edition", "policy-history", "what-if",
    "emergency", "emergency-readiness", "swarm-new", "swarm", "swarm-end",
    "roster", "roster_day", "roster_need", "roster_mine", "roster_leave", "leave_new", "patterns", "pattern_new",
    "pattern", "roster_status", "status_of_member", "roster_files",
)  # fmt: skip
"""Pages of members, by the names of their addresses."""
PORTAL = ("portal", "portal_new", "portal_ticket")
"""Pages of a customer who is signed in."""
OPEN = ("sign_in", "portal_sign_in", "contact", "rate", "widget_window", "welcome", "portal_enter")
"""Pages of who is not; the link that lets a customer in comes last."""
DIALOGS = (
    "merge", "split", "links", "children", "sides", "side", "scheduled", "macros", "macro_place", "assignment", "deed",
    "stand_in",
    "shift_new", "shift", "standby_new", "standby",
)  # fmt: skip
"""What opens above a ticket."""


def path_of(name: str, shown: dict[str, dict[str, Any]]) -> str:
    """The address of a page on this desk."""
    return reverse(name, kwargs=shown.get(name))


def addresses(found: Any = None) -> Iterator[URLPattern]:
    """Every address there is, but for those of the API."""
    for pattern in found or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        elif not str(pattern.pattern).startswith("api/"):
            yield from addresses(pattern.url_patterns)
