"""The loops of rating that are compiled."""
