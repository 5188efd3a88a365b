"""Verbs on customers' records."""
