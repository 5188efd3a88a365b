"""Reads that compute: from patterns to shifts, from shifts to who is here when."""
