"""Rules: the pages on which they are written, tried, switched on, and their log is read."""
