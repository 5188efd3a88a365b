"""Imports: what was brought in, a new one, its dry run, its report."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengong.integrations.imports import queries as imports
from fengong.integrations.imports.actions.runs import draft_import, start_import
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing, Refused
from fengong.people.policies import require
from fengong.web.member import MemberRequest, for_members, is_htmx
from fengong.web.settings.imports.forms import ImportForm, said
from fengong.web.settings.imports.run_page import RunPage
from fengong.web.settings.imports.table import write_refusals

NEWEST = 30


@require_http_methods(["GET", "POST"])
@for_members
def listing(request: MemberRequest) -> HttpResponse:
    """What was brought in so far, and the form for more; POST keeps a file and shows its page."""
    require(request.member, "desk.configure")
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(f"/settings/imports/{_draft(request, form).pk}")
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    status = 422 if form.is_bound else 200
    shown = {"form": form, "runs": imports.runs()[:NEWEST]}
    return render(request, "settings/imports/list.html", shown, status=status)


@require_safe
@for_members
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """One run; while it goes on the page asks again for its progress."""
    shown = RunPage(_run(request, pk), request.GET.get("after", ""))
    if is_htmx(request) and not shown.is_running:
        return HttpResponse(headers={"HX-Refresh": "true"})
    template = "settings/imports/progress.html" if is_htmx(request) else "settings/imports/run.html"
    return render(request, template, {"shown": shown, "run": shown.run})


@require_POST
@for_members
def start(request: MemberRequest, pk: int) -> HttpResponse:
    """Begin: dry, or in earnest."""
    run = _run(request, pk)
    start_import(
        actor=request.member,
        run=run,
        dry=request.POST.get("mode") != "import",
        settings=said(request.POST, run.settings),
        at=now(),
    )
    return redirect(f"/settings/imports/{pk}")


@require_safe
@for_members
def refusals(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything a run refused, as a table to mend the source by."""
    run = _run(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="refused-{pk}.csv"'
    write_refusals(response, imports.refusals(run))
    return response


def _run(request: MemberRequest, pk: int) -> Any:
    require(request.member, "desk.configure")
    run = imports.run(pk)
    if run is None:
        raise Missing(_("This import does not exist."))
    return run


def _draft(request: MemberRequest, form: ImportForm) -> Any:
    given = form.cleaned_data
    return draft_import(
        actor=request.member,
        source=given["source"],
        account=given["account"],
        file_name=given["file"].name,
        content=given["file"].read(),
        settings={"zone": given["zone"]},
        member=request.member,
        at=now(),
    )
