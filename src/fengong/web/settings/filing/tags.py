"""The page on which leads keep the tags tidy."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.desk.actions.tags import drop_tag, merge_tags, rename_tag
from fengong.desk.reading import tags as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members
from fengong.web.settings.filing.forms import TagForm, saved

MOST = 500


@require_safe
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """All tags and how many tickets have each."""
    require(request.member, "desk.curate")
    return render(request, "settings/filing/tags.html", {"tags": reading.counted()[:MOST]})


@require_http_methods(["GET", "POST"])
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One tag; POST writes it differently."""
    require(request.member, "desk.curate")
    tag = _tag(pk)
    form = TagForm(request.POST or None, initial={"name": tag.name})
    if form.is_valid() and form.kept(
        lambda: rename_tag(actor=request.member, tag=tag, name=form.cleaned_data["name"], at=now())
    ):
        messages.success(request, saved())
        return redirect("/settings/tags")
    shown = {"form": form, "tag": _tag(pk), "others": reading.tags().exclude(pk=pk)[:MOST]}
    return render(request, "settings/filing/tag.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_members
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    """Make it one with another tag."""
    into = request.POST.get("into", "")
    other = _tag(int(into) if into.isdecimal() and len(into) < 18 else 0)
    merge_tags(actor=request.member, tag=_tag(pk), into=other, at=now())
    messages.success(request, _("Now one tag: %(name)s.") % {"name": other.name})
    return redirect("/settings/tags")


@require_POST
@for_members
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    """Take it off all tickets."""
    drop_tag(actor=request.member, tag=_tag(pk), at=now())
    messages.success(request, _("The tag is gone."))
    return redirect("/settings/tags")


def _tag(pk: int) -> Any:
    found = reading.tag(pk)
    if found is None:
        raise Missing(_("This tag does not exist any more."))
    return found
