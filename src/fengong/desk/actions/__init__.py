"""Verbs on tickets, their conversation, and the effort they take."""
