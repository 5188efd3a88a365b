"""Members: all of them, somebody new, one with what they know; leaving and coming back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.desk import queries as desk
from fengong.desk.actions.loads import set_capacity
from fengong.dispatch.actions.departures import depart
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.actions.invitations import invite_member
from fengong.people.actions.members import add_member, drop_skill, set_skill
from fengong.people.actions.memberships import change_member, resume_membership
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.people.forms import MemberForm, NewMemberForm, SkillsForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """Everybody, and the form of somebody new."""
    require(request.member, "people.manage")
    form = NewMemberForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid() and (made := form.kept(lambda: joined(request.member, form.cleaned_data))):
        messages.success(request, _("%(name)s works here now.") % {"name": made.display_name})
        return redirect(f"/settings/members/{made.pk}")
    shown = {"form": form, "members": people.everybody(), "can_add": people.teams() and people.positions()}
    return render(request, "settings/people/members.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """A member; POST changes name, team, position and room for work."""
    require(request.member, "people.manage")
    member = member_there(pk)
    load = desk.load_of(member)
    form = MemberForm(request.POST or None, initial=_initial(member, load))
    if form.is_valid() and form.kept(lambda: _changed(request, member, form.cleaned_data)):
        messages.success(request, _("Saved."))
        return redirect(f"/settings/members/{pk}")
    known = {skill.topic_id: skill.proficiency for skill in people.skills_of(member)}
    shown = {"form": form, "member": member, "skills": SkillsForm(known=known), "load": load}
    return render(request, "settings/people/member.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def skills(request: MemberRequest, pk: int) -> HttpResponse:
    """What somebody knows, topic by topic, as an administrator judges it."""
    member = member_there(pk)
    known = {skill.topic_id: skill.proficiency for skill in people.skills_of(member)}
    form = SkillsForm(request.POST, known=known)
    if form.is_valid():
        _state(request.member, member, form.stated())
        messages.success(request, _("Saved."))
    return redirect(f"/settings/members/{pk}")


@require_POST
@for_members
def departure(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody leaves who holds no work."""
    member = depart(actor=request.member, member=member_there(pk), at=now())
    messages.success(request, _("%(name)s has left. What they did stays.") % {"name": member.display_name})
    return redirect("/settings/members")


@require_POST
@for_members
def returning(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody who had left comes back."""
    member = resume_membership(actor=request.member, member=member_there(pk), at=now())
    said = _("%(name)s works here again. Give them room for work.")
    messages.success(request, said % {"name": member.display_name})
    return redirect(f"/settings/members/{pk}")


def member_there(pk: int) -> Any:
    """The member, also one who has left."""
    found = people.everybody().filter(pk=pk).first()
    if found is None:
        raise Missing(_("This member does not exist."))
    return found


def joined(actor: Any, given: dict[str, Any]) -> Any:
    """Somebody new with room for work, a sign-in and what they know; all of it or nothing."""
    team, position = people.team(given["team"]), people.position(given["position"])
    if team is None or position is None:
        raise Missing(_("This does not exist any more."))
    with transaction.atomic():
        member = add_member(
            actor=actor, team=team, position=position, display_name=given["display_name"], at=now()
        )
        if position.tier:
            set_capacity(actor=actor, member=member, capacity=given["capacity"], at=now())
            _state(actor, member, [(topic, given["level"]) for topic in people.topics() if given["level"]])
        if given["email"]:
            invite_member(
                actor=actor, member=member, email=given["email"], language=given["language"], at=now()
            )
    return member


def _state(actor: Any, member: Any, stated: list[tuple[Any, int | None]]) -> None:
    for topic, level in stated:
        if level is None:
            drop_skill(actor=actor, member=member, topic=topic, at=now())
        else:
            set_skill(actor=actor, member=member, topic=topic, proficiency=level, source="assessed", at=now())


def _initial(member: Any, load: Any) -> dict[str, Any]:
    return {
        "display_name": member.display_name,
        "sort_key": member.sort_key,
        "team": member.team_id,
        "position": member.position_id,
        "capacity": load.capacity if load else 0,
    }


def _changed(request: MemberRequest, member: Any, given: dict[str, Any]) -> Any:
    wanted = {
        "display_name": given["display_name"].strip(),
        "sort_key": given["sort_key"] or given["display_name"].casefold(),
        "team": people.team(given["team"]),
        "position": people.position(given["position"]),
    }
    load = desk.load_of(member)
    with transaction.atomic():
        if given["capacity"] != (load.capacity if load else 0):
            set_capacity(actor=request.member, member=member, capacity=given["capacity"], at=now())
        return change_member(actor=request.member, member=member, wanted=wanted, at=now())
