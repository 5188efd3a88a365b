"""What a ticket has to do with others: merging, splitting, linking, child tickets. GET shows the dialog."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengong.desk import queries as desk
from fengong.desk.actions.children import open_child
from fengong.desk.actions.links import link_tickets, unlink
from fengong.desk.actions.merges import merge_ticket, unmerge_ticket
from fengong.desk.actions.splits import split_ticket
from fengong.desk.reading import links as linked
from fengong.desk.reading import lists
from fengong.kernel.clock import now
from fengong.kernel.errors import Invalid, Missing
from fengong.people import queries as people
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.tickets.attempt import adjust, attempt
from fengong.web.tickets.forms import ChangeForm
from fengong.web.tickets.opened import Opened
from fengong.web.tickets.wanted import ChildForm, OtherForm, SplitForm

FOUND = 8


@require_http_methods(["GET", "POST", "DELETE"])
@for_members
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    """Let it go on in another ticket, with the result shown first; DELETE takes that back."""
    opened, actor = Opened(pk, request.member), request.member
    if request.method == "GET":
        return _dialog(request, opened, "merge", into=_other(request.GET.get("into", ""), opened))
    if request.method == "DELETE":
        return attempt(
            request,
            pk,
            ChangeForm({}),
            lambda: unmerge_ticket(actor=actor, ticket=opened.ticket, at=now()),
            done=_("The merge was taken back."),
        )
    into = _needed(OtherForm(request.POST))
    undo = {"method": "hx-delete", "url": f"/tickets/{pk}/merge", "target": "#open", "swap": "innerMorph"}
    done = _("Merged into #%(number)s.") % {"number": into.pk}
    return attempt(
        request,
        pk,
        ChangeForm({}),
        lambda: merge_ticket(actor=actor, ticket=opened.ticket, into=into, at=now()),
        done=done,
        undo=undo,
    )


@require_http_methods(["GET", "POST"])
@for_members
def split(request: MemberRequest, pk: int) -> HttpResponse:
    """Make a new ticket out of the messages chosen."""
    opened, actor = Opened(pk, request.member), request.member
    if request.method == "GET":
        return _dialog(request, opened, "split", messages=desk.thread(opened.ticket))
    form = _checked(SplitForm(request.POST))
    messages = [int(message) for message in request.POST.getlist("messages") if message.isdecimal()]
    return attempt(
        request,
        pk,
        ChangeForm({}),
        lambda: split_ticket(
            actor=actor,
            ticket=opened.ticket,
            messages=messages,
            subject=form.cleaned_data["subject"],
            at=now(),
        ),
        done=_("Split off. The new ticket is linked with this one."),
    )


@require_http_methods(["GET", "POST", "DELETE"])
@for_members
def links(request: MemberRequest, pk: int) -> HttpResponse:
    """Link it with another ticket; DELETE takes a link away."""
    opened, actor = Opened(pk, request.member), request.member
    if request.method == "GET":
        return _dialog(request, opened, "link")
    if request.method == "DELETE":
        link = linked.link(_number(request.GET.get("link", "")))
        if link is None or pk not in (link.source_id, link.target_id):
            raise Missing(_("This link does not exist any more."))
        return adjust(
            request, pk, lambda: unlink(actor=actor, link=link, at=now()), done=_("Link taken away.")
        )
    form = OtherForm(request.POST)
    other = _needed(form)
    return adjust(
        request,
        pk,
        lambda: link_tickets(
            actor=actor,
            ticket=opened.ticket,
            other=other,
            kind=form.cleaned_data["relation"] or "relates",
            at=now(),
        ),
        done=_("Linked with #%(number)s.") % {"number": other.pk},
    )


@require_http_methods(["GET", "POST"])
@for_members
def children(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a part of the matter to somebody else, as a ticket with its own owner and clocks."""
    opened, actor = Opened(pk, request.member), request.member
    if request.method == "GET":
        return _dialog(request, opened, "child", topics=people.topics())
    wanted = _checked(ChildForm(request.POST)).cleaned_data
    topic = people.topic(wanted.pop("topic") or 0)
    return adjust(
        request,
        pk,
        lambda: open_child(
            actor=actor,
            ticket=opened.ticket,
            member=actor,
            subject=wanted["subject"],
            body=wanted["body"],
            topic=topic,
            difficulty=wanted["difficulty"] if topic else None,
            at=now(),
        ),
        done=_("The child ticket waits for its owner."),
    )


@require_safe
@for_members
def others(request: MemberRequest) -> HttpResponse:
    """Tickets by number or words, for the field that names another one."""
    require(request.member, "ticket.read")
    text = request.GET.get("q", "").replace("\x00", "")[:120].strip()
    found = lists.search(text, member=request.member, at=now(), limit=FOUND) if text else []
    proposals = [
        {
            "value": f"#{ticket.pk}",
            "label": f"#{ticket.pk} {ticket.subject}",
            "about": ticket.customer.display_name,
        }
        for ticket in found
    ]
    return render(request, "parts/proposals.html", {"proposals": proposals})


def _dialog(request: MemberRequest, opened: Opened, name: str, **more: Any) -> HttpResponse:
    given = {"opened": opened, "ticket": opened.ticket, "query": request.GET.urlencode(), **more}
    return render(request, f"tickets/{name}.html", given)


def _other(written: str, opened: Opened) -> Any:
    """The ticket a reader has named, once they have; never the one that is open."""
    found = desk.ticket(_number(written)) if written else None
    return found if found and found.pk != opened.ticket.pk else None


def _needed(form: OtherForm) -> Any:
    found = desk.ticket(_number(_checked(form).cleaned_data["other"]))
    if found is None:
        raise Missing(_("There is no ticket with this number."), field="other")
    return found


def _checked(form: Any) -> Any:
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Invalid(errors[0], field=field)
    return form


def _number(written: str) -> int:
    bare = written.strip().lstrip("#＃").split(" ")[0]
    return int(bare) if bare.isdecimal() and len(bare) < 18 else 0
