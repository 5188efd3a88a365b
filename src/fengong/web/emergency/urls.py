"""Addresses of the room Emergency."""

from __future__ import annotations

from django.urls import path

from fengong.web.emergency import rooms, surging, views

urlpatterns = [
    path("emergency", views.emergency, name="emergency"),
    path("emergency/bar", views.bar, name="emergency-bar"),
    path("emergency/readiness", surging.readiness, name="emergency-readiness"),
    path("emergency/lanes", surging.lanes, name="lanes"),
    path("emergency/surges", surging.surges, name="surges"),
    path("emergency/surges/<int:pk>/end", surging.end, name="surge-end"),
    path("emergency/surges/<int:pk>/measures", surging.measures, name="surge-measures"),
    path("emergency/calls/<int:pk>/answer", surging.answer, name="standby-answer"),
    path("emergency/swarms/new", views.new_swarm, name="swarm-new"),
    path("emergency/swarms/<int:pk>", rooms.room, name="swarm"),
    path("emergency/swarms/<int:pk>/entries", rooms.entries, name="swarm-entries"),
    path("emergency/swarms/<int:pk>/announcement", rooms.announcement, name="swarm-announcement"),
    path("emergency/swarms/<int:pk>/tasks", rooms.tasks, name="swarm-tasks"),
    path("emergency/swarms/<int:pk>/members", rooms.members, name="swarm-members"),
    path("emergency/swarms/<int:pk>/leaving", rooms.leaving, name="swarm-leaving"),
    path("emergency/swarms/<int:pk>/lead", rooms.lead, name="swarm-lead"),
    path("emergency/swarms/<int:pk>/end", rooms.end, name="swarm-end"),
    path("emergency/tasks/<int:pk>/taking", rooms.taking, name="swarm-task-taking"),
    path("emergency/tasks/<int:pk>/completion", rooms.completion, name="swarm-task-completion"),
]
