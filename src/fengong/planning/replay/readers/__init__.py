"""Reads event logs: CSV or XES, gzipped or not, into one table of text."""
