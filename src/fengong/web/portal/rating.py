"""Asking customers what they think: by a link from a mail, and in place."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fengong.desk.actions.ratings import rate, rate_ticket
from fengong.desk.reading import satisfaction as reading
from fengong.kernel.clock import now
from fengong.kernel.errors import Missing
from fengong.web.portal.customer import CustomerRequest, for_customers, for_everybody
from fengong.web.portal.scale import scale_of
from fengong.web.portal.talk import Talk


class RatingForm(forms.Form):
    """A score and, if one likes, words."""

    score = forms.IntegerField(
        min_value=0, max_value=10, error_messages={"required": gettext_lazy("Choose a score.")}
    )
    comment = forms.CharField(max_length=2_000, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@for_everybody
def rating(request: HttpRequest, token: str) -> HttpResponse:
    """A link from a mail. Looking at it says nothing, for programs look at links too; the button does."""
    asked = reading.rating_by_token(token)
    if asked is None:
        raise Missing(_("This question is gone."))
    form = RatingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        rate(actor=asked.contact, rating=asked, via="mail", at=now(), **form.cleaned_data)
        return render(request, "portal/rated.html", {"asked": asked})
    chosen = request.GET.get("score", "") if asked.score is None else str(asked.score)
    shown = {
        "asked": asked,
        "form": form,
        "survey": asked.survey,
        "scale": scale_of(asked.survey),
        "chosen": chosen,
    }
    return render(request, "portal/rating.html", shown, status=422 if form.is_bound else 200)


@require_POST
@for_customers
def in_place(request: CustomerRequest, pk: int) -> HttpResponse:
    """The verdict on a solved ticket, from its page."""
    talk, form = Talk(request.customer, pk), RatingForm(request.POST)
    if form.is_valid():
        rate_ticket(actor=request.customer, ticket=talk.ticket, via="portal", at=now(), **form.cleaned_data)
    return redirect(f"/portal/tickets/{talk.ticket.pk}")


@require_POST
@for_customers
def recommendation(request: CustomerRequest) -> HttpResponse:
    """Whether they would recommend us, from the list of their tickets."""
    asked, form = reading.open_recommendation(request.customer, at=now()), RatingForm(request.POST)
    if asked and form.is_valid():
        rate(actor=request.customer, rating=asked, via="portal", at=now(), **form.cleaned_data)
    return redirect("/portal")
