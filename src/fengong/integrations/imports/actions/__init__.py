"""Verbs on imports."""
