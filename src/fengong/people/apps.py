"""Accounts, teams, positions, topics, members, skills, and who may do what."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, teams, positions, topics, members, skills, and who may do what."""

    name = "fengong.people"
