"""The first page of the day."""

from __future__ import annotations

from django.urls import path

from fengong.web.today import passing, views

urlpatterns = [
    path("today", views.today, name="today"),
    path("today/answers/<int:pk>", passing.answer, name="answer"),
    path("today/stand-in", passing.stand_in, name="stand_in"),
]
