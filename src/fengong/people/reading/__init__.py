"""Reads of people's records that only pages ask for."""
