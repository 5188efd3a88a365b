"""Address of the page of signatures."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.signatures import views

urlpatterns = [path("settings/signatures", views.signatures, name="signatures")]
