"""A draft of a position's duties: its lines written one by one, compared with what is in force, published."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.actions.duties import draft_duties, drop_draft, publish_duties, write_duties
from fengong.people.actions.duty_checks import DutyWanted
from fengong.people.policies import require_describing
from fengong.web.division.positions.forms import DutyForm, PublicationForm
from fengong.web.division.positions.reading import position_there
from fengong.web.division.positions.wording import Names, differences, lines_of
from fengong.web.member import MemberRequest, for_members

NAMES = tuple(field.name for field in fields(DutyWanted))


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def draft(request: MemberRequest, pk: int) -> HttpResponse:
    """What is being written; POST begins it as a copy of the newest edition."""
    position = position_there(pk)
    require_describing(request.member, position)
    if request.method == "POST":
        draft_duties(actor=request.member, position=position, at=now())
        return redirect(address(position))
    return _page(
        request, position, PublicationForm(initial={"effective_on": timezone.localtime(now()).date()})
    )


@require_POST
@for_members
def lines(request: MemberRequest, pk: int) -> HttpResponse:
    """Move a line up or take it away."""
    position = position_there(pk)
    known = _draft(request, position)
    duties = [wanted_of(duty) for duty in known.duties.all()]
    op, _dash, task = request.POST.get("op", "").partition(" ")
    place = next((number for number, duty in enumerate(duties) if duty.task == task), -1)
    if op == "remove" and place >= 0:
        del duties[place]
    elif op == "up" and place > 0:
        duties.insert(place - 1, duties.pop(place))
    _write(request, position, duties)
    return redirect(address(position))


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def line(request: MemberRequest, pk: int, task: str = "") -> HttpResponse:
    """One duty of the draft, or a new one; POST writes it down."""
    position = position_there(pk)
    known = _draft(request, position)
    duties = list(known.duties.all())
    duty = next((one for one in duties if one.task == task), None)
    if task and duty is None:
        raise Missing(_("This duty does not stand in the draft."))
    form = DutyForm(request.POST or None, duty=duty)
    if form.is_valid() and form.kept(lambda: _replace(request, position, duties, duty, form)):
        return redirect(address(position))
    shown = {"form": form, "position": position, "duty": duty, "draft": known, "seen": _seen(request, known)}
    return render(request, "division/positions/duty.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    position = position_there(pk)
    drop_draft(actor=request.member, position=position, at=now())
    messages.success(request, _("The draft is gone; what is in force stays."))
    return redirect(f"/division/positions/{pk}")


@require_POST
@for_members
def publication(request: MemberRequest, pk: int) -> HttpResponse:
    """Make the draft an edition, in force from a day on."""
    position, form = position_there(pk), PublicationForm(request.POST)
    if form.is_valid() and (made := form.kept(lambda: _publish(request, position, form))):
        messages.success(
            request, _("Edition %(n)d is published. Its holders are asked to read it.") % {"n": made.number}
        )
        return redirect(f"/division/positions/{pk}")
    _draft(request, position)
    return _page(request, position, form)


def address(position: Any) -> str:
    """Where a draft is written."""
    return f"/division/positions/{position.pk}/draft"


def wanted_of(duty: Any) -> DutyWanted:
    """A line that stands, as the verb takes it."""
    return DutyWanted(**{name: getattr(duty, name) for name in NAMES})


def _page(request: MemberRequest, position: Any, form: PublicationForm) -> HttpResponse:
    known, names = people.duty_draft(position), Names()
    before = people.duty_editions(position).first()
    shown = {
        "position": position,
        "draft": known,
        "form": form,
        "before": before,
        "lines": lines_of(known, names),
        "differences": differences(before, known, names) if known and before else [],
    }
    return render(request, "division/positions/draft.html", shown, status=422 if form.is_bound else 200)


def _draft(request: MemberRequest, position: Any) -> Any:
    require_describing(request.member, position)
    found = people.duty_draft(position)
    if found is None:
        raise Missing(_("This position has no draft."))
    return found


def _seen(request: MemberRequest, known: Any) -> str:
    """Which state of the draft the page shows; a form that comes back keeps its own."""
    return request.POST.get("seen") or str(known.changed_at.isoformat())


def _write(request: MemberRequest, position: Any, duties: list[DutyWanted]) -> Any:
    return write_duties(
        actor=request.member,
        position=position,
        duties=duties,
        at=now(),
        seen=_moment(request.POST.get("seen", "")),
    )


def _replace(request: MemberRequest, position: Any, duties: list[Any], duty: Any, form: DutyForm) -> Any:
    """Write the list with this line in its place, or at the end."""
    others = {one.task for one in duties if one is not duty}
    wanted = form.wanted(others)
    said = [wanted if one is duty else wanted_of(one) for one in duties]
    return _write(request, position, said if duty else [*said, wanted])


def _publish(request: MemberRequest, position: Any, form: PublicationForm) -> Any:
    return publish_duties(
        actor=request.member,
        position=position,
        effective_on=form.cleaned_data["effective_on"],
        zone=request.user.time_zone,
        at=now(),
    )


def _moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None
