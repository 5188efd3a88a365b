"""Addresses of rules."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.rules import views

urlpatterns = [
    path("settings/rules", views.listing, name="rules"),
    path("settings/rules/new", views.one, name="rule-new"),
    path("settings/rules/log", views.log, name="rule-log"),
    path("settings/rules/<int:pk>", views.one, name="rule"),
    path("settings/rules/<int:pk>/activity", views.activity, name="rule-activity"),
    path("settings/rules/<int:pk>/removal", views.removal, name="rule-removal"),
]
