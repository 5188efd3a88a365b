"""Addresses of the roster."""

from __future__ import annotations

from django.urls import path

from fengong.web.roster import shifts, views

urlpatterns = [
    path("roster", views.week, name="roster"),
    path("roster/day", views.day, name="roster_day"),
    path("roster/need", views.need, name="roster_need"),
    path("roster/shifts/new", shifts.new, name="shift_new"),
    path("roster/shifts/<int:pk>", shifts.one, name="shift"),
    path("roster/shifts/<int:pk>/place", shifts.place, name="shift_place"),
    path("roster/shifts/<int:pk>/cancellation", shifts.cancellation, name="shift_cancellation"),
    path("roster/planned/<int:pk>/withdrawal", shifts.withdrawal, name="shift_withdrawal"),
    path("roster/planned/<int:pk>/restoration", shifts.restoration, name="shift_restoration"),
    path("roster/planned/<int:pk>/times", shifts.times, name="shift_times"),
    path("roster/givings/<int:pk>/return", shifts.return_of_given, name="shift_return"),
    path("roster/copies", views.copies, name="week_copies"),
    path("roster/copies/<slug:copy>/return", views.return_of_copy, name="week_copy_return"),
    path("roster/standby/new", views.standby_new, name="standby_new"),
    path("roster/standby/<int:pk>", views.standby, name="standby"),
    path("roster/standby/<int:pk>/cancellation", views.standby_cancellation, name="standby_cancellation"),
]
