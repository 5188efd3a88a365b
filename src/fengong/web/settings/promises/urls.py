"""Addresses of policies of promised times."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.promises import views

urlpatterns = [
    path("settings/promises", views.listing, name="promises"),
    path("settings/promises/new", views.one, name="promise-new"),
    path("settings/promises/<int:pk>", views.one, name="promise"),
    path("settings/promises/<int:pk>/removal", views.removal, name="promise-removal"),
]
