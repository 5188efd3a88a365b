"""What if the work were divided another way: two divisions of labour over a recorded history or a forecast."""
