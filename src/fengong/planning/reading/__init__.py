"""Reads that compute: the work ahead and who it is for."""
