"""Addresses of webhooks."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.webhooks import views

urlpatterns = [
    path("settings/webhooks", views.listing, name="webhooks"),
    path("settings/webhooks/new", views.new, name="webhook-new"),
    path("settings/webhooks/<int:pk>", views.one, name="webhook"),
    path("settings/webhooks/<int:pk>/secret", views.secret, name="webhook-secret"),
    path("settings/webhooks/<int:pk>/activity", views.activity, name="webhook-activity"),
    path("settings/webhooks/<int:pk>/pings", views.pings, name="webhook-pings"),
    path("settings/webhooks/<int:pk>/removal", views.removal, name="webhook-removal"),
    path("settings/webhooks/deliveries/<int:pk>/attempts", views.attempts, name="webhook-attempts"),
]
