"""Positions themselves: made from a template or by hand, changed, removed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.kernel.clock import now
from fengong.people.actions.duty_templates import apply_template
from fengong.people.actions.frame import change_position, remove_position
from fengong.people.actions.teams import define_position
from fengong.people.policies import require
from fengong.web.division.positions.forms import PositionForm
from fengong.web.division.positions.reading import position_there
from fengong.web.member import MemberRequest, for_members

FIELDS = ("name_zh", "name_en", "role", "tier", "difficulty_min", "difficulty_max")


@require_POST
@for_members
def template(request: MemberRequest, slug: str) -> HttpResponse:
    """Make the positions of a template, each with a draft of its duties."""
    made = apply_template(actor=request.member, slug=slug, at=now())
    names = ", ".join(position.label for position in made)
    messages.success(
        request, _("Drafts are written for: %(names)s. Read each, then publish it.") % {"names": names}
    )
    return redirect("/division/positions")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def new(request: MemberRequest) -> HttpResponse:
    """A position by hand."""
    require(request.member, "people.manage")
    form = PositionForm(request.POST or None)
    if form.is_valid() and (made := form.kept(lambda: _define(request, form))):
        return redirect(f"/division/positions/{made.pk}")
    return render(
        request, "division/positions/frame.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def frame(request: MemberRequest, pk: int) -> HttpResponse:
    """Names, role, tier and difficulties of a position; POST changes them."""
    require(request.member, "people.manage")
    position = position_there(pk)
    form = PositionForm(request.POST or None, initial={name: getattr(position, name) for name in FIELDS})
    if form.is_valid() and form.kept(lambda: _change(request, position, form)):
        messages.success(request, _("Saved."))
        return redirect(f"/division/positions/{pk}")
    shown = {"form": form, "position": position}
    return render(request, "division/positions/frame.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a position away that nothing hangs on."""
    remove_position(actor=request.member, position=position_there(pk), at=now())
    messages.success(request, _("The position is gone."))
    return redirect("/division/positions")


def _change(request: MemberRequest, position: Any, form: PositionForm) -> Any:
    return change_position(actor=request.member, position=position, wanted=form.cleaned_data, at=now())


def _define(request: MemberRequest, form: PositionForm) -> Any:
    given = form.cleaned_data
    return define_position(
        actor=request.member,
        slug="",
        name_zh=given["name_zh"],
        name_en=given["name_en"],
        role=given["role"],
        tier=given["tier"],
        difficulty=(given["difficulty_min"], given["difficulty_max"]),
        at=now(),
    )
