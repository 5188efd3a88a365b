"""A week of the roster written into another one."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from fengong.kernel.clock import now
from fengong.rota.actions.copying import Copied, copy_week, take_copy_back
from fengong.web.member import MemberRequest, for_members
from fengong.web.roster.forms import CopyForm
from fengong.web.roster.people import planned_by
from fengong.web.roster.told import given_fields, told


@require_POST
@for_members
def copies(request: MemberRequest) -> HttpResponse:
    """A week written into another, of a team or of all whom the reader plans for."""
    given = given_fields(CopyForm(request.POST))
    people = [one for one in planned_by(request.member) if given["team"] in (None, one.team_id)]
    weeks = {"source": given["source"], "target": given["target"]}
    zone = timezone.get_current_timezone_name()
    copied = copy_week(actor=request.member, members=people, zone=zone, at=now(), **weeks)
    return told(request, _said(copied), f"/roster/copies/{copied.copy}/return" if copied.added else "")


@require_POST
@for_members
def return_of_copy(request: MemberRequest, copy: str) -> HttpResponse:
    """The copy is taken back."""
    take_copy_back(actor=request.member, copy=copy, at=now())
    return told(request, _("Undone."))


def _said(copied: Copied) -> str:
    added = ngettext("%(count)s shift was copied.", "%(count)s shifts were copied.", copied.added)
    added %= {"count": copied.added}
    if not copied.skipped:
        return added
    left = ngettext(
        "%(count)s was left out, where somebody works already or the time has passed.",
        "%(count)s were left out, where somebody works already or the time has passed.",
        copied.skipped,
    )
    return f"{added} {left % {'count': copied.skipped}}"
