"""Where requests go: the API under its version, health, and everything else to the rooms."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

from fengong.config.health import health

urlpatterns = [path("health", health, name="health")]
if find_spec("fengong.api.urls"):
    urlpatterns.append(path("api/v1/", include("fengong.api.urls")))
if find_spec("fengong.web.urls"):
    urlpatterns.append(path("", include("fengong.web.urls")))
