"""What can be done to those selected in the list, and the dialog that asks what each deed needs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from fengong.desk.reading import fields as filed
from fengong.dispatch import queries as dispatch
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.web.giving import HERE
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.snoozing import Snoozing

DEEDS = (
    ("assign", _("Assign"), "arrow-right-left", "a"),
    ("priority", _("Set the priority"), "flag", "p"),
    ("topic", _("Set the topic"), "bookmark", "o"),
    ("tags", _("Add or take away tags"), "tag", "l"),
    ("type", _("Set the type"), "layers", "y"),
    ("snooze", _("Snooze"), "alarm-clock", "s"),
    ("merge", _("Merge"), "merge", "G"),
)
"""Name, label, icon, key."""


@require_safe
@for_members
def deed(request: MemberRequest, name: str) -> HttpResponse:
    """The dialog of one deed."""
    require(request.member, "ticket.work")
    labels = {known: label for known, label, _sign, _key in DEEDS}
    if name not in labels:
        raise Missing(str(_("There is no such thing to do.")))
    shown = {"deed": name, "title": labels[name], **_choices(name, now())}
    return render(request, "tickets/deed.html", shown)


def _choices(name: str, at: datetime) -> dict[str, Any]:
    if name == "assign":
        rows = dispatch.board(at, waiting_limit=0).rows
        return {"rows": sorted(rows, key=lambda row: (HERE.index(row.status), row.share))}
    if name == "topic":
        return {"topics": people.topics()}
    if name == "type":
        return {"types": filed.types()}
    return {"snooze": Snoozing(at)} if name == "snooze" else {}
