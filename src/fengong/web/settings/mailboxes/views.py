"""Mailboxes: the list, one with its settings, trying it out, pausing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.integrations.mail import queries as mail
from fengong.integrations.mail.actions.mailboxes import (
    add_mailbox,
    change_mailbox,
    remove_mailbox,
    renew_token,
)
from fengong.integrations.mail.actions.probing import try_mailbox
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.settings.mailboxes.forms import MailboxForm, first_values
from fengong.web.settings.mailboxes.shown import Shown


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All mailboxes and how they are."""
    require(request.member, "desk.configure")
    return render(request, "settings/mailboxes/list.html", {"mailboxes": mail.mailboxes_with_counts()})


@require_http_methods(["GET", "POST"])
@for_members
def new(request: MemberRequest) -> HttpResponse:
    """A new mailbox."""
    require(request.member, "desk.configure")
    form = MailboxForm(request.POST or None, initial=first_values())
    if request.method == "POST" and form.is_valid():
        try:
            made = add_mailbox(actor=request.member, given=form.given, at=now())
            return redirect(f"/settings/mailboxes/{made.pk}")
        except Refused as refusal:
            _put_to(form, refusal)
    return _page(request, form, None)


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One mailbox; POST changes it."""
    mailbox = _mailbox(request, pk)
    form = MailboxForm(request.POST or None, initial=first_values(mailbox))
    if request.method == "POST" and form.is_valid():
        try:
            change_mailbox(actor=request.member, mailbox=mailbox, given=form.given, at=now())
            messages.success(request, _("The mailbox is saved."))
            return redirect(f"/settings/mailboxes/{pk}")
        except Refused as refusal:
            _put_to(form, refusal)
    return _page(request, form, mailbox)


@require_POST
@for_members
def trial(request: MemberRequest, pk: int) -> HttpResponse:
    """Sign in to the servers of the saved mailbox, and say how they answered."""
    mailbox = _mailbox(request, pk)
    trials = try_mailbox(actor=request.member, mailbox=mailbox, at=now())
    if is_htmx(request):
        return render(request, "settings/mailboxes/trial.html", {"trials": trials, "tried": True})
    form = MailboxForm(initial=first_values(mailbox))
    return _page(request, form, mailbox, trials=trials, tried=True)


@require_POST
@for_members
def pause(request: MemberRequest, pk: int) -> HttpResponse:
    """Stop fetching and sending, or go on."""
    mailbox = _mailbox(request, pk)
    active = request.POST.get("active") == "1"
    change_mailbox(actor=request.member, mailbox=mailbox, given={"active": active}, at=now())
    return redirect("/settings/mailboxes")


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take away a mailbox that was never used."""
    remove_mailbox(actor=request.member, mailbox=_mailbox(request, pk), at=now())
    return redirect("/settings/mailboxes")


@require_POST
@for_members
def token(request: MemberRequest, pk: int) -> HttpResponse:
    """A new address for handing in mail; the old one is closed."""
    renew_token(actor=request.member, mailbox=_mailbox(request, pk), at=now())
    return redirect(f"/settings/mailboxes/{pk}")


def _mailbox(request: MemberRequest, pk: int) -> Any:
    require(request.member, "desk.configure")
    found = mail.mailbox(pk)
    if found is None:
        raise Missing(_("This mailbox does not exist."))
    return found


def _put_to(form: MailboxForm, refusal: Refused) -> None:
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def _page(request: MemberRequest, form: MailboxForm, mailbox: Any, **more: Any) -> HttpResponse:
    shown = Shown(mailbox) if mailbox else None
    status = 422 if form.is_bound else 200
    given = {"form": form, "mailbox": mailbox, "shown": shown, **more}
    return render(request, "settings/mailboxes/one.html", given, status=status)
