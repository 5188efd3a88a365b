"""Topics: all of them, and one with its words and its minutes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people import queries as people
from fengong.people.actions.frame import change_topic, remove_topic
from fengong.people.actions.teams import define_topic
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.people.forms import TopicForm

FIELDS = ("name_zh", "name_en", "minutes_1", "minutes_2", "minutes_3")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All topics with how many know them, and the form of a new one."""
    require(request.member, "people.manage")
    form = TopicForm(request.POST or None)
    if form.is_valid() and form.kept(lambda: defined(request.member, form.cleaned_data)):
        messages.success(request, _("Saved. Say on the page of each member how well they know it."))
        return redirect("/settings/topics")
    shown = {"form": form, "topics": people.topics_and_skilled()}
    return render(request, "settings/people/topics.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One topic; POST changes it."""
    require(request.member, "people.manage")
    topic = _topic(pk)
    initial = {name: getattr(topic, name) for name in FIELDS} | {"keywords": "，".join(topic.keywords)}
    form = TopicForm(request.POST or None, initial=initial)
    if form.is_valid() and form.kept(
        lambda: change_topic(actor=request.member, topic=topic, wanted=form.cleaned_data, at=now())
    ):
        messages.success(request, _("Saved."))
        return redirect("/settings/topics")
    gone = f"/settings/topics/{pk}/removal"
    shown = {"form": form, "title": topic.label, "back": "/settings/topics", "gone": gone}
    return render(request, "settings/filing/one.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a topic away that nothing is about."""
    remove_topic(actor=request.member, topic=_topic(pk), at=now())
    messages.success(request, _("The topic is gone."))
    return redirect("/settings/topics")


def defined(actor: Any, given: dict[str, Any]) -> Any:
    """A new topic, as the form gives it."""
    minutes = (given["minutes_1"], given["minutes_2"], given["minutes_3"])
    return define_topic(
        actor=actor,
        slug="",
        name_zh=given["name_zh"],
        name_en=given["name_en"],
        keywords=given["keywords"],
        minutes=minutes,
        at=now(),
    )


def _topic(pk: int) -> Any:
    found = people.topic(pk)
    if found is None:
        raise Missing(_("This topic does not exist."))
    return found
