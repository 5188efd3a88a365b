"""Saved views: the page on which they are kept."""
