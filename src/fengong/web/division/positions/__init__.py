"""Positions and their duty lists: read, written as drafts, published from a day on, acknowledged, printed."""
