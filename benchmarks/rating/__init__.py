"""Ability learned from outcomes."""
