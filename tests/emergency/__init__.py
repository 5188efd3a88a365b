"""Surges and swarms."""
