"""Addresses of the roster."""

from __future__ import annotations

from django.urls import path

from fengong.web.roster import copies, files, leave, mine, patterns, shifts, standby, status, views

urlpatterns = [
    path("roster", views.week, name="roster"),
    path("roster/day", views.day, name="roster_day"),
    path("roster/need", views.need, name="roster_need"),
    path("roster/mine", mine.mine, name="roster_mine"),
    path("roster/mine/link", mine.link, name="calendar_link"),
    path("roster/breaks/<int:pk>", mine.break_moved, name="break_moved"),
    path("roster/calendars/<str:secret>.ics", mine.calendar, name="calendar_feed"),
    path("roster/leave", leave.leaves, name="roster_leave"),
    path("roster/leave/new", leave.new, name="leave_new"),
    path("roster/leave/<int:pk>/decision", leave.decision, name="leave_decision"),
    path("roster/leave/<int:pk>/reconsideration", leave.reconsideration, name="leave_reconsideration"),
    path("roster/leave/<int:pk>/withdrawal", leave.withdrawal, name="leave_withdrawal"),
    path("roster/patterns", patterns.listing, name="patterns"),
    path("roster/patterns/new", patterns.one, name="pattern_new"),
    path("roster/patterns/<int:pk>", patterns.one, name="pattern"),
    path("roster/patterns/<int:pk>/removal", patterns.removal, name="pattern_removal"),
    path("roster/status", status.status, name="roster_status"),
    path("roster/status/<int:pk>", status.one, name="status_of_member"),
    path("roster/status.csv", status.table, name="status_table"),
    path("roster/files", files.files, name="roster_files"),
    path("roster/shifts/new", shifts.new, name="shift_new"),
    path("roster/shifts/<int:pk>", shifts.one, name="shift"),
    path("roster/shifts/<int:pk>/place", shifts.place, name="shift_place"),
    path("roster/shifts/<int:pk>/cancellation", shifts.cancellation, name="shift_cancellation"),
    path("roster/planned/<int:pk>/withdrawal", shifts.withdrawal, name="shift_withdrawal"),
    path("roster/planned/<int:pk>/restoration", shifts.restoration, name="shift_restoration"),
    path("roster/planned/<int:pk>/times", shifts.times, name="shift_times"),
    path("roster/givings/<int:pk>/return", shifts.return_of_given, name="shift_return"),
    path("roster/copies", copies.copies, name="week_copies"),
    path("roster/copies/<slug:copy>/return", copies.return_of_copy, name="week_copy_return"),
    path("roster/standby/new", standby.new, name="standby_new"),
    path("roster/standby/<int:pk>", standby.one, name="standby"),
    path("roster/standby/<int:pk>/cancellation", standby.cancellation, name="standby_cancellation"),
]
