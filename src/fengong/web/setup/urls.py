"""Addresses of the first run."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from fengong.web.setup import views

urlpatterns = [
    path("setup", RedirectView.as_view(url="/setup/language"), name="setup"),
    path("setup/language", views.language, name="setup_language"),
    path("setup/team", views.team, name="setup_team"),
    path("setup/people", views.crew, name="setup_people"),
    path("setup/mail", views.mail, name="setup_mail"),
]
