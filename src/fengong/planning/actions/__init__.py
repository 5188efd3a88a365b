"""Verbs on what-ifs."""
