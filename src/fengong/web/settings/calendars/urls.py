"""Addresses of business calendars."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.calendars import views

urlpatterns = [
    path("settings/calendars", views.listing, name="calendars"),
    path("settings/calendars/new", views.one, name="calendar-new"),
    path("settings/calendars/<int:pk>", views.one, name="calendar"),
    path("settings/calendars/<int:pk>/days", views.days, name="calendar-days"),
    path("settings/calendars/<int:pk>/days/<str:day>/clearing", views.clearing, name="calendar-clearing"),
    path("settings/calendars/<int:pk>/files", views.files, name="calendar-files"),
    path("settings/calendars/<int:pk>/removal", views.removal, name="calendar-removal"),
]
