"""Verbs on macros, rules and ladders, and the notices they send."""
