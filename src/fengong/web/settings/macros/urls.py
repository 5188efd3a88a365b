"""Addresses of macros."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.macros import views

urlpatterns = [
    path("settings/macros", views.listing, name="macro-list"),
    path("settings/macros/new", views.one, name="macro-new"),
    path("settings/macros/<int:pk>", views.one, name="macro-one"),
    path("settings/macros/<int:pk>/removal", views.removal, name="macro-removal"),
]
