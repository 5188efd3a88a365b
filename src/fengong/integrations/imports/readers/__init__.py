"""Readers of what other desks export: each turns a file into records, and what it cannot read into faults."""
