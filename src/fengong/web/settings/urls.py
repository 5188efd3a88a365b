"""Addresses of the room Settings; each page brings its own."""

from __future__ import annotations

from django.urls import include, path

from fengong.web.settings import views

urlpatterns = [
    path("settings", views.front, name="settings"),
    path("", include("fengong.web.settings.people.urls")),
    path("", include("fengong.web.settings.promises.urls")),
    path("", include("fengong.web.settings.calendars.urls")),
    path("", include("fengong.web.settings.mailboxes.urls")),
    path("", include("fengong.web.settings.macros.urls")),
    path("", include("fengong.web.settings.signatures.urls")),
    path("", include("fengong.web.settings.rules.urls")),
    path("", include("fengong.web.settings.webhooks.urls")),
    path("", include("fengong.web.settings.filing.urls")),
    path("", include("fengong.web.settings.imports.urls")),
    path("", include("fengong.web.settings.saved.urls")),
    path("", include("fengong.web.settings.faces.urls")),
]
