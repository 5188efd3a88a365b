"""Where requests go: the API under its version, health, and everything else to the rooms."""

from __future__ import annotations

from django.urls import include, path

from fengong.config.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("api/v1/", include("fengong.api.urls")),
    path("", include("fengong.web.urls")),
]
