"""Who does what next: what-if replays of a recorded history."""
