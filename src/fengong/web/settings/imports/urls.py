"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.imports import views

urlpatterns = [
    path("settings/imports", views.listing, name="imports"),
    path("settings/imports/<int:pk>", views.one, name="import"),
    path("settings/imports/<int:pk>/start", views.start, name="import-start"),
    path("settings/imports/<int:pk>/refusals.csv", views.refusals, name="import-refusals"),
]
