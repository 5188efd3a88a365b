"""What came in and what went out, with its state; mail that could not be read."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fengong.integrations.mail import keep
from fengong.integrations.mail import queries as mail
from fengong.integrations.mail.actions.sending import retry_deliveries
from fengong.integrations.mail.actions.taking import try_again
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.kernel.paging import page
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members

ROWS = 50


@require_safe
@for_members
def came_in(request: MemberRequest) -> HttpResponse:
    """Every mail that came in, newest first."""
    require(request.member, "desk.configure")
    state = request.GET.get("state", "")
    known = state if state in mail.IN_STATES else ""
    shown = {"state": known, "states": mail.IN_STATES.items(), **_rows(request, mail.mail_log(state=known))}
    return render(request, "settings/mailboxes/in.html", shown)


@require_safe
@for_members
def unread(request: MemberRequest) -> HttpResponse:
    """Mails that could not be read, with their first lines as they came."""
    require(request.member, "desk.configure")
    shown = _rows(request, mail.unread())
    for row in shown["rows"]:
        row.beginning = keep.beginning(row.sha256)
    return render(request, "settings/mailboxes/unread.html", shown)


@require_safe
@for_members
def went_out(request: MemberRequest) -> HttpResponse:
    """Every mail that went or is to go out, newest first."""
    require(request.member, "desk.configure")
    state = request.GET.get("state", "")
    known = state if state in mail.OUT_STATES else ""
    rows = mail.deliveries(known)
    after = mail.delivery(_number(request.GET.get("after", "")))
    place = (after.planned_at, after.pk) if after else None
    found = page(rows, by=("-planned_at", "-id"), limit=ROWS, after=place)
    shown = {"rows": found.rows, "more": found.after and found.after[-1], "state": known}
    return render(request, "settings/mailboxes/out.html", {**shown, "states": mail.OUT_STATES.items()})


@require_safe
@for_members
def raw(request: MemberRequest, pk: int) -> HttpResponseBase:
    """A mail as it came, to be saved."""
    kept = _mail(request, pk)
    return FileResponse(
        keep.place(kept.sha256).open("rb"),
        as_attachment=True,
        filename=f"mail-{pk}.eml",
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )


@require_POST
@for_members
def retry(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a mail once more that was left aside or could not be read."""
    try_again(actor=request.member, mail=_mail(request, pk), at=now())
    return redirect(_back(request, "/settings/mail/unread"))


@require_POST
@for_members
def resend(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a mail once more that was put off or has failed."""
    found = mail.delivery(pk)
    if found is None:
        raise Missing(_("This mail does not exist."))
    retry_deliveries(actor=request.member, deliveries=[found], at=now())
    return redirect(_back(request, "/settings/mail/out"))


def _mail(request: MemberRequest, pk: int) -> Any:
    require(request.member, "desk.configure")
    found = mail.mail(pk)
    if found is None:
        raise Missing(_("This mail does not exist."))
    return found


def _rows(request: MemberRequest, rows: Any) -> dict[str, Any]:
    after = mail.mail(_number(request.GET.get("after", "")))
    place = (after.received_at, after.pk) if after else None
    found = page(rows, by=("-received_at", "-id"), limit=ROWS, after=place)
    return {"rows": found.rows, "more": found.after and found.after[-1]}


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 18 else 0


def _back(request: MemberRequest, otherwise: str) -> str:
    place = request.POST.get("back", "")
    ours = place.startswith("/") and url_has_allowed_host_and_scheme(place, allowed_hosts=None)
    return place if ours else otherwise
