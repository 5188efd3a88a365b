"""Addresses of members, teams and topics, and the door an invitation opens."""

from __future__ import annotations

from django.urls import path

from fengong.web.settings.people import invitations, members, teams, topics

urlpatterns = [
    path("settings/members", members.listing, name="members"),
    path("settings/members/<int:pk>", members.one, name="member"),
    path("settings/members/<int:pk>/skills", members.skills, name="member_skills"),
    path("settings/members/<int:pk>/departure", members.departure, name="member_departure"),
    path("settings/members/<int:pk>/return", members.returning, name="member_return"),
    path("settings/members/<int:pk>/invitation", invitations.invitation, name="member_invitation"),
    path("settings/teams", teams.listing, name="teams"),
    path("settings/teams/<int:pk>", teams.one, name="team"),
    path("settings/teams/<int:pk>/removal", teams.removal, name="team_removal"),
    path("settings/topics", topics.listing, name="topics"),
    path("settings/topics/<int:pk>", topics.one, name="topic"),
    path("settings/topics/<int:pk>/removal", topics.removal, name="topic_removal"),
    path("welcome/<int:pk>/<str:secret>", invitations.welcome, name="welcome"),
]
