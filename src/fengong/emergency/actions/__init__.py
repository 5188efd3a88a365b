"""Verbs on surges and swarms."""
