"""Verbs on presence and shifts."""
