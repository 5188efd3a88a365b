"""The first page of the day."""

from __future__ import annotations

from django.urls import path

from fengong.web.today import views

urlpatterns = [path("today", views.today, name="today")]
