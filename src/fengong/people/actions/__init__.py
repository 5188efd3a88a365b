"""Verbs on people's records."""
