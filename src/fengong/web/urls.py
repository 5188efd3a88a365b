"""Addresses of the pages for people."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(url="/today"), name="home"),
    path("", include("fengong.web.account.urls")),
    path("", include("fengong.web.today.urls")),
    path("", include("fengong.web.finding.urls")),
    path("", include("fengong.web.tickets.urls")),
    path("", include("fengong.web.division.urls")),
    path("", include("fengong.web.roster.urls")),
    path("", include("fengong.web.emergency.urls")),
    path("", include("fengong.web.settings.urls")),
    path("", include("fengong.web.setup.urls")),
    path("", include("fengong.web.portal.urls")),
    path("", include("fengong.web.widget.urls")),
]
