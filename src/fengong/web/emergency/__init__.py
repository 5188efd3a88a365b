"""The room Emergency: surges, swarms, and the bar that shows on every page while one runs."""
