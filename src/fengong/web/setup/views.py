"""The steps of the first run, in their order; each saves what it asks and goes on to the next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fengong.integrations.mail import queries as mailing
from fengong.kernel.clock import now
from fengong.people import queries as people
from fengong.people.actions.accounts import change_reading
from fengong.people.actions.duties import publish_duties
from fengong.people.actions.duty_templates import apply_template
from fengong.people.actions.frame import change_team
from fengong.people.actions.teams import define_topic
from fengong.people.policies import require
from fengong.people.reading import duties
from fengong.web.lacking import lacks
from fengong.web.member import MemberRequest, for_members
from fengong.web.middleware import LANGUAGE_COOKIE
from fengong.web.settings.people.members import joined
from fengong.web.setup.forms import TOPICS, CrewForm, LanguageForm, TeamForm

MINUTES = (15, 30, 60)
ROOM, LEVEL = 240, 3
"""What somebody new holds at once, and how well they are taken to know each topic, to begin with."""
YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def language(request: MemberRequest) -> HttpResponse:
    """How the administrator reads."""
    require(request.member, "people.manage")
    account = request.user
    form = LanguageForm(
        request.POST or None, initial={"language": account.language, "time_zone": account.time_zone}
    )
    if form.is_valid():
        change_reading(account=account, **form.cleaned_data)
        answer = redirect("/setup/team")
        answer.set_cookie(LANGUAGE_COOKIE, account.language, max_age=YEAR, samesite="Lax", httponly=True)
        return answer
    return _step(request, 1, {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def team(request: MemberRequest) -> HttpResponse:
    """The team's name, its division of labour, its topics."""
    require(request.member, "people.manage")
    zh = (get_language() or "").startswith("zh")
    known = people.topics().exists()
    initial = {
        "name": request.member.team.label,
        "template": "" if duties.has_duties() else "three-tier-desk",
        "topics": "" if known else TOPICS["zh" if zh else "en"],
    }
    form = TeamForm(request.POST or None, initial=initial)
    if form.is_valid() and form.kept(lambda: _founded(request, form.cleaned_data)):
        return redirect("/setup/people")
    return _step(request, 2, {"form": form, "topics": people.topics()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def crew(request: MemberRequest) -> HttpResponse:
    """People, a handful at a time."""
    require(request.member, "people.manage")
    form = CrewForm(request.POST or None)
    if form.is_valid() and (made := form.kept(lambda: _brought(request, form.people()))) is not None:
        if made:
            messages.success(request, _("Here now: %(names)s.") % {"names": ", ".join(made)})
        return redirect("/setup/people" if "more" in request.POST else "/setup/mail")
    return _step(request, 3, {"form": form, "members": people.everybody()})


@require_safe
@for_members
def mail(request: MemberRequest) -> HttpResponse:
    """Where mail comes from, and what is still missing."""
    require(request.member, "people.manage")
    shown = {"has_mail": mailing.mailboxes().exists(), "lacks": lacks(request.member)}
    return _step(request, 4, shown)


def _step(request: MemberRequest, number: int, shown: dict[str, Any]) -> HttpResponse:
    names = ("language", "team", "people", "mail")
    labels = (_("Language"), _("Team and topics"), _("People"), _("Mail"))
    form = shown.get("form")
    whole = {**shown, "step": number, "steps": list(zip(names, labels, strict=True))}
    status = 422 if form is not None and form.is_bound else 200
    return render(request, f"setup/{names[number - 1]}.html", whole, status=status)


def _founded(request: MemberRequest, given: dict[str, Any]) -> bool:
    """All of it or nothing."""
    member, at = request.member, now()
    name = given["name"]
    names = {"name_zh": "", "name_en": name} if name.isascii() else {"name_zh": name, "name_en": ""}
    with transaction.atomic():
        change_team(actor=member, team=member.team, lead=member.team.lead, at=at, **names)
        _name_topics(member, given["topics"])
        if given["template"]:
            _divide(request, given["template"], given["publish"])
    return True


def _name_topics(member: Any, topics: list[tuple[str, str]]) -> None:
    """Make the topics that are not there yet."""
    known = {name for topic in people.topics() for name in (topic.name_zh, topic.name_en) if name}
    for name_zh, name_en in topics:
        if not {name_zh, name_en} & known:
            names = {"name_zh": name_zh, "name_en": name_en}
            define_topic(actor=member, slug="", keywords=[], minutes=MINUTES, at=now(), **names)


def _divide(request: MemberRequest, template: str, publish: bool) -> None:
    made = apply_template(actor=request.member, slug=template, at=now())
    for position in made if publish else ():
        publish_duties(
            actor=request.member,
            position=position,
            effective_on=timezone.localtime(now()).date(),
            zone=request.user.time_zone,
            at=now(),
        )


def _brought(request: MemberRequest, rows: list[dict[str, Any]]) -> list[str]:
    """Bring all of them in, or nobody; their names."""
    common = {
        "team": request.member.team_id,
        "capacity": ROOM,
        "level": LEVEL,
        "language": request.user.language,
    }
    with transaction.atomic():
        for row in rows:
            joined(
                request.member,
                {**common, "display_name": row["name"], "email": row["email"], "position": row["position"]},
            )
    return [row["name"] for row in rows]
