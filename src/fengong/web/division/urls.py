"""Addresses of the room Division; each of its pages brings a line."""

from __future__ import annotations

from django.urls import path

from fengong.web.division import views, workload

urlpatterns = [
    path("division", views.division, name="division"),
    path("division/assignments", views.assignments, name="assignments"),
    path("division/workload", workload.workload, name="workload"),
    path("tickets/<int:pk>/decision", views.decision, name="decision"),
]
