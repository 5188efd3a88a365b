"""Doing one thing to many tickets from the list; the answer is a toast that can take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fengong.desk import queries as desk
from fengong.desk.reading import bulk as reading
from fengong.desk.reading import fields
from fengong.dispatch.actions import bulk
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.people import queries as people
from fengong.web.member import MemberRequest, for_members, is_htmx

LONGEST = 20 * bulk.MOST


class BulkForm(forms.Form):
    """What to do; each deed reads only what it needs."""

    deed = forms.CharField(max_length=20)
    member = forms.IntegerField(min_value=1, required=False)
    priority = forms.IntegerField(min_value=1, max_value=4, required=False)
    topic = forms.IntegerField(min_value=1, required=False)
    difficulty = forms.IntegerField(min_value=1, max_value=3, required=False)
    add = forms.CharField(max_length=1000, required=False)
    remove = forms.CharField(max_length=1000, required=False)
    type = forms.IntegerField(min_value=0, required=False)
    until = forms.DateTimeField(required=False)
    reason = forms.CharField(max_length=20, required=False)
    into = forms.CharField(max_length=40, required=False)


@require_POST
@for_members
def changes(request: MemberRequest) -> HttpResponse:
    """Do it to the tickets named in `tickets`, by comma or repeated."""
    form = BulkForm(request.POST)
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), field=field)
    wanted = WANTED.get(form.cleaned_data["deed"], _nothing)(form.cleaned_data)
    change = bulk.change_many(
        actor=request.member,
        member=request.member,
        tickets=named(request.POST),
        deed=form.cleaned_data["deed"],
        wanted=wanted,
        at=now(),
    )
    return _told(request, *_sentence(change), undo=change if _something_done(change) else None)


@require_http_methods(["POST", "DELETE"])
@for_members
def change(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one back."""
    found = reading.bulk_change(pk)
    if found is None:
        raise Missing(_("There is nothing to take back."))
    undone = bulk.undo_many(actor=request.member, change=found, at=now())
    text = ngettext("%(n)s ticket is as before.", "%(n)s tickets are as before.", undone.restored)
    told = [text % {"n": undone.restored}]
    if undone.kept:
        left = ngettext(
            "%(n)s has changed since and was left.",
            "%(n)s have changed since and were left.",
            len(undone.kept),
        )
        told.append(left % {"n": len(undone.kept)})
    return _told(request, " ".join(told), False)


def named(data: QueryDict) -> list[int]:
    """The ids of the tickets chosen."""
    text = ",".join([*data.getlist("tickets"), *data.getlist("ids")])[:LONGEST]
    return [int(part) for part in text.split(",") if part.strip().isdecimal() and len(part) < 19]


def _sentence(change: Any) -> tuple[str, bool]:
    """What came of it, and whether nothing did."""
    refused = len(bulk.refusals(change))
    done = len(change.rows) - refused
    told = []
    if done:
        told.append(ngettext("Done for %(n)s ticket.", "Done for %(n)s tickets.", done) % {"n": done})
    for reason, count in bulk.reasons(change)[:2]:
        left = ngettext("%(n)s left as it is: %(reason)s", "%(n)s left as they are: %(reason)s", count)
        told.append(left % {"n": count, "reason": reason})
    return " ".join(told), not done


def _something_done(change: Any) -> bool:
    return any(row.get("before") != row.get("after") for row in change.rows)


def _told(request: MemberRequest, text: str, refused: bool, undo: Any = None) -> HttpResponse:
    if not is_htmx(request):
        return redirect("/tickets")
    back = {"method": "hx-delete", "url": f"/tickets/bulk/{undo.pk}", "values": "{}"} if undo else None
    return render(request, "parts/toast.html", {"text": text, "refused": refused, "undo": back})


def _nothing(given: dict[str, Any]) -> dict[str, Any]:
    return {}


def _member(given: dict[str, Any]) -> dict[str, Any]:
    return {"member": _needed(people.member(given["member"] or 0), _("Choose a member."), "member")}


def _priority(given: dict[str, Any]) -> dict[str, Any]:
    return {"priority": _needed(given["priority"], _("Choose a priority."), "priority")}


def _topic(given: dict[str, Any]) -> dict[str, Any]:
    topic = _needed(people.topic(given["topic"] or 0), _("Choose a topic."), "topic")
    return {"topic": topic, "difficulty": given["difficulty"]}


def _tags(given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [tag for tag in given[name].replace("，", ",").split(",") if tag.strip()]
        for name in ("add", "remove")
    }


def _type(given: dict[str, Any]) -> dict[str, Any]:
    wanted = given["type"] or 0
    return {"type": _needed(fields.ticket_type(wanted), _("Choose a type."), "type") if wanted else None}


def _until(given: dict[str, Any]) -> dict[str, datetime]:
    return {"until": _needed(given["until"], _("Choose a time."), "until")}


def _reason(given: dict[str, Any]) -> dict[str, Any]:
    return {"reason": given["reason"]}


def _into(given: dict[str, Any]) -> dict[str, Any]:
    number = given["into"].strip().lstrip("#＃")
    other = desk.ticket(int(number)) if number.isdecimal() and len(number) < 19 else None
    return {"into": _needed(other, _("Name the ticket in which they go on."), "into")}


def _needed(value: Any, sentence: str, field: str) -> Any:
    if value is None:
        raise Invalid(sentence, field=field)
    return value


WANTED: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "assign": _member,
    "priority": _priority,
    "topic": _topic,
    "tags": _tags,
    "type": _type,
    "snooze": _until,
    "resolve": _reason,
    "merge": _into,
}
