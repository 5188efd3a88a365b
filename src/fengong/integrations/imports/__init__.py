"""Bringing in what another desk, or a file, holds."""
