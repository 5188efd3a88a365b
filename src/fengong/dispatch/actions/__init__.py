"""Verbs that decide who does what now."""
