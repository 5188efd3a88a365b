"""Tickets and what can be done to one: states are resources."""

from __future__ import annotations

from django.urls import path

from fengong.web import files as kept
from fengong.web.tickets import (
    bulk,
    changes,
    deeds,
    editing,
    files,
    joining,
    resting,
    seeking,
    views,
    watching,
)

urlpatterns = [
    path("tickets", views.tickets, name="tickets"),
    path("tickets/suggestions", seeking.proposals, name="suggestions"),
    path("tickets/<int:pk>", views.ticket, name="ticket"),
    path("tickets/<int:pk>/replies", changes.replies, name="replies"),
    path("tickets/<int:pk>/notes", changes.notes, name="notes"),
    path("tickets/<int:pk>/escalation", changes.escalation, name="escalation"),
    path("tickets/<int:pk>/resolution", resting.resolution, name="resolution"),
    path("tickets/<int:pk>/pause", resting.pause, name="pause"),
    path("tickets/<int:pk>/tags", editing.tags, name="ticket_tags"),
    path("tickets/<int:pk>/grade", editing.grade, name="grade"),
    path("tickets/<int:pk>/fields", editing.fields, name="ticket_fields"),
    path("tickets/<int:pk>/watch", watching.watch, name="watch"),
    path("tickets/<int:pk>/aside", watching.aside, name="aside"),
    path("tickets/<int:pk>/merge", joining.merge, name="merge"),
    path("tickets/<int:pk>/split", joining.split, name="split"),
    path("tickets/<int:pk>/links", joining.links, name="links"),
    path("tickets/<int:pk>/children", joining.children, name="children"),
    path("tickets/others", joining.others, name="others"),
    path("tickets/deeds/<slug:name>", deeds.deed, name="deed"),
    path("tickets/tags", editing.tag_proposals, name="tag_proposals"),
    path("tickets/<int:pk>/snooze", resting.snooze, name="snooze"),
    path("tickets/<int:pk>/assignment", changes.assignment, name="assignment"),
    path("tickets/bulk", bulk.changes, name="bulk_changes"),
    path("tickets/bulk/<int:pk>", bulk.change, name="bulk_change"),
    path("tickets/<int:pk>/files", files.files, name="ticket_files"),
    path("files/<int:pk>", kept.file, name="file_by_id"),
    path("files/<int:pk>/<str:name>", kept.file, name="file"),
]
