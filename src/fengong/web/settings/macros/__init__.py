"""Macros: the pages on which they are kept."""
