"""Addresses of saved views."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.saved import views

urlpatterns = [
    path("settings/views", views.listing, name="views"),
    path("settings/views/order", views.order, name="view-order"),
    path("settings/views/<int:pk>", views.one, name="view"),
    path("settings/views/<int:pk>/removal", views.removal, name="view-removal"),
]
