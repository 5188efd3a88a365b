"""Verbs on endpoints, and the steps by which messages are planned and sent."""
