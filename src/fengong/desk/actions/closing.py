"""What must hold before a ticket is resolved, and the reasons a ticket may rest for; verbs call these steps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fengong.desk.models import Ticket
from fengong.desk.reading import children as reading_children
from fengong.desk.reading import fields as reading_fields
from fengong.kernel.actor import Actor
from fengong.kernel.errors import Conflict, Invalid


def checked_reason(reason: str, allowed: Collection[str]) -> str:
    """The reason, if it is one of these."""
    if reason not in allowed:
        raise Invalid(_("This is not a reason for that."), field="reason")
    return reason


def check_complete(*, actor: Actor, ticket: Ticket, force: str, at: datetime) -> None:
    """Raise Conflict where a member would resolve a ticket that is not complete.

    A customer who calls their matter solved need not fill in the desk's fields, nor does the product itself.
    """
    if not actor.ref.startswith("member:"):
        return
    missing = reading_fields.missing(ticket, "resolve")
    if missing:
        raise Conflict(
            _("Fill in first: %(fields)s.") % {"fields": ", ".join(field.label for field in missing)},
            code="fields_missing",
            field=f"fields.{missing[0].slug}",
        )
    if force.strip() or ticket.type is None or not ticket.type.children_first:
        return
    if count := reading_children.unresolved(ticket):
        raise Conflict(
            ngettext(
                "%(count)s child ticket is not resolved yet.",
                "%(count)s child tickets are not resolved yet.",
                count,
            )
            % {"count": count},
            code="children_open",
        )
