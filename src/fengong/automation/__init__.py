"""Deeds, macros, rules and ladders: what the desk does by itself, and how it is told to."""
