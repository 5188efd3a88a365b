"""Positions and their duty lists: read, drafted, published from a day on, acknowledged, printed."""
