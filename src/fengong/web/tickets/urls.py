"""Tickets and what can be done to one: states are resources."""

from __future__ import annotations

from django.urls import path

from fengong.web import files as kept
from fengong.web.tickets import changes, files, resting, views

urlpatterns = [
    path("tickets", views.tickets, name="tickets"),
    path("tickets/<int:pk>", views.ticket, name="ticket"),
    path("tickets/<int:pk>/replies", changes.replies, name="replies"),
    path("tickets/<int:pk>/notes", changes.notes, name="notes"),
    path("tickets/<int:pk>/escalation", changes.escalation, name="escalation"),
    path("tickets/<int:pk>/resolution", resting.resolution, name="resolution"),
    path("tickets/<int:pk>/pause", resting.pause, name="pause"),
    path("tickets/<int:pk>/snooze", resting.snooze, name="snooze"),
    path("tickets/<int:pk>/assignment", changes.assignment, name="assignment"),
    path("tickets/<int:pk>/files", files.files, name="ticket_files"),
    path("files/<int:pk>", kept.file, name="file_by_id"),
    path("files/<int:pk>/<str:name>", kept.file, name="file"),
]
