"""Verbs on widgets, visitors and what they say."""
