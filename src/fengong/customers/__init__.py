"""The people and organisations that write in."""
